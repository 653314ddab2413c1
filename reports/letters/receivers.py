"""Who gets the letter of an outcome: the centres of the day, and other organisations that owe something by it; and whom
any letter tells what it asks.

Four sets of people are never mixed up; who owes what of those who get the letter, ``asked`` says.
"""

import datetime
from collections.abc import Iterable

from django.utils import timezone

from centers.models import Center, Organization
from events.models import Decision, Outcome
from reports.composing import addressees, owing
from reports.composing.owing import Told
from reports.models import Letter


def centers(replaced: Letter | None, day: datetime.date) -> list[Center]:
    """Centres with the status that day; of a replacement also those that hold the letter that it replaces."""
    meant = Center.objects.with_status_on(day)
    if replaced:
        meant = (meant | Center.objects.filter(letters=replaced.pk)).distinct()
    return list(meant.select_related("organization").order_by("organization__sort_key"))


def others(outcome: Outcome, told: Iterable[Center]) -> list[Organization]:
    """Organisations besides these centres that owe a decision as it is written now, or that a sent letter asked."""
    named = Organization.objects.filter(pk__in=Decision.objects.filter(outcome=outcome).values("owed_by_others"))
    asked = Organization.objects.filter(pk__in=outcome.commitments.standing().values("organization"))
    rows = (named | asked).exclude(center__in=[center.pk for center in told])
    return list(rows.select_related("center").distinct().order_by("sort_key", "pk"))


def name(letter: Letter, outcome: Outcome, day: datetime.date) -> None:
    """Write down who gets an outcome's letter: call it where the letter is filed, or its text corrected."""
    meant = centers(letter.replaces, day)
    letter.centers.set(meant)
    addressees.address(letter, others(outcome, meant))


def told(letter: Letter) -> Told:
    """Of a letter under way or sent: its centres and the organisations besides, as they were written down."""
    meant = letter.centers.select_related("organization")
    if letter.outcome is None:
        return owing.told(letter, meant, letter.addressees.all())
    rows = Organization.objects.filter(pk__in=letter.addressees.values("organization"))
    return Told(list(meant), list(rows.select_related("center").order_by("sort_key", "pk")))


def without_status(told: Iterable[Center], day: datetime.date) -> set[Center]:
    """Of these centres those that get the letter only because they got the one before."""
    return set(told) - set(Center.objects.with_status_on(day))


def former(letter: Letter) -> set[Center]:
    """The same of a letter's own centres, on the day when they were named."""
    if letter.replaces_id is None or letter.filed_at is None:
        return set()
    return without_status(letter.centers.all(), timezone.localtime(letter.filed_at).date())
