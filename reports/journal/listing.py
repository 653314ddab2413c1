"""The list of the register's rows: on its page, as a table to take along, and as that table is brought in again."""

from typing import Any

from django.db.models import Min, Q, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from rcro_portal.lib.registers import Column, DatedBy, Empty, Filter, Pages, Register, badge, link, note
from rcro_portal.lib.russian import short_date
from reports.composing import written_numbers
from reports.journal import cells
from reports.models import OutgoingRegister, RegisterEntry
from reports.models.register import EntryStatus, Origin, RegisterEntryQuerySet

EMPTY = Empty(
    "Номеров ещё не брали", "Первый номер даст делопроизводитель или возьмёт директор кнопкой «К подписанию»."
)
HEADINGS = {column.name: column.heading for column in cells.COLUMNS}
LETTER = Pages("reports:letter-detail", "letter_id")
ENTRY = Pages("reports:entry-detail")


def registers_with_years() -> list[OutgoingRegister]:
    """All of them, each with the first year of its rows, in one query."""
    return list(OutgoingRegister.objects.annotate(oldest_year=Min("entries__year")).order_by("pk"))


def listed(params: QueryDict, registers: list[OutgoingRegister]) -> Register:
    """The rows by what the address says; of several ``registers_with_years`` each row names its own."""
    related = ("register", "file_item", "annulled_by__person")
    return Register(
        RegisterEntry.objects.select_related(*related),
        params,
        url_name="reports:register",
        title="Журнал исходящих",
        file_name="zhurnal",
        nouns=("строка", "строки", "строк"),
        columns=[*([_journal(registers)] if len(registers) > 1 else []), *COLUMNS],
        default="number",
        empty=EMPTY,
        search=_named,
        search_label="Номер, кому, о чём, исполнитель",
        filters={"year": _years(registers)},
        dated_by=DatedBy("registered_on", "Дата номера"),
        is_void=lambda entry: entry.status == EntryStatus.ANNULLED,
    )


def _journal(registers: list[OutgoingRegister]) -> Column:
    options = [(one.code, one.name) for one in registers]
    return Column(
        "journal",
        "Журнал",
        "register.name",
        filter=Filter.by("register__code", options),
        on_page=False,
        width=16,
    )


def _years(registers: list[OutgoingRegister]) -> Filter:
    """From the first year that any of them knows to this one."""
    this = timezone.localdate().year
    first = min([this, *(year for one in registers if (year := one.oldest_year))])  # type: ignore[attr-defined]
    return Filter.by("year", [(str(year), str(year)) for year in range(this, first - 1, -1)], "Год")


def _named(rows: RegisterEntryQuerySet, words: str) -> QuerySet[RegisterEntry]:
    """By words, or by a number with its day: «№ 941 от 25.09.2020»."""
    held = RegisterEntry.objects.matching(words)
    return rows.filter(Q(pk__in=held.values("pk")) | written_numbers.borne(words))


# -- What the columns say ---------------------------------------------------------------------------------------------


def _number(entry: RegisterEntry) -> SafeString:
    return link(ENTRY(entry), f"№ {entry.number}")


def _subject(entry: RegisterEntry) -> str | SafeString:
    if entry.letter_id:
        return link(LETTER(entry), entry.subject_line)
    if entry.status == EntryStatus.RESERVED and entry.reserved_until:
        kept = f"{entry.reserved_reason}, до {short_date(entry.reserved_until)}"
        return format_html('<span class="muted">{}</span>', kept)
    return entry.subject_line


def _state(entry: RegisterEntry) -> SafeString:
    unexplained = entry.is_unexplained
    shown = badge("unknown", "Без сведений") if unexplained else badge(entry.status, entry.get_status_display())
    on_paper = entry.origin == Origin.PAPER and entry.status == EntryStatus.REGISTERED
    return shown + note("на бумаге" if on_paper else "") + _why_annulled(entry)


def _why_annulled(entry: RegisterEntry) -> SafeString:
    if not entry.annulled_reason or not entry.annulled_at:
        return SafeString()
    day = short_date(timezone.localtime(entry.annulled_at).date())
    words = f"{entry.annulled_reason} ({entry.annulled_by}, {day})"
    return format_html('<br><span class="small">{}</span>', words)


def _said(name: str, width: int, **more: Any) -> Column:
    """A column of the table that the portal reads again: called, and filled, as ``cells`` knows it."""
    return Column(name, HEADINGS[name], name, width=width, **more)


COLUMNS = (
    _said("number", 12, html=_number, names_row=True, order=("-year", "-sequence", "-suffix"), css="nowrap"),
    Column(
        "date",
        HEADINGS["registered_on"],
        "registered_on",
        order=("-registered_on", "-sequence"),
        css="nowrap",
        width=11,
    ),
    _said("addressee", 34, blank="–"),
    _said("subject_line", 40, html=_subject, blank="–"),
    _said("prepared_by", 18),
    Column("document_kind", HEADINGS["document_kind"], cells.kind, on_page=False, width=12),
    Column("file_item", "Дело", lambda entry: entry.file_item.index if entry.file_item else "", on_page=False, width=9),
    _said("sheets", 8, on_page=False),
    _said("copies", 13, on_page=False),
    Column(
        "status",
        "Состояние",
        lambda entry: entry.get_status_display(),
        html=_state,
        order=("status", "-year", "-sequence"),
        filter=Filter.by("status", EntryStatus.choices),
        width=17,
    ),
    Column(
        "origin",
        "Происхождение",
        lambda entry: entry.get_origin_display(),
        filter=Filter.by("origin", Origin.choices, "Откуда"),
        on_page=False,
        width=18,
    ),
    Column("note", HEADINGS["note"], cells.remark, on_page=False, width=30),
)
