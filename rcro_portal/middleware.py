"""What every request passes: no copy left behind, a log-in that lasts as long as it may, refusals as pages."""

import logging
from collections.abc import Callable
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import redirect, resolve_url
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from rcro_portal import form_pages
from rcro_portal.lib import errors, hashing, rules, sessions
from rcro_portal.lib.changes import authorship
from rcro_portal.lib.refusals import Refusal

log = logging.getLogger(__name__)
UNREADABLE = (BadRequest, SuspiciousOperation, MultiPartParserError, UnreadablePostError, UnicodeError, LookupError)
CANNOT_READ = "Данные пришли не полностью или в неверном виде. Ничего не изменено. Вернитесь назад и отправьте ещё раз."
NEED_SECOND_FACTOR = {"director", "clerk", "administrator"}


# What no page of the portal asks a browser for, and no page put into one may.
NOT_ASKED_FOR = "camera", "display-capture", "geolocation", "microphone", "midi", "payment", "serial", "usb"


def modest_pages(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """``Permissions-Policy``: pages and their scripts may not use what the portal has no need of."""
    policy = ", ".join(f"{feature}=()" for feature in NOT_ASKED_FOR)

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", policy)
        return response

    return middleware


def readable_first(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Refuse what cannot be read before anybody asks for its fields: the pages of errors ask for them once more."""

    def middleware(request: HttpRequest) -> HttpResponse:
        try:
            _read(request)
        except UNREADABLE as error:
            log.warning("%s: a request cannot be read (%s)", request.path, type(error).__name__)
            name = "errors/words.html" if request.headers.get("HX-Request") else "400.html"
            return HttpResponse(render_to_string(name, {"words": CANNOT_READ}), status=400)
        return get_response(request)

    return middleware


def _read(request: HttpRequest) -> None:
    """Forms are in UTF-8, whatever else their sender says; by another reading no field would be what was typed."""
    said = (request.content_params or {}).get("charset", "utf-8")
    if said.lower().replace("-", "") != "utf8":
        raise BadRequest(f"a body in {said}")
    request.encoding = "utf-8"
    _ = request.GET, request.POST


# What the portal shows to everybody alike, for anybody's cache (``rcro_portal.open_pages``), or to whoever has a token.
WITHOUT_COOKIES = ("/open/", "/robots.txt", "/sitemap.xml", "/api/")


def without_cookies(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """At these addresses nobody is logged in: no cookie is read and none is set, so that one copy serves everybody."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(WITHOUT_COOKIES):
            return get_response(request)
        request.COOKIES = {}
        response = get_response(request)
        response.cookies.clear()
        if response.has_header("Vary"):
            others = [name for name in response.headers["Vary"].split(", ") if name != "Cookie"]
            del response.headers["Vary"]
            if others:
                patch_vary_headers(response, others)
        return response

    return middleware


def no_copies(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """What somebody who has logged in was shown stays in no cache, unless the page itself says for how long."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            response.headers["Cache-Control"] = "private, no-store"
        return response

    return middleware


def lasting_session(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """A log-in slides with use and ends by the rules of ``sessions``."""

    def middleware(request: HttpRequest) -> HttpResponse:
        now = int(timezone.now().timestamp())
        if request.user.is_authenticated and sessions.is_over(request, now):
            logout(request)
        response = get_response(request)
        if request.user.is_authenticated:
            sessions.slide(request, now)
        return response

    return middleware


def changes_have_authors(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """The log of changes names whoever is logged in, and the address; neither is asked for before a record changes."""

    def middleware(request: HttpRequest) -> HttpResponse:
        with authorship.begin(by=lambda: request.user.pk, through=lambda: _address_name(request)):
            return get_response(request)

    return middleware


def _address_name(request: HttpRequest) -> str:
    return request.resolver_match.view_name if request.resolver_match else request.path


class LoginRequired(LoginRequiredMiddleware):
    """A stranger's page leads to the log-in; what a stranger sends comes back with the way to log in beside it."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponse:  # type: ignore[override]
        if request.method == "POST" and "HX-Request" not in request.headers:
            return errors.log_in_beside(request)
        return super().handle_no_permission(request, view_func)


def back_to_the_form(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """An address that only takes what a form sends leads, when it is opened, to the page that holds the form."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code == 405 and request.method == "GET" and not _is_for_programs(request):
            return redirect(form_pages.above(request.path, request.user))
        return response

    return middleware


def _is_for_programs(request: HttpRequest) -> bool:
    """What takes no token of a form is no form: who knocks there reads statuses, not pages."""
    return getattr(request.resolver_match.func, "csrf_exempt", False)


def second_factor(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Director, clerk and administrator set up a second factor before they do anything else."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if settings.SECOND_FACTOR_REQUIRED and _owes_second_factor(request):
            return redirect("mfa_index")
        return get_response(request)

    return middleware


def _owes_second_factor(request: HttpRequest) -> bool:
    user = request.user
    if not user.is_authenticated or not user.roles & NEED_SECOND_FACTOR:
        return False
    return not request.path.startswith(resolve_url("home") + "accounts/") and not is_mfa_enabled(user)


class RefusalsInWords:
    """A verb's refusal becomes a page with status 409, "not you" one with 403, "too many at once" one with 503."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refusal):
            return errors.say(request, 409, str(exception))
        if isinstance(exception, IntegrityError) and (words := rules.in_words(exception)):
            return errors.say(request, 409, words)
        if isinstance(exception, PermissionDenied):
            return errors.say(request, 403, str(exception))
        if isinstance(exception, hashing.Busy):
            response = errors.say(request, 503, hashing.WORDS)
            response.headers["Retry-After"] = str(hashing.RETRY_AFTER_SECONDS)
            return response
        return None
