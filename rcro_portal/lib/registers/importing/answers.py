"""What an import found, as one object for machines: rows are numbered as in the file, columns bear its letters."""

from typing import Any

from rcro_portal.lib.registers.importing.heads import Heads
from rcro_portal.lib.registers.importing.kinds import Fault, Judgement
from rcro_portal.lib.registers.importing.opened import Opened
from rcro_portal.lib.registers.importing.sheets import Sheet, letter


def of_sheets(file: Opened) -> dict[str, Any]:
    """The sheets among which somebody must choose."""
    return {"sheets": [_sheet(one, file.found(one)) for one in file.with_table]}


def of_judgement(file: Opened, judgement: Judgement) -> dict[str, Any]:
    assert file.sheet is not None
    return {
        "sheets": [_sheet(file.sheet, file.heads)],
        "rows": judgement.rows,
        "new": len({one.row for one in judgement.new}),
        "changed": len({one.row for one in judgement.changed}),
        "same": len(set(judgement.same)),
        "skipped": [{"row": one.row, "why": one.why} for one in judgement.skipped],
        "doubtful": [
            {"row": one.row, "why": one.why, "candidates": list(one.question.candidates)} for one in judgement.doubtful
        ],
        "bad": [_bad(file.heads, fault) for fault in judgement.faults],
        "notes": [*judgement.notes, *file.warnings()],
    }


def _sheet(sheet: Sheet, heads: Heads) -> dict[str, Any]:
    columns = {letter(column): name for column, name in heads.fields.items()}
    return {"sheet": sheet.name, "header_rows": list(heads.rows), "columns": columns}


def _bad(heads: Heads, fault: Fault) -> dict[str, Any]:
    column = heads.column(fault.name)
    return {
        "row": fault.row,
        "column": letter(column) if column else fault.column,
        "problem": fault.words,
        "suggestion": fault.suggestion,
    }
