"""The archive of letters: full-text search with what was found marked, and filters."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from centers.models import Department
from rcro_portal.lib import search
from rcro_portal.lib.registers import Column, Empty, Filter, Pages, Register, answer, escaped, link, note
from reports.models import Letter, RegisterEntry
from reports.models.letter import LetterKind, Way
from reports.verification import archive

EMPTY = Empty("Архив пуст", "Письмо попадёт сюда, когда его подпишут.")
BY_RANK = {"rank": ("-rank", "-entry__registered_on")}
PAGE = Pages("reports:letter-detail")


def archive_list(request: HttpRequest, file: str = "") -> HttpResponse:
    """Signed letters that this person may see; a coordinator finds those sent to their centre."""
    visible = Letter.objects.visible_to(request.user, timezone.localdate())
    rows = archive.letters().filter(pk__in=visible.values("pk"))
    rows = rows.defer("replaced_by__printed_text", "replaced_by__printed_key")
    asked = search.typed(request.GET.get("q", ""))
    table = Register(
        rows.select_related("entry", "outcome__event", "event", "replaced_by__entry"),
        request.GET,
        url_name="reports:archive",
        title="Архив писем",
        nouns=("письмо", "письма", "писем"),
        columns=_columns(asked),
        default="rank" if asked else "date",
        orders=BY_RANK if asked else {},
        empty=EMPTY,
        search=partial(archive.search, headlines=not file),
        search_label="Слова из письма или номер",
        filters=_filters(),
    )
    return answer(request, table, "reports/archive_list.html", file)


def _columns(asked: str) -> list[Column]:
    return [
        Column(
            "number",
            "Номер",
            "entry.number",
            html=lambda letter: f"№ {letter.entry.number}",
            order=("entry__year", "entry__sequence"),
            css="nowrap",
            width=12,
        ),
        Column(
            "date",
            "Дата",
            "entry.registered_on",
            order=("-entry__registered_on", "-entry__sequence"),
            css="nowrap",
            width=12,
        ),
        Column("about", "О чём", "subject_line", html=partial(_about, asked), names_row=True, width=60),
        Column("topic", "Мероприятие", _topic, on_page=False, width=40),
        Column("kind", "Вид", lambda letter: letter.get_kind_display(), css="nowrap", width=18),
        Column("replaced", "Заменено", _replaced, css="nowrap", width=24),
    ]


def _topic(letter: Letter) -> str:
    return letter.occasion.topic if letter.occasion else ""


def _replaced(letter: Letter) -> str:
    return f"письмом № {letter.replaced_by.entry.number}" if letter.replaced_by else ""


def _about(asked: str, letter: Any) -> SafeString:
    """What the letter is about, its event, and the words that were looked for where they stand."""
    named = link(PAGE(letter), letter.subject_line) + note(_topic(letter))
    return named + note(_snippet(asked, letter)) if asked else named


def _snippet(asked: str, letter: Any) -> SafeString:
    pieces = archive.snippet(letter.headline, asked, letter.printed_text)
    drawn = (format_html("<mark>{}</mark>", piece.text) if piece.found else escaped(piece.text) for piece in pieces)
    return format_html_join("", "{}", ((one,) for one in drawn))


def _filters() -> dict[str, Filter]:
    years = RegisterEntry.objects.order_by("-year").values_list("year", flat=True).distinct()
    departments = Department.objects.order_by("name").values_list("pk", "name")
    return {
        "year": Filter.by("entry__year", [(str(year), str(year)) for year in years], "Год"),
        "kind": Filter.by("kind", LetterKind.choices, "Вид"),
        "department": Filter.by("department", [(str(pk), name) for pk, name in departments], "Отдел"),
        "way": Filter.by("signature__way", Way.choices, "Подписано"),
    }
