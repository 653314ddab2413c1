"""The page where anybody checks a letter: by number and date, by the QR code on it, by its file."""

from typing import Any

from allauth.core.internal import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from rcro_portal.lib import errors
from reports.verification import checking
from reports.verification.forms import CheckFileForm, CheckNumberForm

TOO_OFTEN = "С вашего адреса проверяют слишком часто. Подождите минуту и повторите: введённое останется в полях."


@login_not_required
@never_cache
def check(request: HttpRequest) -> HttpResponse:
    """By number and date (GET), or by the bytes of a file (POST); nothing is kept of either."""
    if request.method == "POST":
        return _by_file(request, answer=None)
    form = CheckNumberForm(request.GET or None)
    if not form.is_bound:
        return _page(request)
    if not _within_limit(request):
        return errors.say(request, 429, TOO_OFTEN)
    answer = checking.by_number(**form.cleaned_data) if form.is_valid() else None
    return _page(request, answer=answer, form=form)


@login_not_required
@never_cache
def check_letter(request: HttpRequest, token: str) -> HttpResponse:
    """Where the QR code of a letter leads; its file may be compared here."""
    if not _within_limit(request):
        return errors.say(request, 429, TOO_OFTEN)
    answer = checking.by_token(token)
    if request.method == "POST":
        return _by_file(request, answer)
    return _page(request, answer=answer)


def _by_file(request: HttpRequest, answer: checking.Answer | None) -> HttpResponse:
    if answer is None and not _within_limit(request):
        return errors.say(request, 429, TOO_OFTEN)
    form = CheckFileForm(request.POST, request.FILES)
    if form.is_valid():
        answer = checking.by_file(form.cleaned_data["file"].read(), entry=answer.entry if answer else None)
    return _page(request, answer=answer, file_form=form)


def _within_limit(request: HttpRequest) -> bool:
    """``check_letter`` of ACCOUNT_RATE_LIMITS, by the address that stands before our proxies.

    allauth's public door to its counter lets every GET pass, and a QR code is a GET.
    """
    return bool(ratelimit.consume(request, app="allauth.account", action="check_letter", limit_get=True))


def _page(
    request: HttpRequest,
    *,
    answer: checking.Answer | None = None,
    form: CheckNumberForm | None = None,
    file_form: CheckFileForm | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {
        "answer": answer,
        "institution": checking.institution(timezone.localdate()),
        "form": form or CheckNumberForm(),
        "file_form": file_form or CheckFileForm(),
    }
    return render(request, "reports/check.html", context, status=errors.status_of(form or file_form))
