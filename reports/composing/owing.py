"""A letter that no outcome writes: whom it tells, and what it and the letters that it replaces ask of them."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import QuerySet

from centers.models import Center, Organization
from events.commitments import changes
from events.commitments.changes import Source
from events.models import Commitment
from reports.models import Addressee, Letter, LetterCommitment
from reports.models.manuscript import Audience


class Told(NamedTuple):
    """Who gets the letter, of those who may owe: nobody owes what no letter told them."""

    centers: list[Center]
    others: list[Organization]

    @property
    def organizations(self) -> set[int]:
        return {center.organization_id for center in self.centers} | {other.pk for other in self.others}


def source(letter: Letter) -> Source:
    """What the letter decides, and what is owed by its forerunners."""
    return Source(
        outcome=None,
        decisions=changes.asking(letter.decisions.all()),
        owed=owed(letter),
        department=letter.department,
        setter=letter.prepared_by,
        subject_line=letter.subject_line,
        all_told=letter.manuscript.audience != Audience.CENTERS,
    )


def standing(source: Source) -> QuerySet[Commitment]:
    """What of it is owed or was done; not what a later letter took back."""
    return Commitment.objects.standing().filter(pk__in=source.owed.values("pk"))


def owed(letter: Letter) -> QuerySet[Commitment]:
    """What this letter and those before it in its place gave and no outcome knows of."""
    spoken_of = LetterCommitment.objects.filter(letter__in=_line(letter)).values("commitment")
    return Commitment.objects.filter(outcome=None, pk__in=spoken_of)


def _line(letter: Letter) -> list[int]:
    """The letter, the one that it replaces, the one that that one replaced."""
    line, before = [letter.pk], letter.replaces_id
    while before:
        line.append(before)
        before = Letter.objects.values_list("replaces_id", flat=True).get(pk=before)
    return line


def told(letter: Letter, centers: Iterable[Center], addressees: Iterable[Addressee]) -> Told:
    """Centres of the letter, and organisations that it is addressed to; of these too, those that are centres.

    A letter «всем РВЦИ» is addressed besides only to organisations that it names: those owe by their names alone.
    """
    named = [row.organization_id for row in addressees if row.organization_id and not row.person_id]
    centers = list(centers)
    known = {center.organization_id for center in centers}
    others = Organization.objects.filter(pk__in=named).exclude(pk__in=known).select_related("center")
    rows = list(others.order_by("sort_key", "pk"))
    if letter.manuscript.audience == Audience.CENTERS:
        return Told(centers, rows)
    addressed = [row for row in rows if hasattr(row, "center")]
    return Told(
        [*centers, *(_with(row.center, row) for row in addressed)], [row for row in rows if row not in addressed]
    )


def _with(center: Center, organization: Organization) -> Center:
    center.organization = organization
    return center


def besides(letter: Letter, centers: Iterable[Center]) -> list[Organization]:
    """Organisations besides these centres that its decisions name, or that a letter before it asked."""
    named = Organization.objects.filter(pk__in=letter.decisions.values("owed_by_others"))
    asked = Organization.objects.filter(pk__in=standing(source(letter)).values("organization"))
    rows = (named | asked).exclude(center__in=[center.pk for center in centers])
    return list(rows.select_related("center").distinct().order_by("sort_key", "pk"))
