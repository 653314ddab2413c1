"""Letters of a period beside each other: what each centre made of each."""

import datetime
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from events.models.commitment import TO_DO, CommitmentStatus
from reports.delivery.fulfilment import board
from reports.models import Letter, LetterCommitment

LETTERS_AT_MOST = 12
PERIODS = {"30": "за 30 дней", "90": "за 3 месяца", "365": "за год"}
USUAL = "90"
# The worst of what a centre owes by one letter says how it stands; the first that is there.
WORST = ("overdue", CommitmentStatus.RETURNED, CommitmentStatus.OPEN, CommitmentStatus.IN_REVIEW)
LABELS = {**dict(CommitmentStatus.choices), "overdue": "Просрочено"}


def letters(day: datetime.date, days: str) -> list[Letter]:
    """Those of the last days that asked for something, the oldest first; no more than a page holds."""
    since = day - datetime.timedelta(days=int(days))
    rows = board.letters().filter(entry__registered_on__gte=since, entry__registered_on__lte=day)
    return list(rows[:LETTERS_AT_MOST])[::-1]


def attach(centers: Sequence[Any], of: Sequence[Letter], day: datetime.date) -> None:
    """``marks`` of each centre: by letter, the worst state of what it owes; one query for all of them."""
    by_organization = {center.organization_id: center for center in centers}
    asked = LetterCommitment.objects.filter(letter__in=of, commitment__organization__in=by_organization)
    found: dict[int, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    columns = ("letter", "commitment__organization", "commitment__status", "commitment__due_on")
    for letter, organization, status, due_on in asked.values_list(*columns):
        late = status in TO_DO and due_on < day
        found[organization][letter].add("overdue" if late else status)
    for center in centers:
        center.marks = {letter: worst(states) for letter, states in found[center.organization_id].items()}


def worst(states: set[str]) -> str:
    return next((one for one in WORST if one in states), "") or _settled(states)


def _settled(states: set[str]) -> str:
    return CommitmentStatus.ACCEPTED if CommitmentStatus.ACCEPTED in states else CommitmentStatus.WITHDRAWN


def mark(marks: Mapping[int, str], letter: Letter) -> str:
    """«Просрочено»; nothing where the letter asked nothing of the centre."""
    state = marks.get(letter.pk, "")
    return LABELS[state] if state else ""
