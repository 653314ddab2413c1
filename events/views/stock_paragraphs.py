"""Typical paragraphs: the list of them, and one as it is."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import Truncator

from events import permissions
from events.kept import PARAGRAPHS
from events.models import StockParagraph
from rcro_portal.lib import russian
from rcro_portal.lib.keeping import Card
from rcro_portal.lib.refusals import require
from rcro_portal.lib.registers import Column, Empty, Pages, Register, answer

BEGINNING = 160
OFFICE_ONLY = "Типовые абзацы видят сотрудники института."
EMPTY = Empty("Типовых абзацев пока нет", "Запомните удачный абзац прямо в редакторе итогов или внесите его здесь.")


def paragraph_list(request: HttpRequest, file: str = "") -> HttpResponse:
    require(permissions.is_office(request.user), OFFICE_ONLY)
    table = Register(
        StockParagraph.objects.select_related("department"),
        request.GET,
        url_name="events:paragraph-list",
        title="Типовые абзацы",
        nouns=("абзац", "абзаца", "абзацев"),
        columns=COLUMNS,
        default="title",
        empty=EMPTY,
        search="search_key",
    )
    add = PARAGRAPHS.url("new") if permissions.may_plan(request.user) else ""
    return answer(request, table, "events/paragraph_list.html", file, add_url=add, noun=PARAGRAPHS.noun)


def paragraph_detail(request: HttpRequest, pk: int) -> HttpResponse:
    require(permissions.is_office(request.user), OFFICE_ONLY)
    paragraph = PARAGRAPHS.row(request, pk)
    facts = [("Отдел", _department(paragraph)), ("Вид мероприятия", _kind(paragraph)), ("Действует", _term(paragraph))]
    context = {
        "paragraph": paragraph,
        "facts": facts,
        "is_in_force": paragraph.is_in_force_on(timezone.localdate()),
        "card": Card(PARAGRAPHS, request.user, paragraph),
    }
    return render(request, "events/paragraph_detail.html", context)


def _beginning(paragraph: Any) -> str:
    return Truncator(paragraph.text).chars(BEGINNING)


def _department(paragraph: Any) -> str:
    return paragraph.department.name if paragraph.department else "все отделы"


def _kind(paragraph: Any) -> str:
    return paragraph.get_kind_display() if paragraph.kind else "любой"


def _term(paragraph: Any) -> str:
    until = f" по {russian.short_date(paragraph.until)}" if paragraph.until else ""
    return f"с {russian.short_date(paragraph.since)}{until}"


COLUMNS = (
    Column("title", "Абзац", "title", link=Pages("events:paragraph-detail"), names_row=True, order="title", width=50),
    Column("text", "Начало", _beginning, width=90),
    Column("department", "Отдел", _department, order="department__name", width=30),
    Column("kind", "Вид мероприятия", _kind, order="kind", width=24),
    Column("term", "Действует", _term, order=("since", "pk"), width=26),
)
