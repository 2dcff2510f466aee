"""How gunicorn serves the portal, wherever it does."""

from typing import Any

# Reads requests and writes answers for many at once, and asks the portal one at a time.
worker_class = "wenan_qts.web_worker.FrontWorker"
# Loaded once for all workers: after a fall it is back in half the time. New code therefore wants a restart.
preload_app = True
control_socket_disable = True
loglevel = "warning"
# A table of the largest size takes seconds to check; the default would stop it in the middle.
timeout = 120


def post_worker_init(worker: Any) -> None:
    """Each worker has the editions of today at hand before its first visitor comes, whatever the database does then.
    Not in post_fork: until a worker hears signals, one that says stop is lost, and stopping takes half a minute."""
    from portal import asking

    worker.wsgi.look_ahead()
    asking.look_ahead()
