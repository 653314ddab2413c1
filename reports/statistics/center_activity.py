"""What a centre did and owes, as its card, its passport and the lists count it alike."""

import datetime
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet

from centers.models import Center, User
from events.attendance import participation
from events.models import Commitment, Talk
from events.models.commitment import CommitmentStatus
from projects.models import Achievement, NetworkProject, Resource
from reports import figures
from reports.models import Letter, SnapshotFigure
from reports.models.letter import LetterStatus

ROWS = 10


class Share(NamedTuple):
    """«12 из 15»."""

    part: int
    whole: int

    def __str__(self) -> str:
        return f"{self.part} из {self.whole}"


def attendance(center: Center) -> Share:
    """Events at which it was, of those held for centres while it had the status."""
    counted = participation.with_presence(center).aggregate(part=Count("pk", filter=Q(came=True)), whole=Count("pk"))
    return Share(**counted)


def commitments(center: Center) -> Any:
    """What it owed and owes; not what a later letter took back."""
    return Commitment.objects.standing().filter(organization=center.organization_id)


def fulfilment(center: Center) -> Share:
    """Decisions done, of those asked."""
    counted = commitments(center).aggregate(
        part=Count("pk", filter=Q(status=CommitmentStatus.ACCEPTED)), whole=Count("pk")
    )
    return Share(**counted)


def talks(center: Center, user: User) -> QuerySet[Talk]:
    """An outcome is the institution's own until its letter is sent."""
    rows = participation.talks_for(center).select_related("speaker", "outcome__event")
    if not user.roles - {"coordinator"}:
        rows = rows.filter(outcome__letters__in=Letter.objects.in_force())
    return rows.order_by("-outcome__event__starts_at", "position")


def projects(center: Center) -> Any:
    return NetworkProject.objects.kept().filter(leads=center).order_by("-since", "sort_key")


def achievements(center: Center) -> Any:
    """Of the centre, and of projects that it leads."""
    rows = Achievement.objects.kept().of_centers(Center.objects.filter(pk=center.pk))
    return rows.distinct().order_by("-on", "pk")


def resources(center: Center) -> Any:
    return Resource.objects.kept().filter(center=center).order_by("-year", "sort_key")


def letters_quoting(center: Center, user: User, day: datetime.date) -> list[Letter]:
    """Sent letters with a figure that counted the centre; the newest first."""
    of_centers = [code for code, query in figures.QUERIES.items() if query.listing.model is Center and not query.column]
    sent = Letter.objects.visible_to(user, day).filter(status=LetterStatus.SENT)
    counted = SnapshotFigure.objects.filter(query__in=of_centers, snapshot__in=sent.values("snapshot"))
    snapshots = {snapshot for snapshot, keys in counted.values_list("snapshot", "counted") if center.pk in keys}
    rows = Letter.objects.filter(snapshot__in=snapshots, status=LetterStatus.SENT).select_related("entry")
    return list(rows.order_by("-entry__registered_on", "-pk")[:ROWS])


def shown(center: Center, user: User, day: datetime.date) -> dict[str, Any]:
    """For the card, below what the register of centres knows."""
    to_do = commitments(center).exclude(status=CommitmentStatus.ACCEPTED)
    return {
        "attendance": attendance(center),
        "fulfilment": fulfilment(center),
        "owed": to_do.order_by("due_on", "pk")[:ROWS],
        "talks": talks(center, user)[:ROWS],
        "letters": letters_quoting(center, user, day),
        "achievements": achievements(center)[:ROWS],
        "resources": resources(center)[:ROWS],
    }
