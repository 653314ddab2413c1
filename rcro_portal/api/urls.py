"""Addresses for systems, and those of the people who give them access; ``rcro_portal.urls`` takes them in."""

import functools
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from rcro_portal.api import served, views

# Ninja's own page of the root leads to a documentation that is not served.
_LISTED = [one for one in served.API.urls[0] if isinstance(one, URLPattern) and one.name != "api-root"]


def _under(prefix: str, one: URLPattern) -> URLPattern:
    """The log-in is a token: the middleware of sessions has no say here. Other methods are refused in words."""
    view: Any = one.callback

    @functools.wraps(view)
    def answered(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        response = view(request, **kwargs)
        return served.only_read(response) if response.status_code == 405 else response

    answered.login_required, answered.csrf_exempt = False, True  # type: ignore[attr-defined]
    return path(f"{prefix}/{one.pattern}", answered, name=one.name)


urlpatterns = [
    path("api/", views.description, name="api"),
    path("api/v1/openapi.json", views.openapi, name="api-schema"),
    *(_under(served.PREFIX.lstrip("/"), one) for one in _LISTED),
    path("api-tokens/", views.token_list, name="token-list"),
    path("api-tokens/new/", views.token_new, name="token-new"),
    path("api-tokens/<int:pk>/revoke/", views.token_revoke, name="token-revoke"),
]
