"""What imports remember: who or what a text of a file means. Read here, and forgotten one by one.

An answer that is forgotten is asked for again by the next file that holds the text; what was written stays.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from centers.models import Center, Municipality, Organization, Person
from centers.permissions import may_keep
from events.platforms.people import NOBODY
from olympiad.models import Subject
from olympiad.results.known import SUBJECT
from projects.models import Cluster, NetworkProject
from rcro_portal.lib.refusals import require
from rcro_portal.lib.registers import Column, Empty, Filter, Pages, Register, answer
from rcro_portal.lib.registers.importing.asking import EACH, NEW, ONE, WITHOUT
from rcro_portal.models import ImportAnswer

NOT_YOURS = "Ответы при загрузках видят методист сети и администратор."
GONE = "записи больше нет: портал спросит снова"
SAID = {
    NEW: "новая запись",
    WITHOUT: "никто",
    EACH: "каждая из названных",
    ONE: "одна организация",
    NOBODY: "не из сети",
}


def _full_name(person: Person) -> str:
    return person.full_name


@dataclass(frozen=True)
class Asked:
    """What a kind of questions is about, and among which rows its answers are; of none they are words alone."""

    label: str
    model: Any = None
    related: tuple[str, ...] = ()
    words: Callable[[Any], str] = str

    @property
    def rows(self) -> QuerySet:
        rows: QuerySet = self.model._default_manager.all()
        return rows.select_related(*self.related) if self.related else rows


ASKED = {
    "person": Asked("Человек", Person, words=_full_name),
    "organization": Asked("Организация", Organization),
    "center": Asked("РВЦИ", Center, ("organization",)),
    "municipality": Asked("Муниципалитет", Municipality),
    "project": Asked("Проект", NetworkProject),
    "cluster": Asked("Кластер", Cluster),
    "several": Asked("Одна или несколько организаций"),
    "coordinator": Asked("Кто из названных – координатор"),
    SUBJECT: Asked("Предмет олимпиады", Subject),
    "attendance": Asked("Участник мероприятия", Person, words=_full_name),
}
PAGE = Pages("import-answer")
COLUMNS = (
    Column("key", "Что в файле", "key", link=PAGE, names_row=True, order="key", width=50),
    Column(
        "about",
        "О чём вопрос",
        lambda row: _about(row).label,
        order=("about", "key"),
        filter=Filter.by("about", [(key, one.label) for key, one in ASKED.items()]),
        width=30,
    ),
    Column("said", "Ответ", lambda row: row.in_words, width=50),
    Column("by", "Кто ответил", lambda row: row.by.person.surname_first, order="by__person__sort_key", width=30),
    Column("at", "Когда", "at", order="-at", css="nowrap", width=18),
)


def answer_list(request: HttpRequest, file: str = "") -> HttpResponse:
    _require(request)
    table = Register(
        _rows(),
        request.GET,
        url_name="import-answers",
        title="Ответы при загрузках",
        nouns=("ответ", "ответа", "ответов"),
        columns=COLUMNS,
        default="at",
        empty=Empty("Ответов пока нет", "Портал запомнит их, когда при загрузке таблицы спросит, кто имеется в виду."),
        search="key",
        search_label="Что в файле",
        attach=_attach,
    )
    return answer(request, table, "registers/import_answers.html", file)


def answer_detail(request: HttpRequest, pk: int) -> HttpResponse:
    _require(request)
    row = get_object_or_404(_rows(), pk=pk)
    _attach([row])
    return render(request, "registers/import_answer.html", {"row": row, "asked": _about(row).label})


@require_POST
def answer_forget(request: HttpRequest, pk: int) -> HttpResponse:
    _require(request)
    get_object_or_404(ImportAnswer, pk=pk).delete()
    messages.success(request, "Ответ забыт. Встретится в файле снова – портал спросит.")
    return redirect("import-answers")


def _require(request: HttpRequest) -> None:
    user: Any = request.user
    require(may_keep(user), NOT_YOURS)


def _rows() -> QuerySet[ImportAnswer]:
    return ImportAnswer.objects.select_related("by__person")


def _about(row: ImportAnswer) -> Asked:
    return ASKED.get(row.about, Asked(row.about))


def _attach(rows: Sequence[Any]) -> None:
    """``in_words`` of each: rows that are meant are read once for each of their tables."""
    wanted: dict[Asked, set[int]] = defaultdict(set)
    for row in rows:
        if _about(row).model and row.said.isdecimal():
            wanted[_about(row)].add(int(row.said))
    known = {one: one.rows.in_bulk(keys) for one, keys in wanted.items()}
    for row in rows:
        row.in_words = _in_words(row, known.get(_about(row), {}))


def _in_words(row: ImportAnswer, known: dict[int, Any]) -> str:
    if not row.said.isdecimal():
        return SAID.get(row.said, row.said)
    if not _about(row).model:
        return f"{row.said}-й из названных"
    meant = known.get(int(row.said))
    return _about(row).words(meant) if meant else GONE
