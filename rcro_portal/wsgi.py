"""The portal as a WSGI application, for gunicorn."""

import os
from typing import Any

from django.core.handlers.wsgi import WSGIRequest
from django.core.wsgi import get_wsgi_application
from django.utils.http import parse_header_parameters

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rcro_portal.settings")


class Request(WSGIRequest):
    """Django reads the query by the charset that a client names, and fails before any page can say so.

    Here the charset is only noted: ``middleware.readable_first`` refuses every other than UTF-8.
    """

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        try:
            self.content_type, self.content_params = parse_header_parameters(meta.get("CONTENT_TYPE", ""))
        except (ValueError, LookupError):
            self.content_type, self.content_params = "", {"charset": "unknown"}


application = get_wsgi_application()
application.request_class = Request
