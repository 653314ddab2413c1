"""Who is told what by the portal, and which of its messages may not have arrived: the administrator's page."""

import datetime

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from rcro_portal.lib.notices import deciding, digests, reasons
from rcro_portal.lib.notices.messages import DOUBTFUL
from rcro_portal.lib.refusals import require
from rcro_portal.models import Notice

NOT_YOU = "Сообщения портала видит администратор."
LOOKS_BACK = datetime.timedelta(days=30)
ROWS = 50


def reason_list(request: HttpRequest) -> HttpResponse:
    require("administrator" in request.user.roles, NOT_YOU)
    recent = Notice.objects.filter(planned_at__gt=timezone.now() - LOOKS_BACK)
    left = recent.filter(sent_at__isnull=False).values_list("reason").annotate(number=Count("pk"))
    told = dict(left.order_by("reason"))
    waiting = Notice.objects.planned().values_list("reason").annotate(number=Count("pk"))
    planned = dict(waiting.order_by("reason"))
    names = _names()
    doubtful = recent.doubtful().by_themselves().order_by("-planned_at", "-pk")[:ROWS]
    context = {
        "reasons": [(one, told.get(one.key, 0), planned.get(one.key, 0)) for one in reasons.every_reason()],
        "doubtful": [(notice, names.get(notice.reason, notice.subject)) for notice in doubtful],
    }
    return render(request, "reports/notice_reasons.html", context)


def notice_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A look at one message before it goes once more."""
    notice = _notice(request, pk)
    names = _names()
    context = {
        "notice": notice,
        "words": names.get(notice.reason, notice.subject),
        "lines": [(line, names.get(line.reason, line.subject)) for line in notice.lines.order_by("pk")],
        "is_doubtful": notice.status in DOUBTFUL,
    }
    return render(request, "reports/notice_detail.html", context)


@require_POST
def notice_send_again(request: HttpRequest, pk: int) -> HttpResponse:
    at = timezone.now()
    moment = deciding.send_again(notice=_notice(request, pk), by=request.user, at=at)
    goes = "Сообщение уйдёт в ближайшую минуту." if moment <= at else f"Сообщение уйдёт {_day_and_hour(moment)}."
    messages.success(request, goes)
    return redirect("reports:notice-detail", pk)


@require_POST
def notice_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """«Сообщение пришло»: who has it says so."""
    deciding.confirm_arrived(notice=_notice(request, pk), by=request.user, at=timezone.now())
    messages.success(request, "Записано: сообщение пришло.")
    return redirect("reports:notice-detail", pk)


def _notice(request: HttpRequest, pk: int) -> Notice:
    require("administrator" in request.user.roles, NOT_YOU)
    rows = Notice.objects.by_themselves().select_related("user__person", "decided_by__person")
    return get_object_or_404(rows, pk=pk)


def _names() -> dict[str, str]:
    return {reason.key: reason.words for reason in reasons.every_reason()} | {digests.DIGEST: digests.WORDS}


def _day_and_hour(moment: datetime.datetime) -> str:
    return f"{timezone.localtime(moment):%d.%m.%Y в %H:%M}: ночью портал не пишет"
