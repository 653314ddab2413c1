"""Every fault of a file at once, each with its row and column, by the rules of its kind."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from rcro_portal.lib.quotes import quoted
from rcro_portal.lib.registers.importing.asking import Doubtful
from rcro_portal.lib.registers.importing.columns import lacking
from rcro_portal.lib.registers.importing.fields import RowForm
from rcro_portal.lib.registers.importing.heads import Heads
from rcro_portal.lib.registers.importing.kinds import Doubt, Fault, Judgement, Kind, Read
from rcro_portal.lib.registers.importing.layout import Layout, Record, Skipped

NO_COLUMN = "Нет столбца {}. Укажите, какой столбец файла – он."
INSTEAD = "{} Можно указать вместо него {}."
# What is wrong once bad rows are gone is looked for so often; a file that is not good then is to be mended.
PASSES_AT_MOST = 5
PASSED_OVER = "так решено при проверке"
# So often whoever waits is told how far it is.
TOLD_EVERY = 100


@dataclass(frozen=True)
class Judging:
    """One look at a file by one import of its kind: each row is read once, however often rows are left aside.

    ``passed_over``: rows that somebody decided not to bring in. ``tell`` hears how many rows were read.
    """

    kind: Kind
    heads: Heads
    layout: Layout
    passed_over: Collection[int] = ()
    tell: Callable[[int], object] | None = None

    @cached_property
    def all(self) -> Judgement:
        return self._judge(frozenset())

    @cached_property
    def good(self) -> Judgement:
        """Of the rows without fault or question, alone; what is wrong with those once others are gone goes as well.

        Not ready where faults come up again and again.
        """
        judgement, bad = self.all, frozenset[int]()
        for _ in range(PASSES_AT_MOST):
            if judgement.bad | judgement.asked <= bad:
                break
            bad |= judgement.bad | judgement.asked
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
        judgement.doubtful += [doubt for doubt in self._rows.doubts if doubt.row not in without]
        self.kind.compare([one for one in self._rows.read if one.row not in without], judgement)
        judgement.faults.sort(key=lambda fault: fault.row)
        judgement.doubtful.sort(key=lambda doubt: doubt.row)
        judgement.same.sort()
        return judgement

    @cached_property
    def _rows(self) -> "_Rows":
        return _Rows.of(self)


@dataclass
class _Rows:
    """What the rows say, each by itself."""

    read: list[Read] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)

    @classmethod
    def of(cls, judging: Judging) -> "_Rows":
        found = cls()
        for number, record in enumerate(judging.layout.records, start=1):
            found.take(judging, record)
            if judging.tell and number % TOLD_EVERY == 0:
                judging.tell(number)
        return found

    def take(self, judging: Judging, record: Record) -> None:
        kind = judging.kind
        if why := PASSED_OVER if record.row in judging.passed_over else kind.passed_by(record.cells):
            self.skipped.append(Skipped(record.row, why))
        elif (there := kind.known(record.cells)) is not None:
            self.read.append(Read(record.row, there, is_known=True))
        else:
            form = kind.form(record.cells, section=record.section)
            if form.is_valid():
                self.read.extend(Read(record.row, item) for item in kind.items(form))
            self._note(kind, record.row, form)

    def _note(self, kind: Kind, row: int, form: RowForm) -> None:
        for name, errors in form.errors.as_data().items():
            for error in errors:
                words = " ".join(error.messages)
                if isinstance(error, Doubtful):
                    self.doubts.append(Doubt(row, words, name, error.question))
                else:
                    suggestion = (error.params or {}).get("suggestion", "")
                    self.faults.append(Fault(row, kind.heading(name), words, name, suggestion))


def _of_heads(kind: Kind, heads: Heads) -> Iterator[Fault]:
    row = heads.last or 1
    for column in heads.twice:
        yield Fault(row, heads.texts[column], "Такой столбец уже есть.")
    for one in lacking(kind.columns, heads.fields.values()):
        words = NO_COLUMN.format(quoted(one.heading))
        instead = " и ".join(quoted(kind.heading(name)) for name in one.instead)
        yield Fault(row, one.heading, INSTEAD.format(words, instead) if instead else words)
