"""Every fault of a file at once, each with its row and column, by the rules of its kind."""

from collections.abc import Iterator

from rcro_portal.lib.quotes import quoted
from rcro_portal.lib.registers.importing.fields import RowForm
from rcro_portal.lib.registers.importing.heads import Heads
from rcro_portal.lib.registers.importing.kinds import Fault, Judgement, Kind, Read
from rcro_portal.lib.registers.importing.layout import Layout, Skipped

NO_COLUMN = "Нет столбца {}. Укажите, какой столбец файла – он."


def judge(kind: Kind, heads: Heads, found: Layout, *, without: frozenset[int] = frozenset()) -> Judgement:
    """``without``: rows of the file that are left aside."""
    judgement = Judgement(skipped=list(found.skipped), faults=list(_of_heads(kind, heads)), set_aside=without)
    if judgement.faults:
        return judgement
    judgement.rows = len(found.records)
    kind.compare(list(_read(kind, found, judgement, without)), judgement)
    judgement.faults.sort(key=lambda fault: fault.row)
    return judgement


def of_the_good(kind: Kind, heads: Heads, found: Layout) -> Judgement:
    """Of the rows that have no fault, alone; what is wrong with those once the others are gone goes as well."""
    judgement = judge(kind, heads, found)
    bad: frozenset[int] = frozenset()
    while not judgement.bad <= bad:
        bad |= judgement.bad
        judgement = judge(kind, heads, found, without=bad)
    return judgement


def _of_heads(kind: Kind, heads: Heads) -> Iterator[Fault]:
    row = heads.last or 1
    for column in heads.twice:
        yield Fault(row, heads.texts[column], "Такой столбец уже есть.")
    for one in kind.columns:
        if one.required and heads.column(one.name) is None:
            yield Fault(row, one.heading, NO_COLUMN.format(quoted(one.heading)))


def _read(kind: Kind, found: Layout, judgement: Judgement, without: frozenset[int]) -> Iterator[Read]:
    for record in found.records:
        if record.row in without:
            continue
        if why := kind.passed_by(record.cells):
            judgement.skipped.append(Skipped(record.row, why))
        elif (there := kind.known(record.cells)) is not None:
            judgement.same.append(record.row)
            yield Read(record.row, there, is_known=True)
        else:
            form = kind.form(record.cells, section=record.section)
            if form.is_valid():
                yield from (Read(record.row, item) for item in kind.items(form))
            judgement.faults += _of_row(kind, record.row, form)


def _of_row(kind: Kind, row: int, form: RowForm) -> Iterator[Fault]:
    for name, errors in form.errors.as_data().items():
        for error in errors:
            suggestion = (error.params or {}).get("suggestion", "")
            for words in error.messages:
                yield Fault(row, kind.heading(name), words, name, suggestion)
