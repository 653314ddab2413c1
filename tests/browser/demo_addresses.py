"""Ways to the addresses of the demo's pages: the newest row of a kind, or one prepared for the look at it."""

import datetime
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from centers.accounts import invitations, notices
from centers.models import Center, Organization, Person, User
from events.models import (
    AssignmentPeriod,
    AssignmentVersion,
    Attendance,
    Commitment,
    CommitmentTransition,
    DataSheet,
    Event,
    Outcome,
    OutcomeRevision,
    TechnicalAssignment,
)
from events.models.commitment import CommitmentStatus
from events.models.event import EventStatus
from rcro_portal.lib.registers.importing import registry, sessions
from rcro_portal.lib.transitions import move
from rcro_portal.models import ImportSession
from reports.delivery import demo_mail
from reports.models import Letter, RegisterEntry

type Address = Callable[[], str]

ACCOUNTS = {
    "methodist": "belozerova@rcro.example",
    "head": "gorbunova@rcro.example",
    "director": "vetrov@rcro.example",
    "clerk": "fomina@rcro.example",
    "administrator": "ershov@rcro.example",
    "coordinator": "shubina.va@tomsk.example",
}


def plain(name: str) -> Address:
    return lambda: reverse(name)


def without_certificates() -> QuerySet[Event]:
    """Events to which somebody came and of which nobody prepared certificates."""
    rows = Event.objects.filter(status=EventStatus.HELD, certificate_releases=None)
    return rows.filter(attendances__in=Attendance.objects.present()).distinct()


def newest(name: str, rows: Callable[[], object]) -> Address:
    return lambda: reverse(name, args=[rows().order_by("-pk").values_list("pk", flat=True)[0]])


def part(name: str, model: Any, owner: str) -> Address:
    """The page of the newest row under a card."""
    return lambda: reverse(name, args=[*model.objects.order_by("-pk").values_list(owner, "pk")[0]])


def event(status: str, name: str = "reports:event-page") -> Address:
    return newest(name, lambda: Event.objects.filter(status=status))


def assignment(status: str, name: str = "events:assignment-detail") -> Address:
    return newest(name, lambda: TechnicalAssignment.objects.filter(status=status))


def assignment_reminder() -> str:
    return reverse("events:assignment-remind", args=[AssignmentPeriod.objects.order_by("-since")[0].pk])


def version(name: str) -> Address:
    """The newest of those that were submitted."""
    rows = AssignmentVersion.objects.order_by("-number", "-pk").values_list("assignment", "number")
    return lambda: reverse(name, args=rows[0])


def own_assignment(name: str) -> Address:
    """Of the coordinator whose account is shown: it came back."""
    rows = TechnicalAssignment.objects.filter(status="returned")
    return newest(name, rows.all)


def commitment(status: str) -> Address:
    return newest("events:commitment-detail", lambda: Commitment.objects.filter(status=status))


def withdrawn() -> str:
    """No letter of the demo is replaced: one commitment is left here as a replacing letter leaves it."""
    row = Commitment.objects.exclude(status=CommitmentStatus.ACCEPTED).order_by("pk")[0]
    note = "Снято письмом № 950 от 20.03.2026. Причина: мероприятие перенесено на осень."
    if row.status != CommitmentStatus.WITHDRAWN:
        move(row, CommitmentStatus.WITHDRAWN, by=None, at=timezone.now(), note=note, transitions=CommitmentTransition)
    return reverse("events:commitment-detail", args=[row.pk])


def letter(status: str) -> Address:
    return newest("reports:letter-detail", lambda: Letter.objects.filter(status=status))


def outcome(name: str, status: str) -> Address:
    """Of the role's own department: the newest one."""
    return newest(name, lambda: Outcome.objects.filter(status=status, event__starts_at__year__gt=2020))


def judged(kind: str, *rows: str) -> Address:
    """A table that waits for whoever brought it in; nothing of it is written."""

    def address() -> str:
        by = User.objects.get(email=ACCOUNTS["methodist"])
        told = {"options": {}, "name": "таблица.csv", "data": "\n".join(rows).encode(), "by": by, "at": timezone.now()}
        return reverse(
            "table-import-session", args=[kind, sessions.begin(ImportSession, registry.kind(kind), **told).pk]
        )

    return address


def revision(name: str) -> Address:
    """The first one of an outcome that has been written on since."""
    rows = OutcomeRevision.objects.filter(outcome__status="draft")
    return lambda: reverse(name, args=rows.order_by("pk").values_list("outcome", "pk")[0])


def written(name: str) -> Address:
    return newest(name, lambda: Letter.objects.filter(status="draft").exclude(manuscript=None))


def checked() -> str:
    entry = RegisterEntry.objects.filter(letter__status="sent").order_by("-pk").first()
    return f"{reverse('reports:check')}?number={entry.number}&day={entry.registered_on.isoformat()}"


def invited(surname: str, email: str) -> str:
    """The page that the message leads to."""
    person = Person.objects.create(surname=surname, given_name="Яна", gender="f", email=email)
    invitation = invitations.prepare(person=person, email=email, by=None, at=timezone.now())
    invitations.mail(invitation=invitation, at=invitation.invited_at)
    return urlsplit(notices.link_of_invitation(invitation, invitation.invited_at)).path


def invitation() -> str:
    return invited("Новикова", "novikova@school.example")


def message() -> str:
    """An invitation: the demo's own letters went out in years past."""
    invited("Ермолова", "ermolova@school.example")
    return reverse("reports:mail-detail", args=[demo_mail.newest(settings.MAIL_DIR, limit=1)[0].name])


def own_commitment() -> str:
    """What the coordinator's own centre still owes, or did."""
    rows = Commitment.objects.filter(organization__center__coordinators__person__user__email=ACCOUNTS["coordinator"])
    return reverse("events:commitment-detail", args=[rows.order_by("-pk").values_list("pk", flat=True)[0]])


def own_sheet() -> str:
    """What the coordinator's own centre answers this year."""
    rows = DataSheet.objects.filter(center__coordinators__person__user__email=ACCOUNTS["coordinator"])
    return reverse("events:answer-sheet-detail", args=[rows.order_by("-pk").values_list("pk", flat=True)[0]])


def letter_to_own_center() -> str:
    rows = Letter.objects.filter(
        status="sent", centers__coordinators__person__user__email=ACCOUNTS["coordinator"]
    ).order_by("-pk")
    return reverse("reports:letter-detail", args=[rows.values_list("pk", flat=True)[0]])


def long_ago() -> str:
    """Many people were there, all of them marked."""
    first = Event.objects.filter(status=EventStatus.HELD, starts_at__date=datetime.date(2020, 9, 18)).get()
    return reverse("events:attendance-edit", args=[first.pk])


def record_history() -> str:
    return reverse("record-history", args=["center", Center.objects.latest("pk").pk])


def unreserved() -> object:
    """People without an account, whom a methodist keeps; a double of one of them among them."""
    Person.objects.get_or_create(surname="Ольхина", given_name="Яна", gender="f")
    return Person.objects.filter(user=None, posts=None, coordinated=None)


def merged() -> str:
    rows = unreserved().order_by("-pk").values_list("pk", flat=True)
    return reverse("centers:person-merge", args=rows[:2])


def in_office() -> object:
    """Centres that have a coordinator."""
    return Center.objects.filter(coordinators__until__isnull=True)


def unofficial() -> Organization:
    """An organisation that is no centre."""
    return Organization.objects.filter(center=None).latest("pk")
