"""How gunicorn serves the portal, wherever it does."""

control_socket_disable = True
loglevel = "warning"
# A table of the largest size takes seconds to check; the default would stop it in the middle.
timeout = 120
# Whatever is asked for is answered by a page of ours; the proxy in front says how long a line may be.
limit_request_line = 0
