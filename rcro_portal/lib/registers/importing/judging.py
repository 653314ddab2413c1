"""Every fault of a file at once, each with its row and column, by the rules of its kind."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from rcro_portal.lib.quotes import quoted
from rcro_portal.lib.registers.importing.fields import RowForm
from rcro_portal.lib.registers.importing.heads import Heads
from rcro_portal.lib.registers.importing.kinds import Fault, Judgement, Kind, Read
from rcro_portal.lib.registers.importing.layout import Layout, Skipped

NO_COLUMN = "Нет столбца {}. Укажите, какой столбец файла – он."
# What is wrong once bad rows are gone is looked for so often; a file that is not good then is to be mended.
PASSES_AT_MOST = 5


@dataclass(frozen=True)
class Judging:
    """One look at a file by one import of its kind: each row is read once, however often rows are left aside."""

    kind: Kind
    heads: Heads
    layout: Layout

    @cached_property
    def all(self) -> Judgement:
        return self._judge(frozenset())

    @cached_property
    def good(self) -> Judgement:
        """Of the rows that have no fault, alone; what is wrong with those once the others are gone goes as well.

        Not ready where faults come up again and again.
        """
        judgement, bad = self.all, frozenset[int]()
        for _ in range(PASSES_AT_MOST):
            if judgement.bad <= bad:
                break
            bad |= judgement.bad
            judgement = self._judge(bad)
        return judgement

    def _judge(self, without: frozenset[int]) -> Judgement:
        """``without``: rows of the file that are left aside."""
        skipped = list(self.layout.skipped)
        judgement = Judgement(skipped=skipped, faults=list(_of_heads(self.kind, self.heads)), set_aside=without)
        if judgement.faults:
            return judgement
        judgement.rows = len(self.layout.records)
        judgement.skipped += self._rows.skipped
        judgement.same += [one.row for one in self._rows.read if one.is_known and one.row not in without]
        judgement.faults += [fault for fault in self._rows.faults if fault.row not in without]
        self.kind.compare([one for one in self._rows.read if one.row not in without], judgement)
        judgement.faults.sort(key=lambda fault: fault.row)
        return judgement

    @cached_property
    def _rows(self) -> "_Rows":
        return _Rows.of(self.kind, self.layout)


@dataclass(frozen=True)
class _Rows:
    """What the rows say, each by itself."""

    read: list[Read]
    faults: list[Fault]
    skipped: list[Skipped]

    @classmethod
    def of(cls, kind: Kind, layout: Layout) -> "_Rows":
        found = cls([], [], [])
        for record in layout.records:
            if why := kind.passed_by(record.cells):
                found.skipped.append(Skipped(record.row, why))
            elif (there := kind.known(record.cells)) is not None:
                found.read.append(Read(record.row, there, is_known=True))
            else:
                form = kind.form(record.cells, section=record.section)
                if form.is_valid():
                    found.read.extend(Read(record.row, item) for item in kind.items(form))
                found.faults.extend(_of_row(kind, record.row, form))
        return found


def _of_heads(kind: Kind, heads: Heads) -> Iterator[Fault]:
    row = heads.last or 1
    for column in heads.twice:
        yield Fault(row, heads.texts[column], "Такой столбец уже есть.")
    for one in kind.columns:
        if one.required and heads.column(one.name) is None:
            yield Fault(row, one.heading, NO_COLUMN.format(quoted(one.heading)))


def _of_row(kind: Kind, row: int, form: RowForm) -> Iterator[Fault]:
    for name, errors in form.errors.as_data().items():
        for error in errors:
            suggestion = (error.params or {}).get("suggestion", "")
            for words in error.messages:
                yield Fault(row, kind.heading(name), words, name, suggestion)
