"""The list of commitments: the office looks for a centre, a centre for what is to be done."""

import datetime
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from centers.models import Municipality
from events import permissions
from events.commitments.many import MoveTerms
from events.models import Commitment
from events.models.commitment import TO_DO, CommitmentStatus
from events.models.outcome import Asks
from events.models.term import TermRequestStatus
from rcro_portal.lib.keeping import BulkPages
from rcro_portal.lib.registers import (
    Column,
    DatedBy,
    Empty,
    Filter,
    Pages,
    Register,
    answer,
    badge,
    by_link,
    drawn,
    escaped,
    joined,
    link,
    note,
    nowrap,
)
from rcro_portal.lib.russian import short_date

TEXT_SHOWN = 140
EMPTY = Empty("Поручений нет", "О новых сообщим на почту.")
SOON = [
    ("7", "в ближайшие 7 дней"),
    ("30", "в ближайшие 30 дней"),
    ("moved", "перенесён"),
    ("asked", "просят перенести"),
]
ASKS, LETTERS_AT_MOST = "Что считается исполнением", 100
OVERDUE = ("overdue", "Просрочено")
PAGE = Pages("events:commitment-detail")
TERMS = BulkPages(of=MoveTerms())


def commitment_list(request: HttpRequest, file: str = "") -> HttpResponse:
    day, is_office = timezone.localdate(), permissions.is_office(request.user)
    rows = Commitment.objects.visible_to(request.user, day).with_urgency()
    table = Register(
        rows.select_related("organization"),
        request.GET,
        url_name="events:commitment-list",
        title="Поручения",
        nouns=("поручение", "поручения", "поручений"),
        columns=_columns(day, is_office),
        # What waits for somebody first, by its term: the overdue lead, the done end the list.
        default="urgency",
        orders={"urgency": ("urgency", "due_on")},
        empty=EMPTY,
        filters={**_filters(rows, day, is_office), **by_link.asked(request, Commitment)},
        dated_by=DatedBy("due_on", "Срок"),
        search="organization__search_key",
        search_label="Кто исполняет" if is_office else "",
    )
    return answer(request, table, "events/commitment_list.html", file, bulk=TERMS)


def _filters(rows: Any, day: datetime.date, is_office: bool) -> dict[str, Filter]:
    found = {
        "letter": Filter(_letters(rows), lambda rows, value: rows.filter(letters__letter=value), "Письмо"),
        "soon": Filter(SOON, partial(_due_within, day), "Срок"),
        "asks": Filter.among("asks", Asks.choices, ASKS),
    }
    if is_office:
        held = Municipality.objects.filter(organizations__isnull=False).distinct().order_by("name")
        places = list(held.values_list("code", "name"))
        found["municipality"] = Filter.among("organization__municipality__code", places, "Муниципалитет")
    return found


def _letters(rows: Any) -> list[tuple[str, str]]:
    """Those that spoke of what this reader sees, the newest first. Letters are of the floor above: a relation's name is
    all that is known of them here.
    """
    entry = "letters__letter__entry"
    told = rows.order_by(f"-{entry}__registered_on", "-letters__letter").exclude(letters=None)
    names = told.values_list("letters__letter", f"{entry}__number", f"{entry}__registered_on").distinct()
    return [(str(pk), f"№ {number} от {short_date(day)}") for pk, number, day in names[:LETTERS_AT_MOST]]


def _due_within(day: datetime.date, rows: Any, days: str) -> QuerySet:
    if days == "moved":
        return rows.filter(letter_due_on__isnull=False)
    if days == "asked":
        return rows.filter(term_requests__status=TermRequestStatus.ASKED)
    return rows.filter(due_on__gte=day, due_on__lte=day + datetime.timedelta(days=int(days)))


def _columns(day: datetime.date, is_office: bool) -> list[Column]:
    center = Column(
        "center",
        "Кто исполняет",
        lambda commitment: str(commitment.organization),
        link=PAGE if is_office else None,
        names_row=is_office,
        order=("organization__sort_key", "due_on"),
        width=40,
    )
    text = Column("text", "Что сделать", "text", html=_shortened(not is_office), names_row=not is_office, width=60)
    status = Column(
        "status",
        "Состояние",
        lambda commitment: commitment.get_status_display(),
        html=lambda commitment: badge(commitment.status, commitment.get_status_display()),
        order=("status", "due_on"),
        filter=Filter([*CommitmentStatus.choices, OVERDUE], partial(_narrowed, day)),
        width=16,
    )
    due = Column("due", "Срок", "due_on", html=partial(_due, day), order="due_on", width=12)
    said = Column("letter_due", "Срок по письму", "said_due_on", order="letter_due_on", on_page=False, width=14)
    return [*([center, text] if is_office else [text, center]), due, said, status]


def _narrowed(day: datetime.date, rows: Any, value: str) -> QuerySet:
    return rows.overdue(day) if value == "overdue" else rows.filter(status=value)


def _shortened(leads_on: bool) -> Any:
    """The beginning of the text; where it names the row, as a link."""

    def drawn_text(commitment: Commitment) -> SafeString:
        text = Truncator(commitment.text).chars(TEXT_SHOWN)
        return link(PAGE(commitment), text) if leads_on else escaped(text)

    return drawn_text


def _due(day: datetime.date, commitment: Commitment) -> SafeString:
    waits = commitment.status in TO_DO
    late = drawn("components/term.html", text="просрочено", tone="overdue") if waits and commitment.due_on < day else ""
    moved = note(f"по письму {short_date(commitment.letter_due_on)}") if commitment.letter_due_on else ""
    return joined(nowrap(short_date(commitment.due_on)), " ", late, moved)
