"""The journal to take along: an XLSX of what a list shows, and the printed journal of a period as PDF.

The printed form has the nine columns of the records offices' book: organisation, date, number, kind of document,
addressee, heading, sheets, copies, note.
"""

import datetime
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.template.loader import render_to_string

from rcro_portal import russian, xlsx
from rcro_portal.refusals import Refusal
from reports import letter_font, rendering
from reports.models import Letterhead, OutgoingRegister, RegisterEntry
from reports.models.register import EntryStatus

# Measured: 1,000 rows take six seconds, 5,000 half a minute and 600 MB.
ROWS_AT_MOST = 1_000
LETTER = "письмо"
COLUMNS = (
    xlsx.Column("Номер", 12),
    xlsx.Column("Дата", 11),
    xlsx.Column("Кому", 40),
    xlsx.Column("О чём", 50),
    xlsx.Column("Исполнитель", 18),
    xlsx.Column("Вид документа", 16),
    xlsx.Column("Дело", 10),
    xlsx.Column("Листов", 8),
    xlsx.Column("Экземпляров", 12),
    xlsx.Column("Состояние", 16),
    xlsx.Column("Происхождение", 18),
    xlsx.Column("Примечание", 40),
)


class TooManyRows(Refusal):
    """More rows than one document holds; the words say how to narrow."""


class NothingToPrint(Refusal):
    words = "За этот период в журнале нет строк. Укажите другой период."


def workbook(rows: "QuerySet[RegisterEntry]") -> bytes:
    """The rows in the order given. Raises TooManyRows."""
    count = rows.count()
    if count > xlsx.ROW_LIMIT:
        raise TooManyRows(
            f"Здесь {russian.agree(count, 'строка', 'строки', 'строк')}, а в таблице – до "
            f"{russian.grouped(xlsx.ROW_LIMIT)}. Отберите один год и повторите."
        )
    shown = rows.select_related("file_item", "annulled_by__person")
    return xlsx.write(sheet="Журнал исходящих", columns=COLUMNS, rows=map(_cells, shown))


def _cells(entry: RegisterEntry) -> list[Any]:
    return [
        entry.number,
        entry.registered_on,
        entry.addressee,
        entry.subject_line,
        entry.prepared_by,
        entry.document_kind or LETTER,
        entry.file_item.index if entry.file_item else "",
        entry.sheets,
        entry.copies,
        entry.get_status_display(),
        entry.get_origin_display(),
        remark(entry),
    ]


def remark(entry: RegisterEntry) -> str:
    """What became of a number that went out as no letter, and what the clerk noted."""
    parts = [entry.note]
    if entry.status == EntryStatus.ANNULLED:
        parts.append(f"Аннулирован: {entry.annulled_reason}")
    if entry.status == EntryStatus.RESERVED and entry.reserved_until:
        parts.append(f"Зарезервирован до {russian.short_date(entry.reserved_until)}: {entry.reserved_reason}")
    return ". ".join(part.rstrip(".") for part in parts if part)


def printed(register: OutgoingRegister, since: datetime.date, until: datetime.date) -> bytes:
    """The journal of that period for print, A4 across. Raises TooManyRows, NothingToPrint."""
    rows = register.entries.filter(registered_on__range=(since, until))
    entries = list(rows.order_by("year", "sequence", "suffix", "pk")[: ROWS_AT_MOST + 1])
    if not entries:
        raise NothingToPrint
    if len(entries) > ROWS_AT_MOST:
        raise _narrower(rows.count(), entries)
    context = {
        "register": register,
        "since": since,
        "until": until,
        "rows": list(_printable(entries)),
        "count": russian.agree(len(entries), "строка", "строки", "строк"),
    }
    return rendering.table_document(render_to_string("reports/letters/journal.html", context))


def _narrower(count: int, entries: Iterable[RegisterEntry]) -> TooManyRows:
    last = list(entries)[ROWS_AT_MOST - 1].registered_on - datetime.timedelta(days=1)
    return TooManyRows(
        f"За этот период в журнале {russian.agree(count, 'строка', 'строки', 'строк')}, а в одном документе – до "
        f"{russian.grouped(ROWS_AT_MOST)}. Напечатайте журнал частями: первую – по {russian.short_date(last)}."
    )


def _printable(entries: list[RegisterEntry]) -> Iterator[dict[str, Any]]:
    heads = list(Letterhead.objects.order_by("since"))
    for entry in entries:
        heading = [head.short_name for head in heads if head.since <= entry.registered_on]
        yield {
            "organization": _clean(heading[-1] if heading else ""),
            "on": entry.registered_on,
            "number": _clean(entry.number),
            "kind": _clean(entry.document_kind or LETTER),
            "addressee": _clean(entry.addressee),
            "subject_line": _clean(entry.subject_line),
            "sheets": entry.sheets,
            "copies": entry.copies,
            "note": _clean(remark(entry)),
        }


def _clean(text: str) -> str:
    """A paper letter's words may hold what the typeface lacks: one such sign would spoil its whole line."""
    for sign in letter_font.missing_glyphs(text):
        text = text.replace(sign, "?")
    return russian.typeset(text)
