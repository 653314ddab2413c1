"""The list of letters, for the institution's staff."""

import datetime

from django.db.models import DateField, QuerySet, Value
from django.db.models.functions import Coalesce, TruncDate
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.safestring import SafeString

from events.permissions import is_office
from rcro_portal.lib import search
from rcro_portal.lib.refusals import require
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
    link,
    note,
)
from rcro_portal.lib.russian import short_date
from reports import access, permissions
from reports.composing import written_numbers
from reports.models import Letter
from reports.models.letter import LetterKind, LetterStatus

# As the column shows it: the letter's date, else when it was filed; what is still written comes before all.
DATED_ON = Coalesce("entry__registered_on", TruncDate("filed_at"), Value(datetime.date.max), output_field=DateField())
READERS = "Список писем ведут сотрудники. Письма вашему центру открываются из поручений."
EMPTY = Empty(
    "Писем пока нет", "Письмо появится, когда итоги мероприятия направят на согласование или когда вы начнёте новое."
)
PAGE = Pages("reports:letter-detail")


def letter_list(request: HttpRequest, file: str = "") -> HttpResponse:
    require(is_office(request.user), READERS)
    rows = access.visible(request.user).select_related("entry", "prepared_by", "outcome__event", "event")
    table = Register(
        rows.select_related("replaced_by__entry").annotate(dated_on=DATED_ON),
        request.GET,
        url_name="reports:letter-list",
        title="Письма",
        nouns=("письмо", "письма", "писем"),
        columns=COLUMNS,
        default="date",
        empty=EMPTY,
        search=_about,
        search_label="Заголовок или тема мероприятия",
        filters=by_link.asked(request, Letter),
        dated_by=DatedBy("entry__registered_on", "Дата письма"),
        is_void=lambda letter: letter.status == LetterStatus.ANNULLED,
    )
    return answer(request, table, "reports/letter_list.html", file, may_write=permissions.may_write(request.user))


def _about(rows: QuerySet[Letter], words: str) -> QuerySet[Letter]:
    """Letters whose event, heading, number or signatory has what is asked for, or that bear the number typed."""
    request = search.parse(words)
    keys = ["outcome__event__search_key", "event__search_key"]
    held = search.held(request, keys, texts=["subject_line", "entry__number", "signatory_name"])
    return rows.filter(held | written_numbers.borne(words, "entry__")) if request else rows.none()


# -- What the columns say ---------------------------------------------------------------------------------------------


def _number(letter: Letter) -> str:
    return letter.entry.number if letter.entry else ""


def _number_cell(letter: Letter) -> str:
    return f"№ {letter.entry.number}" if letter.entry else ""


def _date(letter: Letter) -> datetime.date | None:
    if letter.entry:
        return letter.entry.registered_on
    return timezone.localtime(letter.filed_at).date() if letter.filed_at else None


def _date_cell(letter: Letter) -> str | SafeString:
    """Quiet while it is only the day of filing."""
    day = _date(letter)
    if day is None or letter.entry:
        return short_date(day) if day else ""
    return SafeString(f'<span class="muted">{short_date(day)}</span>')


def _topic(letter: Letter) -> str:
    return letter.occasion.topic if letter.occasion else ""


def _replaced(letter: Letter) -> str:
    return f"Заменено письмом № {letter.replaced_by.entry.number}" if letter.replaced_by else ""


def _about_cell(letter: Letter) -> SafeString:
    return link(PAGE(letter), letter.heading) + note(_topic(letter)) + note(_replaced(letter))


COLUMNS = (
    Column(
        "number",
        "Номер",
        _number,
        html=_number_cell,
        blank="нет",
        order=("entry__year", "entry__sequence"),
        css="nowrap",
        width=12,
    ),
    Column("date", "Дата", _date, html=_date_cell, blank="–", order=("-dated_on", "-filed_at"), css="nowrap", width=12),
    Column("about", "О чём", "subject_line", html=_about_cell, names_row=True, width=50),
    Column("topic", "Мероприятие", _topic, on_page=False, width=40),
    Column("replaced", "Заменено", _replaced, on_page=False, width=24),
    Column(
        "kind",
        "Вид",
        lambda letter: letter.get_kind_display(),
        order=("kind", "-dated_on"),
        filter=Filter.by("kind", LetterKind.choices),
        css="nowrap",
        width=18,
    ),
    Column(
        "prepared_by", "Исполнитель", "prepared_by.surname_first", order="prepared_by__sort_key", css="nowrap", width=20
    ),
    Column(
        "status",
        "Состояние",
        lambda letter: letter.get_status_display(),
        html=lambda letter: badge(letter.status, letter.get_status_display()),
        order=("status", "-dated_on"),
        filter=Filter.by("status", LetterStatus.choices),
        width=18,
    ),
)
