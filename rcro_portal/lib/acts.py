"""Acts: one table per noun says what may be done with it, in which states, by whom, and why not.

Page, view and the test of rights read the same table. A *case* is one row before one person at one moment. Of an act a
table rules that it is open; or "not you" (403: whom to ask); or "not now" (409: what must come first). An act outside
of a person's duties is not shown to them; any other is, with the reason where it is refused.
"""

import datetime
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from rcro_portal.lib.quotes import quoted
from rcro_portal.lib.refusals import Refusal

OPEN, NOT_YOU, NOT_NOW = 200, 403, 409


class NotNow(Refusal):
    """The act is of this person's duties, and something must come first; its text says what."""


@dataclass
class Case[Row]:
    """One row before one person at one moment; an app's own case keeps what several acts ask for."""

    row: Row
    user: Any
    now: datetime.datetime

    @cached_property
    def day(self) -> datetime.date:
        return timezone.localdate(self.now)


type Words[C] = str | Callable[[C], str]


def nothing(case: Any) -> str:  # noqa: ARG001
    return ""


def always(case: Any) -> bool:  # noqa: ARG001
    return True


def never(case: Any) -> bool:  # noqa: ARG001
    return False


def while_in(*states: str) -> Callable[[Case[Any]], bool]:
    """For ``is_next`` and ``on_page``."""
    return lambda case: case.row.status in states


def alike[C](states: Iterable[str], words: Words[C]) -> dict[str, Words[C]]:
    """For ``otherwise``: one reason in several states."""
    return dict.fromkeys(states, words)


@dataclass(frozen=True, kw_only=True)
class Act[C: Case[Any]]:
    """One line of a table. Acts that differ in little are made by ``dataclasses.replace``.

    ``who``: of this person's duties; ``ask``: else, whom to ask. ``states``: those of the row in which it is done;
    ``otherwise``: in each other state, what must come first. In the right state ``not_you`` says why this person may
    not all the same, ``not_yet`` what else is missing; both are empty where nothing is. ``is_next``: the person's own
    step, whose button stands in its place before it can be pressed. ``on_page`` is false where the row's page need not
    speak of the act: it has another place, or nobody would look for it now.
    """

    key: str
    label: str
    url: str
    who: Callable[[C], bool]
    ask: Words[C]
    states: Collection[str]
    otherwise: Mapping[str, Words[C]] = field(default_factory=dict)
    not_you: Callable[[C], str] = nothing
    not_yet: Callable[[C], str] = nothing
    is_next: Callable[[C], bool] = never
    on_page: Callable[[C], bool] = always


class Ruling(NamedTuple):
    """What a table says of an act in one case; ``is_theirs``: it is of this person's duties."""

    act: Act[Any]
    status: int
    why: str
    is_theirs: bool

    @property
    def is_open(self) -> bool:
        return self.status == OPEN


class Refused(NamedTuple):
    """Several acts that are refused for one reason."""

    labels: list[str]
    why: str

    @property
    def named(self) -> str:
        """The labels as they stand on buttons, in quotation marks."""
        return ", ".join(map(quoted, self.labels))


class Offer(NamedTuple):
    """What a page shows of a case: the open acts by their keys, the refused ones.

    ``waiting`` is the person's own step where something comes before it: a button with its reason.
    """

    acts: dict[str, Act[Any]]
    waiting: Ruling | None
    refusals: list[Ruling]

    @property
    def refused(self) -> list[Refused]:
        """What is left of the refusals, those with one reason together, in the table's order."""
        rest = [one for one in self.refusals if one is not self.waiting]
        places = {one.why: place for place, one in reversed(list(enumerate(rest)))}
        groups = groupby(sorted(rest, key=lambda one: places[one.why]), key=lambda one: one.why)
        return [Refused([one.act.label for one in group], why) for why, group in groups]


class Acts[C: Case[Any]]:
    """The table of a noun. Raises ValueError where two acts have one key, or a state finds an act without words."""

    def __init__(self, states: Iterable[str], *acts: Act[C]) -> None:
        self._acts = {act.key: act for act in acts}
        if len(self._acts) != len(acts):
            raise ValueError("two acts have one key")
        known = set(states)
        for act in acts:
            if unsaid := known - set(act.states) - set(act.otherwise):
                raise ValueError(f"{act.key}: no words where the state is {', '.join(sorted(unsaid))}")

    def __iter__(self) -> Iterator[Act[C]]:
        return iter(self._acts.values())

    def rule(self, key: str, case: C) -> Ruling:
        act = self._acts[key]
        if not act.who(case):
            return Ruling(act, NOT_YOU, _said(act.ask, case), is_theirs=False)
        return self._rule_of_duty(act, case)

    def _rule_of_duty(self, act: Act[C], case: C) -> Ruling:
        state = case.row.status
        if state not in act.states:
            return Ruling(act, NOT_NOW, _said(act.otherwise[state], case), is_theirs=True)
        if why := act.not_you(case):
            return Ruling(act, NOT_YOU, why, is_theirs=True)
        why = act.not_yet(case)
        return Ruling(act, NOT_NOW if why else OPEN, why, is_theirs=True)

    def is_open(self, key: str, case: C) -> bool:
        """The same without words."""
        act = self._acts[key]
        is_time = case.row.status in act.states and act.who(case)
        return is_time and not act.not_you(case) and not act.not_yet(case)

    def demand(self, key: str, case: C) -> None:
        """Let the person through to the act. Raises PermissionDenied or NotNow, in the words that the page shows."""
        ruling = self.rule(key, case)
        if ruling.status == NOT_YOU:
            raise PermissionDenied(ruling.why)
        if not ruling.is_open:
            raise NotNow(ruling.why)

    def admit(self, key: str, case: C) -> None:
        """The same for a view that answers "not now" by itself. Raises PermissionDenied."""
        ruling = self.rule(key, case)
        if ruling.status == NOT_YOU:
            raise PermissionDenied(ruling.why)

    def offer(self, case: C) -> Offer:
        """What the row's page shows to this person."""
        rulings = [self._rule_of_duty(act, case) for act in self if act.on_page(case) and act.who(case)]
        opened = {one.act.key: one.act for one in rulings if one.is_open}
        refusals = [one for one in rulings if not one.is_open]
        waiting = next((one for one in refusals if one.act.is_next(case)), None)
        return Offer(opened, waiting, refusals)


def _said[C: Case[Any]](words: Words[C], case: C) -> str:
    return words if isinstance(words, str) else words(case)
