"""What a list and a card show of their keeping: «Добавить», buttons, the sections of parts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from rcro_portal.lib.keeping.bulk import UNDO_WITHIN
from rcro_portal.lib.keeping.declared import Keeper, Part
from rcro_portal.lib.registers import Empty


@dataclass(frozen=True)
class Line:
    """One row of a part; ``links``: what this person may do with it, labels and addresses."""

    row: Any
    words: str
    note: str
    links: Sequence[tuple[str, str]] = ()


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
    id: str = ""


class Listing:
    """A list before one person: «Добавить», or who adds."""

    def __init__(self, keeper: Keeper, user: Any) -> None:
        self.refusal = keeper.why_not(user, None)
        self.add_url = "" if self.refusal else keeper.url("new")
        self.add_label = keeper.noun.add

    def empty(self, title: str, text: str = "Внесите первую запись.") -> Empty:
        """For the register of these rows."""
        return Empty(title, text, self.add_url, self.add_label) if self.add_url else Empty(title, self.refusal)


class Card:
    """A row before one person: what its page offers. ``closed``: why this page offers nothing to anybody."""

    def __init__(self, keeper: Keeper, user: Any, row: Any, *, closed: str = "") -> None:
        self.keeper, self.user, self.row, self.closed = keeper, user, row, closed
        self.refusal = keeper.why_not(user, row) or closed
        self.is_archived = bool(keeper.is_archivable and row.is_archived)

    @property
    def buttons(self) -> list[Button]:
        """«Править», acts of the app's own, «В архив»; for who may not, the first alone with the reason."""
        acts = [("Править карточку", "edit")] if self.keeper.edits else []
        if not self.refusal:
            acts += [(act.label, act.key) for act in self.keeper.acts if act.is_open(self.row)]
            acts += [("Удалить или в архив", "archive")] if self.keeper.is_archivable else []
        return [Button(label, self.keeper.url(key, self.row.pk), self.refusal, key) for label, key in acts]

    @property
    def is_fresh(self) -> bool:
        """Put away within the last minute: a slip is taken back by «Отменить»."""
        return self.is_archived and self.row.archived_at > timezone.now() - UNDO_WITHIN

    @property
    def said_away(self) -> str:
        return f"{self.keeper.noun.one}: в архиве. {self.row.archive_reason}"

    @property
    def restore_url(self) -> str:
        return "" if self.refusal else self.keeper.url("restore", self.row.pk)

    @property
    def sections(self) -> list[Section]:
        return [self.section(part) for part in self.keeper.parts]

    def section(self, part: Part, rows: Iterable[Any] | None = None) -> Section:
        """``rows``: those of the part, where the page has read them already."""
        is_shut = self.is_archived or bool(self.closed or part.not_now(self.user, self.row))
        may_add = not is_shut and not self.keeper.why_not(self.user, self.row, part)
        may_edit = may_add or (not is_shut and not self.keeper.why_no_edit(self.user, self.row, part))
        found = part.of(self.row) if rows is None else rows
        lines = [self._line(part, row, may_edit=may_edit, may_add=may_add) for row in found]
        add = self.keeper.url("new", self.row.pk, of=part) if may_add else ""
        return Section(part.name, part.title, part.empty, lines, add, part.noun.add)

    def _line(self, part: Part, row: Any, *, may_edit: bool, may_add: bool) -> Line:
        """«Править», and where rows may be added, the acts of the part that are possible with this one."""
        acts = [("Править", "edit")] if may_edit else []
        acts += [(act.label, act.key) for act in part.every_act if act.is_open(row)] if may_add else []
        links = [(label, self.keeper.url(key, self.row.pk, row.pk, of=part)) for label, key in acts]
        return Line(row, part.line(row), part.note(row), links)
