"""Rules of dated truth: status grants, coordinators, staff posts, roles of organisations, places of work."""

import datetime
from collections.abc import Iterable, Iterator
from typing import Any

from rcro_portal.lib.rules import Inside, NoOverlap, Rule, left_out
from rcro_portal.lib.rules.rule import FOREVER, Term, last_day
from rcro_portal.lib.russian import short_date


class OnePostAtATime(NoOverlap):
    """Одну и ту же обязанность в отделе поручают человеку один раз в один день."""

    same = ("person", "department", "duty")


class OnePlaceAtATime(NoOverlap):
    """Одну и ту же должность в организации человек занимает один раз в один день."""

    same = ("person", "organization", "title")


class OneDegreeAtATime(NoOverlap):
    """Одну и ту же степень в одних науках человеку вносят один раз на один день."""

    same = ("person", "rank", "science")


class OneRoleAtATime(NoOverlap):
    """Одна и та же роль у организации одна в один день."""

    same = ("organization", "title")


class OneGrantAtATime(NoOverlap):
    """Статус центра присваивают на дни, на которые он ещё не присвоен."""

    same = ("center",)


class OneCoordinatorAtATime(NoOverlap):
    """У центра в один день один координатор."""

    same = ("center",)


class CoordinatorWithinTheStatus(Inside):
    """Координатора назначают на дни, когда у центра есть статус."""

    whole = "center"
    related = ("center__grants",)

    def terms(self, whole: Any) -> Iterator[Term]:
        yield from _terms(whole.grants.all())


def _terms(grants: Iterable[Any]) -> list[Term]:
    return [(grant.since, grant.until or FOREVER) for grant in grants]


class StatusOfCoordinators(Rule):
    """Статус нельзя сократить так, чтобы координатор остался без него: сначала прекратите назначение."""

    def breach(self, row: Any, day: datetime.date) -> str:
        """Asked of a grant that stands already: what it covered and leaves out must be covered by the others."""
        if row.pk is None:
            return ""
        return self._left_out(row, [row], day)

    def breach_of_loss(self, row: Any, day: datetime.date) -> str:
        return self._left_out(row, [], day)

    def _left_out(self, row: Any, stays: list[Any], day: datetime.date) -> str:
        standing = list(row.center.grants.all())
        after = _terms([*stays, *(grant for grant in standing if grant.pk != row.pk)])
        left: list[Term] = []
        for post in row.center.coordinators.all():
            term = (post.since, last_day(post, day))
            bare = left_out(term, _terms(standing))
            left += [one for gap in left_out(term, after) for one in left_out(gap, bare)]
        return f"Назначение захватывает {short_date(min(left)[0])}." if left else ""

    def breaches(self, model: Any, day: datetime.date) -> Iterator[tuple[Any, str]]:  # noqa: ARG002
        """At night the posts are asked themselves."""
        return iter(())
