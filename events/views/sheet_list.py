"""What centres answered: one table of centres and questions for a request, with its sums; all sheets without one."""

import datetime
from collections.abc import Sequence
from decimal import Decimal
from functools import partial
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.safestring import SafeString

from centers.models import Municipality
from events import permissions
from events.models import DataAnswer, DataQuestion, DataRequest, DataSheet
from events.models.request import NUMERIC, QuestionKind
from events.models.request_sheet import SheetStatus
from events.requests import checks, past
from rcro_portal.lib.registers import (
    Column,
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
    note,
    nowrap,
)
from rcro_portal.lib.russian import grouped, measured, short_date

EMPTY = Empty("Сведений пока нет", "Они появятся, когда методист разошлёт запрос.")
REQUESTS_AT_MOST, TEXT_SHOWN = 100, 80
# A screen holds so many answers beside the centre and its state.
SHOWN_AT_MOST = 6
PAGE = Pages("events:answer-sheet-detail")
SILENT, OVERDUE = ("silent", "Молчат"), ("overdue", "Просрочено")


def sheet_list(request: HttpRequest, file: str = "") -> HttpResponse:
    day, is_office = timezone.localdate(), permissions.is_office(request.user)
    rows = DataSheet.objects.visible_to(request.user, day).with_urgency()
    asked = list(
        DataRequest.objects.visible_to(request.user, day).sent().order_by("-sent_at", "-pk")[:REQUESTS_AT_MOST]
    )
    chosen = next((one for one in asked if str(one.pk) == request.GET.get("request")), None)
    questions = list(chosen.questions.order_by("position", "pk")) if chosen else []
    table = Register(
        rows.select_related("center__organization__municipality", "request"),
        request.GET,
        url_name="events:answer-sheet-list",
        title=str(chosen) if chosen else "Сведения от центров",
        file_name="сведения от центров",
        nouns=("центр", "центра", "центров") if chosen else ("ответ", "ответа", "ответов"),
        columns=_columns(day, chosen, questions),
        # What waits for somebody first, by its term; the done end the list.
        default="urgency",
        orders={"urgency": ("urgency", "request__due_on", "center__organization__sort_key")},
        empty=EMPTY,
        filters={**_filters(asked, is_office), **by_link.asked(request, DataSheet)},
        search="center__organization__search_key",
        search_label="Центр" if is_office else "",
        attach=partial(_attach, chosen),
    )
    totals = _totals(table, questions) if questions and not file else []
    return answer(request, table, "events/sheet_list.html", file, chosen=chosen, totals=totals)


def _filters(asked: Sequence[DataRequest], is_office: bool) -> dict[str, Filter]:
    requests = [(str(one.pk), one.title) for one in asked]
    found = {"request": Filter(requests, lambda rows, value: rows.filter(request=value), "Запрос")}
    if is_office:
        held = Municipality.objects.filter(organizations__center__isnull=False).distinct().order_by("name")
        places = list(held.values_list("code", "name"))
        found["place"] = Filter.among("center__organization__municipality__code", places, "Муниципалитет")
    return found


def _attach(chosen: DataRequest | None, sheets: Sequence[Any]) -> None:
    """``given``: answers as they were submitted, by the keys of questions; ``last``: last year's. Two queries."""
    keys = [one.pk for one in sheets] if chosen else []
    by_sheet: dict[int, dict[str, DataAnswer]] = {one.pk: {} for one in sheets}
    for one in DataAnswer.objects.filter(sheet__in=keys).select_related("question"):
        by_sheet[one.sheet_id][one.question.key] = one
    last = past.answers(chosen, [one.center_id for one in sheets]) if chosen else {}
    for sheet in sheets:
        sheet.given = by_sheet[sheet.pk]
        sheet.last = last.get(sheet.center_id, {})


def _totals(table: Register, questions: Sequence[DataQuestion]) -> list[tuple[DataQuestion, str, int]]:
    """Of the rows that the filters leave: each question that counts, its sum and how many centres it is of."""
    adds = Q(number__isnull=False) | Q(amount__isnull=False)
    rows = DataAnswer.objects.filter(adds, sheet__in=table.rows.order_by().values("pk"))
    summed = rows.order_by().values_list("question").annotate(Sum("number"), Sum("amount"), Count("sheet"))
    found = {key: (number if amount is None else amount, centers) for key, number, amount, centers in summed}
    return [(one, _said(found[one.pk][0]), found[one.pk][1]) for one in questions if one.pk in found]


def _said(number: int | Decimal) -> str:
    return measured(number) if isinstance(number, Decimal) else grouped(number)


# -- What the columns say ---------------------------------------------------------------------------------------------


def _columns(day: datetime.date, chosen: DataRequest | None, questions: Sequence[DataQuestion]) -> list[Column]:
    center = Column(
        "center",
        "Центр",
        lambda sheet: str(sheet.center),
        link=PAGE,
        names_row=True,
        order=("center__organization__sort_key", "-request__due_on"),
        width=36,
    )
    asked = Column("title", "Запрос", "request.title", order=("request__title", "pk"), width=44, on_page=chosen is None)
    status = Column(
        "status",
        "Состояние",
        lambda sheet: sheet.get_status_display(),
        html=lambda sheet: badge(sheet.status, sheet.get_status_display()),
        order=("status", "center__organization__sort_key"),
        filter=Filter([SILENT, *SheetStatus.choices, OVERDUE], partial(_narrowed, day)),
        width=16,
    )
    due = Column("due", "Срок", "request.due_on", html=partial(_due, day), order=("request__due_on", "pk"), width=12)
    came = Column("came", "Ответ пришёл", "submitted_at", order=("submitted_at", "pk"), width=16, on_page=False)
    short = [one for one in questions if one.kind not in (QuestionKind.TEXT, QuestionKind.LIST)][:SHOWN_AT_MOST]
    return [center, asked, due, status, came, *(_column(one, on_page=one in short) for one in questions)]


def _column(question: DataQuestion, *, on_page: bool) -> Column:
    """Long answers stand in files, and on the page for who chooses their columns."""
    counts = question.kind in NUMERIC
    return Column(
        question.key,
        question.said_label,
        partial(_value, question),
        html=partial(_cell, question),
        css="numeric" if counts else "",
        width=16 if counts else 30,
        on_page=on_page,
    )


def _value(question: DataQuestion, sheet: Any) -> str | int | Decimal | None:
    given = sheet.given.get(question.key)
    if given is None:
        return None
    if question.kind in NUMERIC:
        return given.number if question.kind == QuestionKind.NUMBER else given.amount
    return checks.said(question, given.text)


def _cell(question: DataQuestion, sheet: Any) -> str:
    value = _value(question, sheet)
    if value is None:
        return ""
    if isinstance(value, str):
        return escaped(value if len(value) <= TEXT_SHOWN else f"{value[:TEXT_SHOWN]}…")
    last = sheet.last.get(question.key, "")
    changed = note(f"⚠ в прошлый раз {last}") if past.is_notable(str(value), last) else ""
    return joined(_said(value), changed)


def _narrowed(day: datetime.date, rows: Any, value: str) -> QuerySet:
    if value == "silent":
        return rows.silent()
    return rows.overdue(day) if value == "overdue" else rows.filter(status=value)


def _due(day: datetime.date, sheet: DataSheet) -> SafeString:
    is_late = sheet.is_silent and sheet.request.due_on < day
    late = drawn("components/term.html", text="просрочено", tone="overdue") if is_late else ""
    return joined(nowrap(short_date(sheet.request.due_on)), " ", late)
