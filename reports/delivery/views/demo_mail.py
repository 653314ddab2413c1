"""The demonstration's mail, open to anybody who tries it: a link in a message must be followed without an account."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from rcro_portal.lib import downloads
from rcro_portal.lib.text import LINE_LIMIT
from reports.delivery import demo_mail

SHOWN = 50


@login_not_required
def mail_list(request: HttpRequest) -> HttpResponse:
    _only_in_demo()
    asked = request.GET.get("q", "")[:LINE_LIMIT]
    messages = demo_mail.newest(settings.MAIL_DIR, limit=SHOWN, to=asked)
    return render(request, "reports/mail_list.html", {"mail": messages, "asked": asked, "shown": SHOWN})


@login_not_required
def mail_detail(request: HttpRequest, name: str) -> HttpResponse:
    return render(request, "reports/mail_detail.html", {"message": _message(name)})


@login_not_required
def mail_attachment(request: HttpRequest, name: str, number: int) -> HttpResponse:  # noqa: ARG001
    """Always a download: what is attached is not a page of the portal."""
    attached = [one for one in _message(name).attachments if one.number == number]
    if not attached:
        raise Http404
    return downloads.response(attached[0].content, attached[0].media_type, attached[0].name)


def _message(name: str) -> demo_mail.Message:
    _only_in_demo()
    message = demo_mail.find(settings.MAIL_DIR, name)
    if message is None:
        raise Http404
    return message


def _only_in_demo() -> None:
    if not settings.DEMO:
        raise Http404
