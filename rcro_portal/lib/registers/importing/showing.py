"""What the page of an import shows, as JSON keeps it: faults by row with their cells, questions, what changes."""

import datetime
import hashlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from rcro_portal.lib.registers.importing.asking import SKIP
from rcro_portal.lib.registers.importing.columns import lacking
from rcro_portal.lib.registers.importing.kinds import Doubt, Fault, Judgement
from rcro_portal.lib.registers.importing.opened import Opened
from rcro_portal.lib.registers.importing.sheets import letter, listed
from rcro_portal.lib.registers.importing.stored import Session

ROWS_AT_MOST, PREVIEWED, COLUMNS_PREVIEWED = 100, 5, 30


def of_file(
    file: Opened, *, by: Any, at: datetime.datetime, tell: Callable[[int], object] | None = None
) -> dict[str, Any]:
    """A file that is still to be written; while no sheet is chosen, nothing but that."""
    if file.sheet is None:
        return {"asks_for_sheet": True, "is_hidden": file.is_hidden}
    judging = file.judging(by=by, at=at, tell=tell)
    judgement = judging.all
    is_held_up = judgement.faults or judgement.doubtful
    return {
        "rows": judgement.rows,
        "is_ready": judgement.is_ready,
        "new_count": len({one.row for one in judgement.new}),
        "changed_count": len({one.row for one in judgement.changed}),
        "same_count": len(set(judgement.same)),
        "heads_faults": [[fault.column, fault.words] for fault in judgement.faults if not fault.name],
        "bad_rows": list(_bad_rows(file, judgement.faults)),
        "bad_count": len(judgement.bad),
        "questions": list(questions(judgement)),
        "asked_count": len(judgement.asked),
        "good_count": judging.good.writes if is_held_up and judging.good.is_ready else 0,
        "changes": list(_changes(file, judgement)),
        "skipped": list(_skipped(judgement)),
        "unused": _unused(file),
        "preview": _preview(file),
        "notes": [*judgement.notes, *file.warnings()],
    }


def of_written(session: Session) -> dict[str, Any]:
    rows: Any = session.rows  # type: ignore[attr-defined]
    return {"written_count": rows.values("row").distinct().count(), "left_out": listed(session.left_out)}


def questions(judgement: Judgement) -> Iterator[dict[str, Any]]:
    """Each once, with all rows that wait for it; ``name`` is that of its field on the page."""
    asked: dict[tuple[str, str], list[Doubt]] = {}
    for doubt in judgement.doubtful:
        asked.setdefault((doubt.question.about, doubt.question.key), []).append(doubt)
    for (about, key), doubts in asked.items():
        numbers = sorted({doubt.row for doubt in doubts})
        choices = [list(choice) for choice in doubts[0].question.choices]
        yield {
            "name": f"answer-{hashlib.sha256(f'{about} {key}'.encode()).hexdigest()[:12]}",
            "about": about,
            "key": key,
            "why": doubts[0].why,
            "rows": listed(numbers),
            "numbers": numbers,
            "choices": [*choices, [SKIP, "Не вносить эту строку" if len(numbers) == 1 else "Не вносить эти строки"]],
        }


def _bad_rows(file: Opened, faults: Iterable[Fault]) -> Iterator[dict[str, Any]]:
    by_row: dict[int, dict[str, list[Fault]]] = {}
    for fault in faults:
        if fault.name:
            by_row.setdefault(fault.row, {}).setdefault(fault.name, []).append(fault)
    for number in sorted(by_row)[:ROWS_AT_MOST]:
        cells = [_cell(file, number, name, told) for name, told in by_row[number].items()]
        yield {"number": number, "cells": cells}


def _cell(file: Opened, row: int, name: str, faults: list[Fault]) -> dict[str, Any]:
    """A cell at fault; ``letter`` is empty where the file has no such column."""
    assert file.sheet is not None
    column = file.heads.column(name)
    return {
        "letter": letter(column) if column else "",
        "heading": file.kind.heading(name),
        "text": file.sheet.cell(row, column) if column else "",
        "words": [fault.words for fault in faults],
        "suggestion": next((fault.suggestion for fault in faults if fault.suggestion), ""),
    }


def _changes(file: Opened, judgement: Judgement) -> Iterator[dict[str, Any]]:
    """What rows that are there would hold instead."""
    for one in judgement.changed[:ROWS_AT_MOST]:
        if told := file.kind.changes(one.what):
            yield {"row": one.row, "fields": [list(field) for field in told]}


def _skipped(judgement: Judgement) -> Iterator[list[str]]:
    """Why, and which rows."""
    for why in dict.fromkeys(one.why for one in judgement.skipped):
        yield [why, listed(judgement.left_out(why))]


def _unused(file: Opened) -> list[str]:
    """Columns with a heading that nobody reads."""
    return [f"{letter(one)} «{text}»" for one, text in file.heads.texts.items() if one not in file.heads.fields]


def _preview(file: Opened) -> dict[str, Any]:
    """The first records as they are read; while columns are lacking, the first rows as the file has them."""
    if any(lacking(file.kind.columns, file.heads.fields.values())):
        return _as_it_is(file)
    names = list(file.heads.fields.values())
    records = file.layout.records[:PREVIEWED]
    return {
        "headings": [file.kind.heading(name) for name in names],
        "rows": [[record.row, [record.cells[name] for name in names]] for record in records],
    }


def _as_it_is(file: Opened) -> dict[str, Any]:
    """Whoever is to say which column is which must see what stands in them."""
    assert file.sheet is not None
    columns = range(1, min(file.sheet.width, COLUMNS_PREVIEWED) + 1)
    numbers = sorted(file.sheet.rows)[:PREVIEWED]
    return {
        "headings": [letter(column) for column in columns],
        "rows": [[row, [file.sheet.cell(row, column) for column in columns]] for row in numbers],
    }
