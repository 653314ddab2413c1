"""Which row of the portal a name in a file means: by a number, by the name folded, by what somebody answered.

Likeness proposes and never decides: whoever is only like the name is asked about.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from rcro_portal.lib.quotes import quoted
from rcro_portal.lib.registers.importing import names
from rcro_portal.lib.registers.importing.asking import NEW, WITHOUT, Answers, Choice, Doubtful, question


class Known(NamedTuple):
    """A row that may be meant: what it is called now and was before, and how a question names it."""

    pk: int
    label: str
    names: tuple[str, ...]


class Wanted(NamedTuple):
    """What becomes of a name: a row that is there, or none: one to be made, or, where somebody said so, nothing."""

    pk: int | None
    is_new: bool = False


class Ways(NamedTuple):
    """What may be answered besides a row that is there: words for "it is new", for "leave it out"; why it is asked."""

    new: str = ""
    without: str = ""
    nobody: str = "Такой записи нет."


@dataclass(frozen=True)
class Pool:
    """Rows of one kind. ``about`` is that of their questions."""

    about: str
    known: tuple[Known, ...]
    answers: Answers

    def find(self, name: str, ways: Ways) -> Wanted:
        """Raises Doubtful where a person must say who is meant."""
        same = self.same(name)
        if len(same) == 1:
            return Wanted(same[0].pk)
        key = names.spelled(name).whole
        if answered := self._answered(key, ways):
            return answered
        near = same or self.near(name)
        if not near and ways.new:
            return Wanted(None, is_new=True)
        raise Doubtful(_why(name, same, near, ways), question(self.about, key, self._choices(near, ways)))

    def same(self, name: str) -> list[Known]:
        """Those that bear exactly this name; one of the same legal form goes before those of which either says none."""
        spelled = names.spelled(name)
        alike = [one for one in self._by_core.get(spelled.core, ()) if names.are_one(spelled, one.spelled)]
        exact = [one for one in alike if one.spelled.form == spelled.form]
        return _once(one.known for one in exact or alike)

    def near(self, name: str) -> list[Known]:
        spelled = names.spelled(name)
        found = names.nearest(name, self._cores.get(spelled.numbers, {}))
        near = [one for core in found for one in self._by_core[core]]
        return _once(one.known for one in [*near, *self._by_core.get(spelled.core, ())])

    def _answered(self, key: str, ways: Ways) -> Wanted | None:
        said = self.answers.said(self.about, key)
        if said == NEW and ways.new:
            return Wanted(None, is_new=True)
        if said == WITHOUT and ways.without:
            return Wanted(None)
        return Wanted(int(said)) if said.isdecimal() and int(said) in self._keys else None

    def _choices(self, near: Iterable[Known], ways: Ways) -> list[Choice]:
        more = [Choice(NEW, ways.new)] if ways.new else []
        more += [Choice(WITHOUT, ways.without)] if ways.without else []
        return [*(Choice(str(one.pk), one.label) for one in near), *more]

    @cached_property
    def _keys(self) -> frozenset[int]:
        return frozenset(one.pk for one in self.known)

    @cached_property
    def _by_core(self) -> dict[str, list["_Name"]]:
        found: dict[str, list[_Name]] = defaultdict(list)
        for one in self.known:
            for name in filter(None, one.names):
                spelled = names.spelled(name)
                found[spelled.core].append(_Name(one, spelled))
        return dict(found)

    @cached_property
    def _cores(self) -> dict[tuple[str, ...], dict[str, str]]:
        """By the numbers in them: «СОШ № 9» is looked for among those of № 9 alone."""
        found: dict[tuple[str, ...], dict[str, str]] = defaultdict(dict)
        for core, ones in self._by_core.items():
            found[ones[0].spelled.numbers][core] = core
        return dict(found)


class _Name(NamedTuple):
    known: Known
    spelled: names.Spelled


def _once(known: Iterable[Known]) -> list[Known]:
    return list({one.pk: one for one in known}.values())


def _why(name: str, same: list[Known], near: list[Known], ways: Ways) -> str:
    if same:
        return f"{quoted(name)}: под таким названием в портале несколько записей. Какая из них?"
    return f"{quoted(name)}: похоже на то, что уже есть." if near else f"{quoted(name)}: {ways.nobody}"
