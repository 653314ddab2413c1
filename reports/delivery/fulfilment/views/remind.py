"""«Напомнить тем, кто молчит»: the first press looks, the second sends."""

import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from events.telling import commitments as telling
from rcro_portal.lib import russian
from rcro_portal.lib.acts import Acts, Case
from reports import access
from reports.delivery.fulfilment import reminders
from reports.delivery.fulfilment.acts import REMIND
from reports.models import Letter
from reports.models.letter import LetterStatus

TABLE = Acts[Case[Letter]](LetterStatus, REMIND)
REMINDED_ALREADY = "Сегодня им уже напоминали: второй раз за день письмо не уходит. Позвоните."
NOBODY_TICKED = "Никто не отмечен, письма не отправлены. Отметьте, кому напомнить."


@require_http_methods(["GET", "POST"])
def letter_remind(request: HttpRequest, pk: int) -> HttpResponse:
    letter, now = access.letter_of(request.user, pk), timezone.now()
    TABLE.demand("remind", Case(letter, request.user, now))
    if request.method == "POST":
        return _sent(request, letter)
    day = timezone.localdate(now)
    silent = reminders.silent(letter, day)
    first = silent[0].commitments[0]
    last = reminders.last_reminded(letter, [one.organization.pk for one in silent])
    lines = [_line(one, last.get(one.organization.pk), day) for one in silent]
    context = {
        "heading": "Напомнить тем, кто молчит",
        "lead": "Письмо уйдёт тем, кто к этой минуте не ответит, и об одном – не чаще раза в день.",
        "eyebrow": "Исполнение писем",
        "back_url": _board_url(letter),
        "is_chosen": True,
        "silent": lines,
        "somebody_is_left": any(one["is_written_to"] and not one["is_reminded"] for one in lines),
        "today": day,
        "subject": f"Напоминание: {telling.about(first)}",
        "text": telling.reminder(first, day).paragraphs,
    }
    return render(request, "reports/letter_remind.html", context)


def _line(one: reminders.Silent, last: datetime.date | None, day: datetime.date) -> dict[str, Any]:
    said = {"key": one.organization.pk, "name": one.organization, "reminded_on": last, "is_reminded": last == day}
    return {**one._asdict(), **said, "due_on": one.due_on, "is_written_to": one.is_written_to}


def _sent(request: HttpRequest, letter: Letter) -> HttpResponse:
    if "to" not in request.POST:
        messages.warning(request, NOBODY_TICKED)
        return redirect("reports:letter-remind", letter.pk)
    to = [int(key) for key in request.POST.getlist("to") if key.isdecimal() and len(key) < 19]
    number = reminders.send(letter=letter, to=to, at=timezone.now())
    if number:
        words = russian.agree(number, "письмо", "письма", "писем")
        messages.success(request, f"Напоминаний в очереди: {words}. Кто успеет ответить, тому оно не уйдёт.")
    else:
        messages.warning(request, REMINDED_ALREADY)
    return redirect(_board_url(letter))


def _board_url(letter: Letter) -> str:
    return f"{reverse('reports:letter-board')}?letter={letter.pk}"
