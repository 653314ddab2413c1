"""A report with counts: lines of municipalities, subjects or grades, columns of participants and laureates."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from olympiad.results import nameless, words
from olympiad.results.found import Count, Fault, Found
from olympiad.results.headings import DERIVED, KINDS, NOT_COUNTED, PLACES
from rcro_portal.lib.registers.importing import heads as headings
from rcro_portal.lib.registers.importing.cells import Broken
from rcro_portal.lib.registers.importing.heads import Heads
from rcro_portal.lib.registers.importing.layout import NOTE, TOTAL, Record, lay_out
from rcro_portal.lib.registers.importing.sheets import Sheet, letter

LOOKED_AT = 50
WITHOUT_COUNTS = "нет чисел"


@dataclass(frozen=True)
class Group:
    """Columns that belong together, under the name of a subject; ``derived``: sums of the others."""

    title: str
    derived: bool
    columns: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Form:
    """The headings of a report: rows, groups of counts, and the columns beside them."""

    rows: tuple[int, ...]
    groups: list[Group]
    heads: Heads


def form_of(sheet: Sheet) -> Form | None:
    """None where the sheet is no report with counts."""
    kinds = max(sorted(sheet.rows)[:LOOKED_AT], key=lambda row: len(_kinds(sheet, row)), default=0)
    counted = _kinds(sheet, kinds) if kinds else {}
    if len(set(counted.values())) < 2:
        return None
    rows = tuple(_rows_of_heads(sheet, kinds, min(counted)))
    places = headings.at(sheet, rows, PLACES)
    groups = _groups(sheet, rows, counted)
    columns = {column: f"{number} {kind}" for number, one in enumerate(groups) for kind, column in one.columns.items()}
    fields = {column: name for column, name in places.fields.items() if column not in columns} | columns
    return Form(rows, groups, Heads(rows, places.texts, fields))


def _kinds(sheet: Sheet, row: int) -> dict[int, str]:
    """Column → what it counts."""
    cells = enumerate(sheet.rows[row], start=1)
    return {column: kind for column, cell in cells if (kind := _kind(cell))}


def _kind(cell: str) -> str:
    said = " ".join(cell.casefold().split())
    found = [] if NOT_COUNTED.search(said) else [kind for pattern, kind in KINDS if pattern.search(said)]
    return found[0] if len(found) == 1 else ""


def _rows_of_heads(sheet: Sheet, last: int, first_column: int) -> Iterator[int]:
    """Upwards from the kinds, as long as something stands above the counts and not above the whole table."""
    first = last
    while first - 1 in sheet.rows and any(sheet.rows[first - 1][first_column - 1 :]):
        if sheet.rows[first - 1][0] and len([cell for cell in sheet.rows[first - 1] if cell]) == 1:
            break
        first -= 1
    return iter(range(first, last + 1))


def _groups(sheet: Sheet, rows: tuple[int, ...], counted: dict[int, str]) -> list[Group]:
    """A group ends where a kind comes again."""
    found: list[Group] = []
    for column, kind in sorted(counted.items()):
        title = _over(sheet, rows, column)
        # Without merged cells a title stands over the first of its columns alone.
        if not found or kind in found[-1].columns or (title and title != found[-1].title):
            found.append(Group(title, bool(DERIVED.search(title.casefold()))))
        found[-1].columns[kind] = column
    # «Общее количество» over the only counts sums up nothing.
    return found if any(not one.derived for one in found) else [replace(one, derived=False, title="") for one in found]


def _over(sheet: Sheet, rows: tuple[int, ...], column: int) -> str:
    """What the heading next above says of this column; a merged one stands over all of its columns."""
    for row in reversed(rows[:-1]):
        merge = sheet.merged_over(row).get(column)
        text = sheet.cell(row, column) or (sheet.cell(merge.top, merge.left) if merge else "")
        if text:
            return " ".join(text.split())
    return ""


def read(sheet: Sheet, form: Form, found: Found) -> None:
    """Add what the sheet says to ``found``; its sums stay beside, to be compared."""
    layout = lay_out(
        sheet,
        form.heads,
        required=frozenset(),
        is_record=lambda cells: _is_record(form, cells),
        with_hidden=False,
    )
    for record in layout.records:
        if _is_record(form, record.cells):
            found.counts += _counts(sheet, form, record, is_total=False)
        else:
            found.skip(sheet.name, record.row, NOTE if _says_one_thing(sheet, record.row) else WITHOUT_COUNTS)
    for one in layout.skipped:
        found.skip(sheet.name, one.row, one.why)
        if one.why == TOTAL:
            cells = {name: sheet.cell(one.row, column) for column, name in form.heads.fields.items()}
            found.counts += _counts(sheet, form, Record(one.row, cells, ""), is_total=True)
    found.notes += _not_counted(sheet, form, [record.row for record in layout.records])


def _is_record(form: Form, cells: Any) -> bool:
    names = [name for name in form.heads.fields.values() if name in ("municipality", "subject", "grade")]
    said = [cells.get(name, "") for name in names]
    counts = [cell for name, cell in cells.items() if name not in names]
    return any(said) and any(counts) and not any(_is_sum(cell) for cell in said)


def _says_one_thing(sheet: Sheet, row: int) -> bool:
    return len([cell for cell in sheet.rows[row] if cell]) == 1


def _is_sum(cell: str) -> bool:
    return bool(DERIVED.match(cell.casefold().strip()))


def _counts(sheet: Sheet, form: Form, record: Record, *, is_total: bool) -> Iterator[Count]:
    for number, group in enumerate(form.groups):
        if group.derived:
            continue
        faults: list[Fault] = []
        numbers = {kind: _number(record, f"{number} {kind}", column, faults) for kind, column in group.columns.items()}
        yield Count(
            sheet=sheet.name,
            row=record.row,
            subject=nameless.kept_of_counts(record.cells.get("subject", "")) or group.title,
            grade=words.grade(record.cells.get("grade", "")) or words.grade_said(record.section),
            municipality="" if is_total else nameless.kept_of_counts(record.cells.get("municipality", "")),
            participants=numbers.get("participants"),
            winners=numbers.get("winners"),
            prize_winners=numbers.get("prize_winners"),
            faults=tuple(faults),
            is_total=is_total,
        )


def _number(record: Record, name: str, column: int, faults: list[Fault]) -> int | None:
    cell = record.cells.get(name, "")
    if isinstance(cell, Broken):
        faults.append(Fault(letter(column), cell.words))
        return None
    try:
        return words.count(cell)
    except ValueError:
        said = f"Здесь{words.cited(cell)} не число. Прочерк или пустая ячейка значит «не известно»."
        faults.append(Fault(letter(column), said))
        return None


def _not_counted(sheet: Sheet, form: Form, rows: list[int]) -> Iterator[str]:
    derived = [column for group in form.groups if group.derived for column in group.columns.values()]
    broken = sorted({row for row in rows for column in derived if isinstance(sheet.cell(row, column), Broken)})
    if broken:
        numbers = ", ".join(map(str, broken))
        yield f"В столбцах «Всего» формулы без значения (строки {numbers}): их суммы не сверены, из файла не взяты."
