"""«Письма портала»: what it wrote to a person, how they want to be written to, and how they stop its reminders."""

import datetime
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from centers.accounts import mails
from centers.accounts.forms import MailChoiceForm
from centers.models import Person
from rcro_portal.lib import errors
from rcro_portal.lib.notices import choices, choosing, digests, reasons, stopping
from rcro_portal.lib.notices.messages import TAKEN_BACK, MessageStatus
from rcro_portal.lib.notices.rows import STATUSES
from rcro_portal.lib.registers import Column, Empty, Filter, Register, answer, badge
from rcro_portal.models import Notice

EMPTY = Empty("Писем пока нет", "О мероприятиях, сроках и ответах портал напишет на почту, и письма появятся здесь.")


def mail_list(request: HttpRequest, file: str = "") -> HttpResponse:
    """One's own; of another person with ``person``, for those who may read them."""
    person = _whose(request)
    is_own = person == request.user.person
    table = Register(
        mails.of(person),
        request.GET,
        url_name="centers:mail-list",
        title="Мои письма от портала" if is_own else f"Письма портала: {person.surname_first}",
        nouns=("письмо", "письма", "писем"),
        columns=_columns(timezone.now()),
        default="date",
        empty=EMPTY,
        filters={} if is_own else {"person": _only(person)},
        is_void=lambda row: row.status == TAKEN_BACK,
    )
    choice = choices.of([request.user.email]).get(request.user.email)
    context = {"person": person, "is_own": is_own, "choice": choice, "way": _said(choice)}
    return answer(request, table, "centers/mail_list.html", file, **context)


def mail_choice(request: HttpRequest) -> HttpResponse:
    email = request.user.email
    choice = choices.of([email]).get(email)
    initial = {"way": choice.way, "stops": choice.stopped_at is not None} if choice else {}
    form = MailChoiceForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        choosing.choose(email=email, **form.cleaned_data, at=timezone.now())
        messages.success(request, "Сохранено. Запланированные письма уже следуют этому выбору.")
        return redirect("centers:mail-list")
    return render(request, "centers/mail_choice.html", {"form": form}, status=errors.status_of(form))


@csrf_exempt
@login_not_required
@never_cache
def mail_stop(request: HttpRequest, key: str) -> HttpResponse:
    """Opened, it asks; a mail program's own button sends the form at once (RFC 8058), with no cookie and no token."""
    notice = stopping.notice_of(key)
    if notice is None:
        raise Http404
    email, at = notice.email, timezone.now()
    choice = choices.of([email]).get(email)
    if request.method == "POST" and "again" in request.POST:
        choosing.choose(email=email, way=choice.way if choice else "", stops=False, at=at)
    elif request.method == "POST":
        choosing.stop(email=email, at=at)
    choice = choices.of([email]).get(email)
    is_stopped = choice is not None and choice.stopped_at is not None
    context = {"is_stopped": is_stopped, "is_done": request.method == "POST"}
    return render(request, "centers/mail_stop.html", context)


def _whose(request: HttpRequest) -> Person:
    asked = request.GET.get("person", "")
    if not asked:
        return request.user.person
    person = Person.objects.filter(pk=asked).first() if asked.isdecimal() and len(asked) < 10 else None
    if person is None or not mails.may_read(request.user, person):
        raise Http404
    return person


def _only(person: Person) -> Filter:
    return Filter([(str(person.pk), person.surname_first)], lambda rows, value: rows, "Кому")  # noqa: ARG005


def _said(choice: Any) -> str:
    way = dict(choices.WAYS)[choice.way if choice else ""]
    return f"Без напоминаний и сводок с {timezone.localtime(choice.stopped_at):%d.%m.%Y}" if _stops(choice) else way


def _stops(choice: Any) -> bool:
    return choice is not None and choice.stopped_at is not None


def _columns(now: datetime.datetime) -> list[Column]:
    names = {reason.key: reason.words for reason in reasons.every_reason()} | {digests.DIGEST: digests.WORDS}
    return [
        Column("date", "Когда", _when, order=("-send_after", "-id"), css="nowrap", width=18),
        Column("subject", "Тема", "subject", names_row=True, width=60),
        Column(
            "reason",
            "Почему",
            lambda row: names.get(row.reason, ""),
            filter=Filter.among("reason", sorted(names.items(), key=lambda one: one[1])),
            width=36,
        ),
        Column("how", "Как", lambda row: "в сводке" if row.in_digest else "отдельно", width=12),
        Column(
            "status",
            "Состояние",
            lambda row: ". ".join(filter(None, (mails.state(row, now)[1], row.error))),
            html=partial(_state_cell, now),
            filter=Filter.among("status", [(value, label) for value, label in STATUSES if value != SENDING]),
            width=40,
        ),
    ]


SENDING = MessageStatus.SENDING


def _when(row: Notice) -> datetime.datetime:
    return row.sent_at or row.send_after


def _state_cell(now: datetime.datetime, row: Notice) -> str:
    status, label = mails.state(row, now)
    if not row.error:
        return badge(status, label)
    return format_html('{} <span class="muted small">{}</span>', badge(status, label), row.error)
