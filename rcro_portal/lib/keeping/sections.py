"""What a card shows of its keeping: its buttons, and the sections of its parts."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from rcro_portal.lib.keeping.declared import Keeper, Part


@dataclass(frozen=True)
class Line:
    """One row of a part; the addresses are empty where this person may not, or there is nothing to do."""

    row: Any
    words: str
    note: str
    edit_url: str = ""
    end_url: str = ""


@dataclass(frozen=True)
class Section:
    name: str
    title: str
    empty: str
    lines: list[Line]
    add_url: str = ""
    add_label: str = ""


@dataclass(frozen=True)
class Button:
    """For ``components/act.html``."""

    label: str
    url: str
    reason: str = ""


class Card:
    """A row before one person: what its page offers."""

    def __init__(self, keeper: Keeper, user: Any, row: Any) -> None:
        self.keeper, self.user, self.row = keeper, user, row
        self.refusal = keeper.why_not(user, row)
        self.is_archived = bool(keeper.is_archivable and row.is_archived)

    @property
    def buttons(self) -> list[Button]:
        """«Править», «В архив»; for who may not, the first alone with the reason."""
        edit = Button("Править карточку", self.keeper.url("edit", self.row.pk), self.refusal)
        if self.refusal:
            return [edit]
        away = Button("Удалить или в архив", self.keeper.url("archive", self.row.pk))
        return [edit, away] if self.keeper.is_archivable else [edit]

    @property
    def restore_url(self) -> str:
        return "" if self.refusal else self.keeper.url("restore", self.row.pk)

    @property
    def sections(self) -> list[Section]:
        return [self.section(part) for part in self.keeper.parts]

    def section(self, part: Part, rows: Iterable[Any] | None = None) -> Section:
        """``rows``: those of the part, where the page has read them already."""
        is_open = not self.is_archived and not self.keeper.why_not(self.user, self.row, part)
        is_open = is_open and not part.not_now(self.user, self.row)
        lines = [self._line(part, row, is_open) for row in (part.of(self.row) if rows is None else rows)]
        add = self.keeper.url("new", self.row.pk, of=part) if is_open else ""
        return Section(part.name, part.title, part.empty, lines, add, part.noun.add)

    def _line(self, part: Part, row: Any, is_open: bool) -> Line:
        words, note = part.line(row), part.note(row)
        if not is_open:
            return Line(row, words, note)
        edit = self.keeper.url("edit", self.row.pk, row.pk, of=part)
        may_end = part.ends and row.until is None
        return Line(row, words, note, edit, self.keeper.url("end", self.row.pk, row.pk, of=part) if may_end else "")
