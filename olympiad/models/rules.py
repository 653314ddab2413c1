"""Rules of prep sessions: what a list of people says and what the counts of the session say agree."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db.models import Count

from centers.models import DegreeRank
from centers.models.degree import highest
from rcro_portal.lib.rules import Rule
from rcro_portal.lib.russian import upper_first

SAID = (("lecturers", "преподавателей"), ("doctors", "докторов наук"), ("candidates", "кандидатов наук"))


class NamedAreCounted(Rule):
    """Преподавателей, докторов и кандидатов наук в числах смены не меньше, чем названо по именам."""

    fields = tuple(name for name, _ in SAID)

    def breach(self, row: Any, day: datetime.date) -> str:  # noqa: ARG002
        if row.pk is None:
            return ""
        found = named(row)
        less = [(words, found[name], getattr(row, name)) for name, words in SAID if found[name] > getattr(row, name)]
        said = "; ".join(f"{words} названо {there}, в числах {counted}" for words, there, counted in less)
        return f"{upper_first(said)}." if said else ""

    def read(self, model: Any) -> Iterable[Any]:
        return with_named(model._default_manager.order_by("pk"))


class PupilsAreCounted(Rule):
    """Обучающихся в числах смены не меньше, чем названо по именам."""

    fields = ("pupils",)

    def breach(self, row: Any, day: datetime.date) -> str:  # noqa: ARG002
        listed = 0 if row.pk is None else getattr(row, "listed_pupils", None)
        listed = row.pupil_rows.count() if listed is None else listed
        return f"По именам названо {listed}, в числах {row.pupils}." if listed > row.pupils else ""

    def read(self, model: Any) -> Iterable[Any]:
        return model._default_manager.annotate(listed_pupils=Count("pupil_rows")).order_by("pk")


def with_named(sessions: Any) -> Any:
    """With what ``named`` looks at, for all of them at once."""
    return sessions.select_related("event").prefetch_related("lecturer_rows__person__degrees")


def named(session: Any) -> dict[str, int]:
    """How many are named, by the columns of their counts; degrees are those held on the session's first day."""
    rows = session.lecturer_rows.all()
    day = session.event.first_day
    ranks = [degree.rank for row in rows if (degree := highest(row.person.degrees.all(), day))]
    counts = {"doctors": ranks.count(DegreeRank.DOCTOR), "candidates": ranks.count(DegreeRank.CANDIDATE)}
    return {"lecturers": len(rows), **counts}
