"""The list of incoming letters."""

import datetime
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.safestring import SafeString

from centers.models import Person
from events.permissions import is_office
from rcro_portal.lib.refusals import require
from rcro_portal.lib.registers import Column, Empty, Filter, Pages, Register, answer, badge, drawn, joined, nowrap
from rcro_portal.lib.russian import short_date
from reports import permissions
from reports.incoming.acts import OFFICE_ONLY
from reports.models import IncomingLetter
from reports.models.incoming import IncomingStatus

EMPTY = Empty("Входящих писем пока нет", "Внесите официальный ответ центра: он свяжется с письмом и с поручением.")


def incoming_list(request: HttpRequest, file: str = "") -> HttpResponse:
    require(is_office(request.user), OFFICE_ONLY)
    day = timezone.localdate()
    table = Register(
        IncomingLetter.objects.select_related("replies_to__entry", "executor"),
        request.GET,
        url_name="reports:incoming-list",
        title="Входящие письма",
        nouns=("письмо", "письма", "писем"),
        columns=[*COLUMNS, *_of_the_work(request.user, day)],
        default="received",
        empty=EMPTY,
        search="search_key",
        search_label="Отправитель, номер или о чём",
    )
    may_register = permissions.may_register_incoming(request.user)
    return answer(request, table, "reports/incoming_list.html", file, may_register=may_register)


def _their_number(letter: IncomingLetter) -> str:
    """«01-25/7730 от 02.03.2026»."""
    number = letter.their_number or "б/н"
    return f"{number} от {short_date(letter.their_on)}" if letter.their_on else number


def _our_number(letter: IncomingLetter) -> str:
    return f"№ {letter.replies_to.entry.number}" if letter.replies_to else ""


TIES = Filter(
    [("replies", "Ответы на наши письма"), ("free", "Прочие")],
    lambda rows, value: rows.filter(replies_to__isnull=value == "free"),
    "Связь",
)
OVERDUE = ("overdue", "Просрочено")


def _of_the_work(user: Any, day: datetime.date) -> list[Column]:
    """Whose it is, until when, how far it is: filtered by «мои», by the term, by the state."""
    held = IncomingLetter.objects.exclude(executor=None).values("executor")
    executors = list(Person.objects.filter(pk__in=held).order_by("sort_key"))
    mine = [("mine", "Мои")] if user.person_id in {one.pk for one in executors} else []
    whose = [*mine, *((str(one.pk), one.surname_first) for one in executors)]
    key = user.person_id
    return [
        Column(
            "executor",
            "Исполнитель",
            lambda letter: letter.executor.surname_first if letter.executor else "",
            order=("executor__sort_key", "due_on"),
            filter=Filter(whose, lambda rows, value: rows.filter(executor=key if value == "mine" else value)),
            blank="нет",
            width=24,
        ),
        Column("due", "Срок", "due_on", html=partial(_due, day), order=("due_on", "pk"), css="nowrap", width=12),
        Column(
            "status",
            "Состояние",
            lambda letter: letter.get_status_display(),
            html=lambda letter: badge(letter.status, letter.get_status_display()),
            order=("status", "due_on"),
            filter=Filter([*IncomingStatus.choices, OVERDUE], partial(_narrowed, day)),
            width=16,
        ),
    ]


def _narrowed(day: datetime.date, rows: Any, value: str) -> QuerySet:
    return rows.overdue(day) if value == "overdue" else rows.filter(status=value)


def _due(day: datetime.date, letter: IncomingLetter) -> SafeString | str:
    if letter.due_on is None:
        return ""
    is_late = letter.status == IncomingStatus.IN_WORK and letter.due_on < day
    late = drawn("components/term.html", text="просрочено", tone="overdue") if is_late else ""
    return joined(nowrap(short_date(letter.due_on)), " ", late)


OURS = Pages("reports:letter-detail", "replies_to_id")
COLUMNS = (
    Column("received", "Получено", "received_on", order=("-received_on", "-pk"), css="nowrap", width=12),
    Column(
        "sender",
        "Отправитель",
        "sender_name",
        link=Pages("reports:incoming-detail"),
        names_row=True,
        order=("sort_key", "-received_on"),
        width=40,
    ),
    Column("number", "Исх. №", _their_number, width=24),
    Column("subject", "О чём", "subject", width=50),
    Column("ties", "На наше письмо", _our_number, link=OURS, blank="нет", filter=TIES, css="nowrap", width=16),
)
