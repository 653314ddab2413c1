"""What the page of an import shows: faults by row with their cells, what is left out, how the first rows are read."""

import datetime
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.urls import reverse

from rcro_portal.lib.registers.importing.kinds import Fault, Judgement
from rcro_portal.lib.registers.importing.sessions import Opened
from rcro_portal.lib.registers.importing.sheets import letter, listed
from rcro_portal.lib.registers.importing.stored import Session

ROWS_AT_MOST, PREVIEWED = 100, 5


class Cell(NamedTuple):
    """A cell at fault; ``letter`` is empty where the file has no such column."""

    letter: str
    heading: str
    text: str
    words: list[str]
    suggestion: str


class BadRow(NamedTuple):
    number: int
    url: str
    cells: list[Cell]


def of_file(file: Opened, row_address: str, *, by: Any, at: datetime.datetime) -> dict[str, Any]:
    """A file that is still to be written; while no sheet is chosen, nothing but that."""
    if file.sheet is None:
        return {"file": file, "asks_for_sheet": True}
    judging = file.judging(by=by, at=at)
    judgement = judging.all
    return {
        "file": file,
        "judgement": judgement,
        "new_count": len({one.row for one in judgement.new}),
        "changed_count": len({one.row for one in judgement.changed}),
        "same_count": len(set(judgement.same)),
        "heads_faults": [fault for fault in judgement.faults if not fault.name],
        "bad_rows": list(_bad_rows(file, judgement.faults, row_address)),
        "bad_count": len(judgement.bad),
        "good_count": judging.good.writes if judgement.faults and judging.good.is_ready else 0,
        "skipped": list(_skipped(judgement)),
        "unused": _unused(file),
        "preview": _preview(file),
        "warnings": list(file.warnings()),
    }


def of_written(session: Session) -> dict[str, Any]:
    rows: Any = session.rows  # type: ignore[attr-defined]
    return {"written_count": rows.values("row").distinct().count(), "left_out": listed(session.left_out)}


def _bad_rows(file: Opened, faults: Iterable[Fault], address: str) -> Iterator[BadRow]:
    by_row: dict[int, dict[str, list[Fault]]] = {}
    for fault in faults:
        if fault.name:
            by_row.setdefault(fault.row, {}).setdefault(fault.name, []).append(fault)
    for number in sorted(by_row)[:ROWS_AT_MOST]:
        cells = [_cell(file, number, name, told) for name, told in by_row[number].items()]
        yield BadRow(number, reverse(address, args=[file.session.pk, number]), cells)


def _cell(file: Opened, row: int, name: str, faults: list[Fault]) -> Cell:
    assert file.sheet is not None
    column = file.heads.column(name)
    text = file.sheet.cell(row, column) if column else ""
    suggestion = next((fault.suggestion for fault in faults if fault.suggestion), "")
    said = [fault.words for fault in faults]
    return Cell(letter(column) if column else "", file.kind.heading(name), text, said, suggestion)


def _skipped(judgement: Judgement) -> Iterator[tuple[str, str]]:
    """Why, and which rows."""
    for why in dict.fromkeys(one.why for one in judgement.skipped):
        yield why, listed(judgement.left_out(why))


def _unused(file: Opened) -> list[str]:
    """Columns with a heading that nobody reads."""
    return [f"{letter(one)} «{text}»" for one, text in file.heads.texts.items() if one not in file.heads.fields]


def _preview(file: Opened) -> dict[str, Any]:
    names = list(file.heads.fields.values())
    records = file.layout.records[:PREVIEWED]
    return {
        "headings": [file.kind.heading(name) for name in names],
        "rows": [(record.row, [record.cells[name] for name in names]) for record in records],
    }
