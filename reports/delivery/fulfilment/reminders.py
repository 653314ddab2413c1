"""«Напомнить тем, кто молчит»: looked at first, then sent, once a day to each centre."""

import datetime
from collections import defaultdict
from collections.abc import Collection
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from centers.models import Organization
from events.commitments import told
from events.models import Commitment
from events.models.commitment import CommitmentQuerySet
from events.telling import commitments as telling
from rcro_portal.lib.notices import planning
from rcro_portal.lib.refusals import Refusal
from reports.delivery.fulfilment import board
from reports.models import Letter


class NobodySilent(Refusal):
    words = "Напоминать уже некому: пока страница была открыта, пришли ответы. Ничего не отправлено."


class Silent(NamedTuple):
    """One who owes an answer, with whom to telephone."""

    organization: Organization
    commitments: list[Commitment]
    coordinator: str
    phone: str
    email: str

    @property
    def due_on(self) -> datetime.date:
        return min(row.due_on for row in self.commitments)

    @property
    def is_written_to(self) -> bool:
        """The portal writes to coordinators; anybody else is telephoned."""
        return bool(self.coordinator and self.email)


def owed(letter: Letter) -> CommitmentQuerySet:
    """What the letter asked and nobody has answered yet, or what came back with a remark."""
    return Commitment.objects.to_do().filter(letters__letter=letter)


def silent(letter: Letter, day: datetime.date) -> list[Silent]:
    """The latest first."""
    rows = owed(letter).select_related("organization__center", "outcome__event").order_by("due_on", "position", "pk")
    by_debtor: dict[Organization, list[Commitment]] = defaultdict(list)
    for row in rows:
        by_debtor[row.organization].append(row)
    people = board.contacts(by_debtor, day)
    found = [Silent(one, owes, *people[one.pk]) for one, owes in by_debtor.items()]
    return sorted(found, key=lambda one: (one.due_on, one.organization.sort_key))


@transaction.atomic
def send(*, letter: Letter, to: Collection[int], at: datetime.datetime) -> int:
    """Write to those of the chosen organisations who are still silent: how many messages that is.

    Who has answered since the page was opened is left alone, who was reminded today already is not written to twice.
    Raises NobodySilent.
    """
    waiting = owed(letter).filter(organization__in=to).held().select_related("organization__center", "outcome__event")
    rows = list(waiting.order_by("-due_on", "-pk"))
    if not rows:
        raise NobodySilent
    first = {row.organization_id: row for row in rows}
    last, today = last_reminded(letter, first), timezone.localdate(at)
    left = [row for row in first.values() if last.get(row.organization_id) != today]
    return told.reminded(left, at=at)


def last_reminded(letter: Letter, organizations: Collection[int]) -> dict[int, datetime.date]:
    """By hand, of what the letter asks, answered since or not: the last day by the key of the organisation."""
    asked = list(Commitment.objects.filter(letters__letter=letter, organization__in=organizations))
    found: dict[int, datetime.date] = {}
    days = planning.last_told(telling.REMINDED, asked)
    for row in asked:
        if row.pk in days:
            found[row.organization_id] = max(days[row.pk], found.get(row.organization_id, days[row.pk]))
    return found
