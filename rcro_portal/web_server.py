"""gunicorn's configuration (``--config python:rcro_portal.web_server``); ``script/serve`` adds address and numbers."""

worker_class = "rcro_portal.reception.Reception"
logger_class = "rcro_portal.access_log.AccessLog"
# Open files of one process stay below what systems allow by default.
worker_connections = 400
# A page and its pictures come over one connection.
keepalive = 5
# A file goes out in pieces, so that its reader can be too slow.
sendfile = False
control_socket_disable = True
timeout = 60
graceful_timeout = 30
max_requests = 5000
max_requests_jitter = 500
accesslog = "-"
errorlog = "-"
