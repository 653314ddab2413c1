"""Who is told what by the portal, and which of its messages may not have arrived: the administrator's page."""

import datetime

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from rcro_portal.lib.notices import digests, reasons
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
    names = {reason.key: reason.words for reason in reasons.every_reason()} | {digests.DIGEST: digests.WORDS}
    doubtful = recent.doubtful().by_themselves().order_by("-planned_at", "-pk")[:ROWS]
    context = {
        "reasons": [(one, told.get(one.key, 0), planned.get(one.key, 0)) for one in reasons.every_reason()],
        "doubtful": [(notice, names.get(notice.reason, notice.subject)) for notice in doubtful],
    }
    return render(request, "reports/notice_reasons.html", context)
