"""A term lies inside the terms of what it belongs to."""

import datetime
from abc import abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from rcro_portal.lib.rules.rule import FOREVER, Rule, Term, last_day
from rcro_portal.lib.russian import short_date

DAY = datetime.timedelta(days=1)


class Inside(Rule):
    """Every day of a row lies in terms of its ``whole``, the row that this relation leads to.

    ``terms`` says them; between two of them is a gap. A term without an end has lasted until today; so what a whole
    ends must end with it.
    """

    whole: str
    fields = ("since",)
    related: Sequence[str] = ()

    @abstractmethod
    def terms(self, whole: Any) -> Iterable[Term]:
        """Those of the whole in which its parts may lie."""

    def breach(self, row: Any, day: datetime.date) -> str:
        if row.since is None or getattr(row, f"{self.whole}_id") is None:
            return ""
        terms = sorted(self.terms(getattr(row, self.whole)))
        outside = left_out((row.since, last_day(row, day)), terms)
        if not outside:
            return ""
        return f"{short_date(outside[0][0])} – вне срока: {'; '.join(map(_said, terms)) or 'его нет'}."

    def read(self, model: Any) -> Iterable[Any]:
        return model._default_manager.select_related(self.whole).prefetch_related(*self.related).order_by("pk")


class Holds(Rule):
    """The other side of an ``Inside``: a whole is not shortened beneath its ``parts``, a relation of it."""

    def __init__(self, rule: Inside, parts: str) -> None:
        self.rule, self.parts = rule, parts
        self.fields = ()

    @property
    def name(self) -> str:
        return f"{self.rule.name}_of_{self.parts}"

    @property
    def words(self) -> str:
        return self.rule.words

    def breach(self, row: Any, day: datetime.date) -> str:
        if row.pk is None:
            return ""
        words = ((part, self.rule.breach(part, day)) for part in getattr(row, self.parts).order_by("since", "pk"))
        return next((f"{part}: {said}" for part, said in words if said), "")

    def breaches(self, model: Any, day: datetime.date) -> Iterator[tuple[Any, str]]:  # noqa: ARG002
        """At night the parts are asked themselves."""
        return iter(())


def left_out(term: Term, covering: Iterable[Term]) -> list[Term]:
    """The parts of the term that none of the others covers, the first at the head."""
    day, last = term
    gaps = []
    for first, end in sorted(covering):
        if day > last or first > last:
            break
        if first > day:
            gaps.append((day, first - DAY))
        day = max(day, FOREVER if end == FOREVER else end + DAY)
    return [*gaps, (day, last)] if day <= last and day != FOREVER else gaps


def _said(term: Term) -> str:
    first, last = term
    return f"{short_date(first)} – {short_date(last)}" if last != FOREVER else f"с {short_date(first)}"
