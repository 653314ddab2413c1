"""The verb of problem areas: those of an outcome become rows of a stage and a season."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from centers.models import User
from events.models import Decision, Outcome
from olympiad.models import Season, StageProblem, Subject
from rcro_portal.lib.keeping import writing
from rcro_portal.lib.refusals import Refusal


class TakenAlready(Refusal):
    words = "Все отмеченные проблемные зоны уже внесены для этого сезона и этапа."


@transaction.atomic
def take(
    *,
    outcome: Outcome,
    season: Season,
    stage: str,
    subject: Subject | None,
    texts: Sequence[str],
    decision_key: str | None,
    decided: str,
    by: User,
) -> list[StageProblem]:
    """A row for each text that is not there yet. Raises TakenAlready, and as ``writing.create``."""
    # Two who take at once: the second one looks after the first.
    Season.objects.select_for_update().get(pk=season.pk)
    where: dict[str, Any] = {"season": season, "stage": stage, "subject": subject}
    there = set(StageProblem.objects.kept().filter(outcome=outcome, **where).values_list("text", flat=True))
    fresh = [text for text in dict.fromkeys(texts) if text not in there]
    if not fresh:
        raise TakenAlready
    said = {**where, "outcome": outcome, "decision_key": decision_key, "decided": decided}
    return [writing.create(StageProblem, by=by, text=text, **said) for text in fresh]


def outcomes() -> QuerySet[Outcome]:
    """Those that name problem areas, the newest event first."""
    rows = Outcome.objects.filter(problem_areas__isnull=False).distinct().select_related("event")
    return rows.order_by("-event__starts_at", "-pk")


def decision(problem: StageProblem) -> Decision | None:
    """The decision as it stands now; None where it is gone from the text, whose words stay in ``decided``."""
    if problem.decision_key is None or problem.outcome is None:
        return None
    return problem.outcome.decisions.filter(key=problem.decision_key).first()
