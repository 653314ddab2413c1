"""The printed register of a period, as PDF.

It has the nine columns of the records offices' book: organisation, date, number, kind of document,
addressee, heading, sheets, copies, note.
"""

import datetime
from collections.abc import Iterable

from django.template.loader import render_to_string

from rcro_portal.lib import russian
from rcro_portal.lib.refusals import Refusal
from rcro_portal.lib.registers import Column
from rcro_portal.lib.registers.columns import text
from reports.journal import cells
from reports.models import Letterhead, OutgoingRegister, RegisterEntry
from reports.typesetting import letter_font, rendering

# Measured: 1,000 rows take six seconds, 5,000 half a minute and 600 MB.
ROWS_AT_MOST = 1_000


class TooManyRows(Refusal):
    """More rows than one document holds; the words say how to narrow."""


class NothingToPrint(Refusal):
    words = "За этот период в журнале нет строк. Укажите другой период."


def printed(register: OutgoingRegister, since: datetime.date, until: datetime.date) -> bytes:
    """The register of that period for print, A4 across. Raises TooManyRows, NothingToPrint."""
    rows = register.entries.filter(registered_on__range=(since, until))
    entries = list(rows.order_by("year", "sequence", "suffix", "pk")[: ROWS_AT_MOST + 1])
    if not entries:
        raise NothingToPrint
    if len(entries) > ROWS_AT_MOST:
        raise _narrower(rows.count(), entries)
    columns = _columns(list(Letterhead.objects.order_by("since")))
    context = {
        "register": register,
        "since": since,
        "until": until,
        "headings": [column.heading for column in columns],
        "rows": [[_clean(text(column.read(entry))) for column in columns] for entry in entries],
        "count": russian.agree(len(entries), "строка", "строки", "строк"),
    }
    return rendering.table_document(render_to_string("reports/letters/journal.html", context))


def _columns(letterheads: list[Letterhead]) -> tuple[Column, ...]:
    def organization(entry: RegisterEntry) -> str:
        heads = [head.short_name for head in letterheads if head.since <= entry.registered_on]
        return heads[-1] if heads else ""

    return (
        Column("organization", "Организация", organization),
        Column("date", "Дата", "registered_on"),
        Column("number", "Рег. номер", "number"),
        Column("kind", "Вид документа", cells.kind),
        Column("addressee", "Адресат", "addressee"),
        Column("subject_line", "Заголовок", "subject_line"),
        Column("sheets", "Листов", lambda entry: entry.sheets or ""),
        Column("copies", "Экз.", lambda entry: entry.copies or ""),
        Column("note", "Примечание", cells.remark),
    )


def _narrower(count: int, entries: Iterable[RegisterEntry]) -> TooManyRows:
    last = list(entries)[ROWS_AT_MOST - 1].registered_on - datetime.timedelta(days=1)
    return TooManyRows(
        f"За этот период в журнале {russian.agree(count, 'строка', 'строки', 'строк')}, а в одном документе – до "
        f"{russian.grouped(ROWS_AT_MOST)}. Напечатайте журнал частями: первую – по {russian.short_date(last)}."
    )


def _clean(text: str) -> str:
    """A paper letter's words may hold what the typeface lacks: one such sign would spoil its whole line."""
    for sign in letter_font.missing_glyphs(text):
        text = text.replace(sign, "?")
    return text
