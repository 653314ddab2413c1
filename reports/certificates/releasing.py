"""The director releases certificates in one act: numbers, day and signatory, all in one transaction; a worker draws."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from centers.models import User
from rcro_portal.lib import russian
from rcro_portal.lib.refusals import Refusal
from rcro_portal.lib.transitions import move
from reports import nudges
from reports.certificates import numbering, pieces, preparing, wording
from reports.models import Certificate, CertificateRelease, ReleaseTransition, SigningAuthority
from reports.models.certificate import ReleaseStatus

STOPPED = "Выпуск остановлен до того, как сертификат был готов."


class NotSignatory(Refusal):
    words = "Сегодня у вас нет права подписи: сертификаты выпускает тот, у кого оно есть."


class ListChanged(Refusal):
    words = "Список изменился, пока вы его читали. Посмотрите его ещё раз и выпустите."


class NoLongerThere(Refusal):
    """Marks were taken off since the list was made."""


class AlreadyIssued(Refusal):
    words = "Кому-то из списка сертификат в этой роли уже выдан. Верните список методисту."


@transaction.atomic
def release(*, release: CertificateRelease, seen: str, by: User, at: datetime.datetime) -> None:
    """Number all of them and have them drawn. ``seen`` is the digest of the list on the screen.

    Raises NotSignatory, ListChanged, NoLongerThere, AlreadyIssued, DateWouldFall, Halted, WrongStep.
    """
    day = timezone.localtime(at).date()
    authority = authority_on(day, by)
    if authority is None:
        raise NotSignatory
    _step(release, authority, day, by, at)
    if preparing.digest_of(release) != seen:
        raise ListChanged
    rows = release.certificates.all()
    _refuse_absent(release)
    replaced = Certificate.objects.filter(replaced_by__in=rows, revoked_at=None)
    replaced.update(revoked_at=at, revoked_by=by, revoked_reason="Заменён исправленным.")
    keys = rows.values_list("attendance", "role")
    if set(keys) & set(
        Certificate.objects.standing().filter(attendance__event=release.event_id).values_list("attendance", "role")
    ):
        raise AlreadyIssued
    numbering.take(rows, count=len(keys), day=day)
    pieces.lay_out(release, count=len(keys))
    nudges.draw_certificates_together(release.pk)


def authority_on(day: datetime.date, user: User) -> SigningAuthority | None:
    """The person's own that day."""
    rows = SigningAuthority.objects.in_force_on(day).select_related("person").filter(person=user.person_id)
    return rows.order_by("-since").first()


def _step(
    release: CertificateRelease, authority: SigningAuthority, day: datetime.date, by: User, at: datetime.datetime
) -> None:
    said = wording.printed(release, day=day, authority=authority)
    fields: dict[str, Any] = {"authority": authority, "issued_on": day, "printed": said}
    move(release, ReleaseStatus.DRAWING, by=by, at=at, transitions=ReleaseTransition, **fields)


def _refuse_absent(release: CertificateRelease) -> None:
    gone = release.certificates.exclude(attendance__presence="present").order_by("position")
    if names := list(gone.values_list("name", flat=True)[:5]):
        raise NoLongerThere(
            f"Отметка об участии снята: {', '.join(names)}. Верните список методисту, чтобы он их исключил."
        )


@transaction.atomic
def stop(*, release: CertificateRelease, by: User, at: datetime.datetime) -> None:
    """No further piece is drawn; what is issued stays. Raises WrongStep."""
    move(release, ReleaseStatus.STOPPED, by=by, at=at, transitions=ReleaseTransition)


@transaction.atomic
def resume(*, release: CertificateRelease, by: User, at: datetime.datetime) -> None:
    """Draw the rest, with the numbers that they have. Raises WrongStep."""
    move(release, ReleaseStatus.DRAWING, by=by, at=at, transitions=ReleaseTransition)
    pieces.try_all_again(release)
    nudges.draw_certificates_together(release.pk)


@transaction.atomic
def give_up(*, release: CertificateRelease, by: User, at: datetime.datetime) -> int:
    """Whatever is not drawn keeps its number in the register, annulled; how many. Raises WrongStep."""
    left = release.certificates.undrawn()
    note = f"Без файла осталось: {russian.agree(left.count(), 'сертификат', 'сертификата', 'сертификатов')}."
    move(release, ReleaseStatus.RELEASED, by=by, at=at, note=note, transitions=ReleaseTransition)
    release.pieces.all().delete()
    return left.update(revoked_at=at, revoked_by=by, revoked_reason=STOPPED)


def try_again(*, release: CertificateRelease) -> None:
    """A person gives certificates that could not be drawn another set of attempts."""
    pieces.try_all_again(release)
    nudges.draw_certificates_together(release.pk)
