"""A session's file as all verbs and pages see it: which sheet, which headings, which cells read otherwise."""

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from rcro_portal.lib.refusals import Refusal
from rcro_portal.lib.registers.importing import heads as headings
from rcro_portal.lib.registers.importing.asking import Answers
from rcro_portal.lib.registers.importing.columns import lacking, needed
from rcro_portal.lib.registers.importing.heads import Heads
from rcro_portal.lib.registers.importing.judging import Judging
from rcro_portal.lib.registers.importing.kinds import Kind
from rcro_portal.lib.registers.importing.layout import Layout, lay_out
from rcro_portal.lib.registers.importing.sheets import Sheet, letter, listed
from rcro_portal.lib.registers.importing.stored import Session


class ChooseSheet(Refusal):
    """Several sheets hold a table, or hidden ones alone; none of them is the first by chance."""

    words = "Листов с таблицами несколько, или они скрыты. Выберите тот, который нужно внести."


@dataclass(frozen=True)
class Opened:
    """A session's file with all that people said of it: which sheet, which heads, which cells are to be read otherwise.

    ``sheet`` is none while several could be meant, or one that is hidden.
    """

    session: Session
    kind: type[Kind]
    sheets: Sequence[Sheet]

    @cached_property
    def with_table(self) -> list[Sheet]:
        """The sheets that are shown and hold a table of this kind; else all shown, else all that hold anything."""
        filled = [one for one in self.sheets if one.rows]
        shown = [one for one in filled if not one.is_hidden]
        return [one for one in shown if not self._lacks(one)] or shown or filled

    def _lacks(self, sheet: Sheet) -> bool:
        return any(lacking(self.kind.columns, self.found(sheet).fields.values()))

    @property
    def is_hidden(self) -> bool:
        """Everything that it holds; somebody says then whether that is meant."""
        return all(one.is_hidden for one in self.with_table)

    @cached_property
    def sheet(self) -> Sheet | None:
        chosen = [one for one in self.sheets if one.name == self.session.sheet and one.rows]
        if self.session.sheet and chosen:
            return self._edited(chosen[0])
        return self._edited(self.with_table[0]) if len(self.with_table) == 1 and not self.is_hidden else None

    @cached_property
    def heads(self) -> Heads:
        """As pointed out, else as another file with the same headings was read, else as guessed."""
        assert self.sheet is not None
        told = self.session
        if told.columns is not None:
            found = self.at(told.head_rows or ())
            return _pointed_out(self.sheet, found, told.columns)
        found = self.found(self.sheet) if told.head_rows is None else self.at(told.head_rows)
        return self._as_before([found] if found.rows else self._anywhere()) or found

    def at(self, rows: Sequence[int]) -> Heads:
        assert self.sheet is not None
        return headings.at(self.sheet, rows, self.kind.columns, self.kind.not_kept)

    def _anywhere(self) -> list[Heads]:
        assert self.sheet is not None
        return [self.at(rows) for rows in headings.choices(self.sheet)]

    def _as_before(self, choices: Sequence[Heads]) -> Heads | None:
        """As somebody read a file with the same headings; nothing where nobody did."""
        assert self.sheet is not None
        by_signature = {headings.signature(one): one for one in choices}
        signature, columns = self.session.remembered(by_signature)
        return _pointed_out(self.sheet, by_signature[signature], columns) if signature else None

    @cached_property
    def layout(self) -> Layout:
        assert self.sheet is not None
        return lay_out(
            self.sheet,
            self.heads,
            required=needed(self.kind.columns, self.heads.fields.values()),
            is_record=self._importer.is_record,
            with_hidden=self.session.with_hidden,
        )

    def warnings(self) -> Iterator[str]:
        """What of the chosen sheet is not read, in words."""
        assert self.sheet is not None
        if self.sheet.coloured:
            yield "Ячейки в файле раскрашены. Что значит цвет, портал не знает и не учитывает."
        if hidden := sorted(self.sheet.hidden_rows & self.sheet.rows.keys()):
            what = "вносятся вместе с другими" if self.session.with_hidden else "не вносятся"
            yield f"В файле есть скрытые строки ({listed(hidden)}): они {what}. Это можно изменить."
        if others := [one.name for one in self.sheets if one.rows and one.name != self.sheet.name]:
            yield f"Другие листы не читались: {', '.join(others)}."

    def found(self, sheet: Sheet) -> Heads:
        """As the portal guesses; each sheet is looked through once."""
        if id(sheet) not in self._guessed:
            self._guessed[id(sheet)] = headings.find(sheet, self.kind.columns, self.kind.not_kept)
        return self._guessed[id(sheet)]

    @cached_property
    def _guessed(self) -> dict[int, Heads]:
        return {}

    @cached_property
    def _importer(self) -> Kind:
        """It only tells records from others, for whoever looks."""
        return self.importer(by=None, at=self.session.begun_at)

    def importer(self, *, by: Any, at: datetime.datetime) -> Kind:
        return self.kind(options=self.session.options, by=by, at=at, answers=Answers(self.session.answered()))

    def judging(
        self, *, by: Any, at: datetime.datetime, tell: Callable[[int], object] | None = None, kind: Kind | None = None
    ) -> Judging:
        """What writing would do now, by ``kind`` where one is at work already. Raises ChooseSheet."""
        if self.sheet is None:
            raise ChooseSheet
        return Judging(kind or self.importer(by=by, at=at), self.heads, self.layout, self.session.passed_over, tell)

    def _edited(self, sheet: Sheet) -> Sheet:
        edits = self.session.edits
        if not edits:
            return sheet
        rows = {number: list(cells) for number, cells in sheet.rows.items()}
        letters = {letter(number): number for number in range(1, sheet.width + 1)}
        for row, cells in edits.items():
            for name, text in cells.items():
                if int(row) in rows and name in letters:
                    own = rows[int(row)]
                    own += [""] * (letters[name] - len(own))
                    own[letters[name] - 1] = text
        return replace(sheet, rows=rows)


def _pointed_out(sheet: Sheet, found: Heads, columns: Mapping[str, str]) -> Heads:
    letters = {letter(number): number for number in range(1, sheet.width + 1)}
    fields = {letters[name]: field for name, field in columns.items() if name in letters}
    return replace(found, fields=fields, twice=())
