"""How gunicorn serves the portal, wherever it does."""

from typing import Any

# Loaded once for all workers: after a fall it is back in half the time. New code therefore wants a restart.
preload_app = True
control_socket_disable = True
loglevel = "warning"
# A table of the largest size takes seconds to check; the default would stop it in the middle.
timeout = 120
# Whatever is asked for is answered by a page of ours; the proxy in front says how long a line may be.
limit_request_line = 0


def post_fork(server: Any, worker: Any) -> None:
    """Each worker has the editions of today at hand before its first visitor comes, whatever the database does then."""
    worker.app.wsgi().look_ahead()
