"""What every request passes: no copy left behind, the second factor where it is due, refusals as pages."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url

from rcro_portal import errors
from rcro_portal.refusals import Refusal

NEED_SECOND_FACTOR = {"director", "clerk", "administrator"}


def no_copies(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """What somebody who has logged in was shown stays in no cache, unless the page itself says for how long."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            response.headers["Cache-Control"] = "private, no-store"
        return response

    return middleware


def second_factor(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Director, clerk and administrator set up a second factor before they do anything else."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if settings.SECOND_FACTOR_REQUIRED and _owes_second_factor(request):
            return redirect("mfa_activate_totp")
        return get_response(request)

    return middleware


def _owes_second_factor(request: HttpRequest) -> bool:
    user = request.user
    if not user.is_authenticated or not user.roles & NEED_SECOND_FACTOR:
        return False
    return not request.path.startswith(resolve_url("home") + "accounts/") and not is_mfa_enabled(user)


class RefusalsInWords:
    """A verb's refusal becomes a page with status 409; "not you" a page with 403."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refusal):
            return errors.say(request, 409, str(exception))
        if isinstance(exception, PermissionDenied):
            return errors.say(request, 403, str(exception))
        return None
