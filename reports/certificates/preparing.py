"""A methodist prepares certificates: of the marks of an event, in the roles that they choose; then shows the director.

A typo in one that was issued is mended by a release of one certificate, which replaces it when it is released.
"""

import datetime
import hashlib
import json
import secrets
from collections.abc import Iterator, Mapping

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from centers.models import User
from events.models import Attendance, Event, Talk
from events.models.attendance import Capacity
from events.models.event import EventStatus
from rcro_portal.lib.refusals import Refusal, WrongStep
from rcro_portal.lib.transitions import move
from reports.certificates import notices, wording
from reports.models import Certificate, CertificateRelease, ReleaseTransition
from reports.models.certificate import CertificateRole, CertificateState, ReleaseStatus
from reports.typesetting import certificate_sheet

USUAL = dict.fromkeys(Capacity, CertificateRole.LISTENER) | {Capacity.SPEAKER: CertificateRole.SPEAKER}
AT_MOST = 20_000
NAME_LENGTH, PLACE_LENGTH = 200, 300


class NobodyLeft(Refusal):
    words = "Выдавать некому: все, кто отмечен в этих качествах, уже получили сертификат или ждут его в другом выпуске."


class NotHeld(Refusal):
    words = "Сертификаты готовят после мероприятия, когда отмечены участники."


class AlreadyPrepared(Refusal):
    words = "Новый сертификат вместо этого уже готовится. Откройте его."


class NoReason(Refusal):
    words = "Укажите причину: её увидит каждый, кто проверит сертификат."


@transaction.atomic
def prepare(
    *, event: Event, roles: Mapping[str, str], level: str, hours: int | None, by: User, at: datetime.datetime
) -> CertificateRelease:
    """A draft with a row for everybody who was there in one of the capacities that ``roles`` give a role.

    Whoever has a certificate in that role, or waits for one, is left out. Raises NotHeld, NobodyLeft.
    """
    if event.status != EventStatus.HELD:
        raise NotHeld
    release = CertificateRelease.objects.create(event=event, level=level, hours=hours, prepared_by=by, prepared_at=at)
    talks = _talks(event)
    rows = [
        _row(release, attendance, role, position, talks=talks)
        for position, (attendance, role) in enumerate(_chosen(event, roles), start=1)
    ]
    if not rows:
        raise NobodyLeft
    Certificate.objects.bulk_create(rows, batch_size=500)
    return release


def to_give(event: Event) -> Mapping[str, int]:
    """How many were there in each capacity, of those who have no certificate and wait for none."""
    rows = event.attendances.present().exclude(pk__in=_taken(event).values("attendance"))
    counted: dict[str, int] = {}
    for capacity in rows.values_list("capacity", flat=True):
        counted[capacity] = counted.get(capacity, 0) + 1
    return counted


def _taken(event: Event) -> QuerySet[Certificate]:
    waiting = Q(release__status__in=[ReleaseStatus.DRAFT, ReleaseStatus.AWAITING])
    return Certificate.objects.filter(waiting | Q(sequence__isnull=False), attendance__event=event, revoked_at=None)


def _chosen(event: Event, roles: Mapping[str, str]) -> Iterator[tuple[Attendance, str]]:
    taken = set(_taken(event).values_list("attendance", "role"))
    rows = event.attendances.present().filter(capacity__in=roles)
    rows = rows.select_related("person", "organization", "center__organization")
    for row in rows.order_by("person__sort_key", "pk"):
        if (row.pk, roles[row.capacity]) not in taken:
            yield row, roles[row.capacity]


def _talks(event: Event) -> Mapping[int, str]:
    """What each speaker spoke of: the outcome says it, before it is written the programme."""
    said = dict(event.programme.exclude(speaker=None).order_by("-pk").values_list("speaker", "title"))
    talks = Talk.objects.filter(outcome__event=event).exclude(title="").order_by("-position")
    return said | dict(talks.values_list("speaker", "title"))


def _row(
    release: CertificateRelease, attendance: Attendance, role: str, position: int, *, talks: Mapping[int, str]
) -> Certificate:
    talk = talks.get(attendance.person_id, "") if role in wording.TALKS else ""
    return Certificate(
        release=release,
        attendance=attendance,
        role=role,
        position=position,
        name=attendance.person.full_name[:NAME_LENGTH],
        place=_place(attendance),
        talk=talk,
        token=secrets.token_urlsafe(16),
    )


def _place(attendance: Attendance) -> str:
    """«учитель математики, МАОУ СОШ № 2 г. Томска»: as the mark says it, the centre where it says no organisation."""
    organization = attendance.organization or (attendance.center.organization if attendance.center else None)
    said = ", ".join(filter(None, (attendance.post, organization.short_name if organization else "")))
    return said if len(said) <= PLACE_LENGTH else attendance.post


@transaction.atomic
def edit(*, certificate: Certificate, role: str, name: str, place: str, talk: str) -> None:
    """Before it is shown to the director. Raises WrongStep."""
    rows = Certificate.objects.filter(pk=certificate.pk, release__status=ReleaseStatus.DRAFT)
    if not rows.exists():
        raise WrongStep
    certificate.role, certificate.name, certificate.place, certificate.talk = role, name, place, talk
    certificate.save(update_fields=["role", "name", "place", "talk", "search_key", "sort_key"])


@transaction.atomic
def remove(*, certificate: Certificate) -> None:
    """This person gets none in this release. Raises WrongStep."""
    rows = Certificate.objects.filter(pk=certificate.pk, release__status=ReleaseStatus.DRAFT)
    if not rows.delete()[0]:
        raise WrongStep


@transaction.atomic
def submit(*, release: CertificateRelease, by: User, at: datetime.datetime) -> None:
    """The director is asked to release them. Raises NobodyLeft, SaysTooMuch, NoLetterhead, WrongStep, a CannotDraw."""
    rows = list(release.certificates.order_by("sort_key", "pk"))
    if not rows:
        raise NobodyLeft
    _refuse_unfit(release, rows, at)
    moved = [(place, row) for place, row in enumerate(rows, start=1) if row.position != place]
    for place, row in moved:
        row.position = place
    Certificate.objects.bulk_update([row for _, row in moved], ["position"], batch_size=500)
    move(release, ReleaseStatus.AWAITING, by=by, at=at, transitions=ReleaseTransition)
    notices.tell_awaiting(release, at=at)


def _refuse_unfit(release: CertificateRelease, rows: list[Certificate], at: datetime.datetime) -> None:
    """Whatever would stop the drawing afterwards is said now, to whom can mend it."""
    said = wording.printed(release, day=timezone.localdate(at))
    wording.refuse_further_training(" ".join(text for _, text in said))
    for text in {text for row in rows for text in (row.talk, row.place)}:
        wording.refuse_further_training(text)
    for row in rows:
        fields = certificate_sheet.fields_of(wording.holder_of(row))
        certificate_sheet.refuse_unfit(wording.words_of(said, row), fields)


@transaction.atomic
def give_back(*, release: CertificateRelease, note: str, by: User, at: datetime.datetime) -> None:
    """By the director, or by the methodist who asks for it again. Raises WrongStep, NoReason."""
    if not note.strip():
        raise NoReason
    move(release, ReleaseStatus.DRAFT, by=by, at=at, note=note, transitions=ReleaseTransition)
    notices.tell_given_back(release, by=by, at=at)


@transaction.atomic
def cancel(*, release: CertificateRelease, by: User, at: datetime.datetime) -> None:
    """Nothing of it was numbered, so nothing of it stays but its steps. Raises WrongStep."""
    move(release, ReleaseStatus.CANCELLED, by=by, at=at, transitions=ReleaseTransition)
    release.certificates.all().delete()


@transaction.atomic
def prepare_again(
    *, certificate: Certificate, name: str, place: str, talk: str, role: str, by: User, at: datetime.datetime
) -> CertificateRelease:
    """A release of one certificate in place of this one. Raises WrongStep, AlreadyPrepared."""
    if certificate.status != CertificateState.ISSUED:
        raise WrongStep
    if Certificate.objects.filter(replaces=certificate).exists():
        raise AlreadyPrepared
    old = certificate.release
    release = CertificateRelease.objects.create(
        event=old.event, level=old.level, hours=old.hours, prepared_by=by, prepared_at=at
    )
    Certificate.objects.create(
        release=release,
        attendance=certificate.attendance,
        role=role,
        position=1,
        name=name,
        place=place,
        talk=talk,
        token=secrets.token_urlsafe(16),
        replaces=certificate,
    )
    return release


def digest_of(release: CertificateRelease) -> str:
    """Of the list and the words that a person sees: what they release is what they saw."""
    rows = release.certificates.order_by("pk").values_list("pk", "attendance", "role", "name", "place", "talk")
    seen = [release.level, release.hours, release.event.topic, list(map(list, rows))]
    return hashlib.sha256(json.dumps(seen, ensure_ascii=False).encode()).hexdigest()
