"""What an app says of a table that it takes: columns, a form for each row, and what rows become.

A kind is a class; an instance is one import of it, by a person at a moment.
"""

import datetime
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, NamedTuple

from rcro_portal.lib.refusals import Refusal
from rcro_portal.lib.registers.importing.asking import Answers, Question
from rcro_portal.lib.registers.importing.columns import Column, needed
from rcro_portal.lib.registers.importing.fields import RowForm
from rcro_portal.lib.registers.importing.layout import TOTALS, Skipped


class CannotUndo(Refusal):
    """What came after forbids it; the words name it."""


@dataclass(frozen=True)
class Fault:
    """What is wrong with a cell: its row as the spreadsheet counts them, its heading, words, what would be right."""

    row: int
    column: str
    words: str
    name: str = ""
    suggestion: str = ""


class Doubt(NamedTuple):
    """A row that cannot be read without an answer: a person decides, and the answer is remembered."""

    row: int
    why: str
    name: str
    question: Question


class Read(NamedTuple):
    """What a row says. ``is_known``: it is what the portal's own table says of a row that is there."""

    row: int
    what: Any
    is_known: bool = False


class Written(NamedTuple):
    """A row of the database that a row of the file made or changed; ``was`` is what it held before (new: nothing)."""

    row: int
    pk: int
    was: dict[str, Any] | None
    now: dict[str, Any]
    table: str = ""


@dataclass
class Judgement:
    """What bringing in the file would do, by the rows of the file; nothing is written yet.

    ``notes`` are told and stand in nobody's way; ``set_aside`` are rows that were not looked at, for others are good.
    """

    faults: list[Fault] = field(default_factory=list)
    new: list[Read] = field(default_factory=list)
    changed: list[Read] = field(default_factory=list)
    same: list[int] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    doubtful: list[Doubt] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    rows: int = 0
    set_aside: frozenset[int] = frozenset()

    @property
    def bad(self) -> set[int]:
        return {fault.row for fault in self.faults}

    @property
    def asked(self) -> set[int]:
        return {doubt.row for doubt in self.doubtful}

    @property
    def writes(self) -> int:
        """How many rows of the file would be written."""
        return len({one.row for one in (*self.new, *self.changed)})

    @property
    def is_ready(self) -> bool:
        return not self.faults and not self.doubtful and self.writes > 0

    def left_out(self, why: str) -> list[int]:
        return [one.row for one in self.skipped if one.why == why]


class Kind(ABC):
    """Base of the kinds. ``options`` are what the upload's form adds to the file, as JSON keeps them."""

    # Templates ask the class for its words: they would call it.
    do_not_call_in_templates: ClassVar[bool] = True
    key: ClassVar[str]
    title: ClassVar[str]
    columns: ClassVar[Sequence[Column]]
    listed: ClassVar[str]  # the name of the address of the list that imports of this kind fill, and what it is called
    list_name: ClassVar[str]
    not_you: ClassVar[str]  # what whoever may not is told
    undo_words: ClassVar[str]  # asked before: what undoing takes back, and what it leaves
    # Of personal data that the portal holds for a term alone: the file and what was typed into it go once it is
    # written, and wait no longer than a day for that; it is called ``file_called``, whatever its own name gives away.
    keeps_file: ClassVar[bool] = True
    file_called: ClassVar[str] = ""
    # Headings that offices write and the portal does not keep: no other column is taken for them.
    not_kept: ClassVar[Sequence[str]] = ()

    def __init__(
        self, *, options: Mapping[str, Any], by: Any, at: datetime.datetime, answers: Answers | None = None
    ) -> None:
        self.options, self.by, self.at, self.answers = options, by, at, answers or Answers()

    @classmethod
    @abstractmethod
    def may(cls, user: Any) -> bool:
        """Whether this person may bring such a table in."""

    @classmethod
    def heading(cls, name: str) -> str:
        return next(one.heading for one in cls.columns if one.name == name)

    def is_record(self, cells: Mapping[str, str]) -> bool:
        """Certainly a record, whatever its row looks like: neither a total nor the title of a section."""
        filled = [cells.get(name, "") for name in needed(self.columns, cells)]
        return all(filled) and not any(TOTALS.match(cell) for cell in filled)

    def passed_by(self, cells: Mapping[str, str]) -> str:  # noqa: ARG002
        """Why a record is none of this import's, else nothing."""
        return ""

    def known(self, cells: Mapping[str, str]) -> Any | None:  # noqa: ARG002
        """The row of the portal of which its own table says exactly this; it is read no further."""
        return None

    @abstractmethod
    def form(self, cells: Mapping[str, str], *, section: str) -> RowForm:
        """For the cells of one row."""

    def items(self, form: RowForm) -> Iterable[Any]:
        """What a row without faults says, mostly one thing."""
        return [form.cleaned_data]

    @classmethod
    def changes(cls, what: Any) -> Iterable[tuple[str, str, str]]:  # noqa: ARG003
        """What a changed row would hold instead: heading, what it holds now, what the file says; if it can be told."""
        return ()

    @abstractmethod
    def lock(self) -> None:
        """Nothing that ``compare`` asks for moves until the transaction ends."""

    @abstractmethod
    def compare(self, read: Sequence[Read], judgement: Judgement) -> None:
        """Sort what was read into new, changed and same; add what is wrong with it beside what is there."""

    @abstractmethod
    def write(self, judgement: Judgement) -> Iterable[Written]:
        """What the judgement says, in the caller's transaction."""

    @abstractmethod
    def undo(self, written: Sequence[Written]) -> str:
        """Take back what was written and say in words what that was. Raises CannotUndo."""
