"""Where the QR code of a certificate leads: anybody learns whether it stands, and has its file while it does."""

from allauth.core.internal import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from rcro_portal.lib import downloads, errors, files, store
from reports.certificates import checking
from reports.certificates.files import name_of

TOO_OFTEN = "С вашего адреса проверяют слишком часто. Подождите минуту и откройте страницу снова."


@login_not_required
@never_cache
def check(request: HttpRequest, token: str) -> HttpResponse:
    if not _within_limit(request):
        return errors.say(request, 429, TOO_OFTEN)
    return render(request, "reports/certificates/check.html", {"answer": checking.by_token(token)})


@login_not_required
@never_cache
def file(request: HttpRequest, token: str) -> HttpResponse:
    """For whoever has the message or the paper; a revoked one is not given out any more."""
    if not _within_limit(request):
        return errors.say(request, 429, TOO_OFTEN)
    answer = checking.by_token(token)
    if answer.certificate is None or not answer.has_file:
        raise Http404
    row = answer.certificate
    return downloads.response(store.read(row.digest), files.PDF, name_of(row), inline=True)


def _within_limit(request: HttpRequest) -> bool:
    """As letters are checked: ``check_letter`` of ACCOUNT_RATE_LIMITS."""
    return bool(ratelimit.consume(request, app="allauth.account", action="check_letter", limit_get=True))
