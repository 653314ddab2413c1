"""The register to take along: an XLSX of what a list shows, and the printed register of a period as PDF.

The printed form has the nine columns of the records offices' book: organisation, date, number, kind of document,
addressee, heading, sheets, copies, note.
"""

import datetime
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.template.loader import render_to_string

from rcro_portal.lib import russian, xlsx
from rcro_portal.lib.refusals import Refusal
from reports.journal import cells as journal_cells
from reports.models import Letterhead, OutgoingRegister, RegisterEntry
from reports.typesetting import letter_font, rendering

# Measured: 1,000 rows take six seconds, 5,000 half a minute and 600 MB.
ROWS_AT_MOST = 1_000
COLUMNS = (
    xlsx.Column("Номер", 12),
    xlsx.Column("Дата", 11),
    xlsx.Column("Кому", 34),
    xlsx.Column("О чём", 40),
    xlsx.Column("Исполнитель", 18),
    xlsx.Column("Вид документа", 12),
    xlsx.Column("Дело", 9),
    xlsx.Column("Листов", 8),
    xlsx.Column("Экземпляров", 13),
    xlsx.Column("Состояние", 17),
    xlsx.Column("Происхождение", 18),
    xlsx.Column("Примечание", 30),
)
REGISTER = xlsx.Column("Журнал", 16)


class TooManyRows(Refusal):
    """More rows than one document holds; the words say how to narrow."""


class NothingToPrint(Refusal):
    words = "За этот период в журнале нет строк. Укажите другой период."


def workbook(rows: "QuerySet[RegisterEntry]") -> bytes:
    """The rows in the order given; of several registers each row names its own. Raises TooManyRows."""
    count = rows.count()
    if count > xlsx.ROW_LIMIT:
        raise TooManyRows(
            f"Здесь {russian.agree(count, 'строка', 'строки', 'строк')}, а в таблице – до "
            f"{russian.grouped(xlsx.ROW_LIMIT)}. Отберите один год и повторите."
        )
    shown = rows.select_related("file_item", "annulled_by__person", "register")
    several = OutgoingRegister.objects.count() > 1
    columns = (REGISTER, *COLUMNS) if several else COLUMNS
    cells = ([*([entry.register.name] if several else []), *_cells(entry)] for entry in shown)
    return xlsx.write(sheet="Журнал исходящих", columns=columns, rows=cells)


def _cells(entry: RegisterEntry) -> list[Any]:
    said = journal_cells.said(entry)
    return [
        said["number"],
        said["registered_on"],
        said["addressee"],
        said["subject_line"],
        said["prepared_by"],
        said["document_kind"],
        entry.file_item.index if entry.file_item else "",
        said["sheets"],
        said["copies"],
        entry.get_status_display(),
        entry.get_origin_display(),
        said["note"],
    ]


def printed(register: OutgoingRegister, since: datetime.date, until: datetime.date) -> bytes:
    """The register of that period for print, A4 across. Raises TooManyRows, NothingToPrint."""
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
            "kind": _clean(entry.document_kind or journal_cells.LETTER),
            "addressee": _clean(entry.addressee),
            "subject_line": _clean(entry.subject_line),
            "sheets": entry.sheets,
            "copies": entry.copies,
            "note": _clean(journal_cells.remark(entry)),
        }


def _clean(text: str) -> str:
    """A paper letter's words may hold what the typeface lacks: one such sign would spoil its whole line."""
    for sign in letter_font.missing_glyphs(text):
        text = text.replace(sign, "?")
    return text
