"""Who gets the letter of an outcome: the centres of the day, and other organisations that owe something by it; and whom
any letter tells what it asks.

Four sets of people are never mixed up; who owes what of those who get the letter, ``asked`` says.
"""

import datetime
from collections.abc import Iterable

from django.db.models import Exists, OuterRef
from django.utils import timezone

from centers.models import Center, Organization, StatusGrant
from events.models import Decision, Outcome
from reports.composing import addressees, owing
from reports.composing.addressees import Resolved
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


def written_down(letter: Letter) -> Resolved:
    """Whom a letter under way or sent names, in the order in which they are shown.

    Centres of one that replaces another say whether they had the status when they were named (``had_status``).
    """
    centers = letter.centers.select_related("organization").order_by("organization__sort_key")
    if letter.replaces_id and letter.filed_at:
        grants = StatusGrant.objects.in_force_on(timezone.localdate(letter.filed_at))
        centers = centers.annotate(had_status=Exists(grants.filter(center=OuterRef("pk"))))
    named = letter.addressees.select_related("organization__center").order_by("position", "pk")
    return Resolved(list(centers), list(named))


def told(letter: Letter, whom: Resolved) -> Told:
    """Of those whom it names: its centres and the organisations besides."""
    if letter.outcome is None:
        return owing.told(letter, whom.centers, whom.addressees)
    others = {row.organization for row in whom.addressees if row.organization}
    return Told(whom.centers, sorted(others, key=lambda one: (one.sort_key, one.pk)))


def without_status(told: Iterable[Center], day: datetime.date) -> set[Center]:
    """Of these centres those that get the letter only because they got the one before."""
    return set(told) - set(Center.objects.with_status_on(day))


def former(whom: Resolved) -> set[Center]:
    """The same of those whom ``written_down`` gives, on the day when they were named."""
    return {center for center in whom.centers if not getattr(center, "had_status", True)}
