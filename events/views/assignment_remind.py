"""«Напомнить тем, кто не сдал»: the first press looks, the second sends."""

import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from centers.models import Coordinator, Person
from events import permissions
from events.assignments import standing
from events.models import AssignmentPeriod
from events.telling import assignments as telling
from events.telling import whom
from rcro_portal.lib import phones, russian
from rcro_portal.lib.refusals import require
from rcro_portal.lib.text import whole_number

METHODISTS = "О технических заданиях напоминает методист."
REMINDED_ALREADY = "Сегодня им уже напоминали: второй раз за день письмо не уходит. Позвоните."
NOBODY_TICKED = "Никто не отмечен, письма не отправлены. Отметьте, кому напомнить."


@require_http_methods(["GET", "POST"])
def assignment_remind(request: HttpRequest, pk: int) -> HttpResponse:
    require(permissions.may_agree_assignments(request.user), METHODISTS)
    period = get_object_or_404(AssignmentPeriod.objects.select_related("department"), pk=pk)
    if request.method == "POST":
        return _sent(request, period)
    day = timezone.localdate()
    rows = list(standing.silent(standing.of_period(period, request.user, day)).order_by("organization__sort_key"))
    if not rows:
        raise standing.NobodySilent
    posts = Coordinator.objects.in_force_on(day).filter(center__in=rows).select_related("person__user")
    by_center = {post.center_id: post.person for post in posts}
    last = telling.last_reminded(rows, period)
    silent = [_line(row, by_center.get(row.pk), last.get(row.pk), day) for row in rows]
    context = {
        "heading": "Напомнить тем, кто не сдал",
        "lead": "Письмо уйдёт тем, кто к этой минуте не направит задание, и не чаще раза в день.",
        "eyebrow": "Технические задания",
        "back_url": _list_url(period),
        "is_chosen": True,
        "silent": silent,
        "somebody_is_left": any(one["is_written_to"] for one in silent),
        "text": telling.reminder(rows[0], period, day).paragraphs,
    }
    return render(request, "events/assignment_remind.html", context)


def _line(center: Any, person: Person | None, last: datetime.date | None, day: datetime.date) -> dict[str, Any]:
    address = whom.address(person) if person else None
    phone = (person and person.phone) or center.organization.phone
    return {
        "key": center.pk,
        "name": center,
        "state": dict(standing.STATES)[center.state],
        "coordinator": person.full_name if person else "",
        "phone": phones.shown(phone),
        "reminded_on": last,
        "is_reminded": last == day,
        "is_written_to": bool(address) and last != day,
    }


def _sent(request: HttpRequest, period: AssignmentPeriod) -> HttpResponse:
    if "to" not in request.POST:
        messages.warning(request, NOBODY_TICKED)
        return redirect("events:assignment-remind", period.pk)
    to = [key for key in map(whole_number, request.POST.getlist("to")) if key]
    number = standing.remind(period=period, to=to, by=request.user, at=timezone.now())
    if number:
        words = russian.agree(number, "письмо", "письма", "писем")
        messages.success(request, f"Напоминаний в очереди: {words}. Кто успеет направить задание, тому оно не уйдёт.")
    else:
        messages.warning(request, REMINDED_ALREADY)
    return redirect(_list_url(period))


def _list_url(period: AssignmentPeriod) -> str:
    return f"{reverse('events:assignment-list')}?period={period.pk}"
