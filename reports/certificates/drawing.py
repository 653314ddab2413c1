"""Drawing a release: piece by piece under a lease, each piece written by one transaction, with its messages.

Numbers are there already, so whoever takes up a piece that a dead worker left draws the same files again. The bytes are
the same, too, and the store keeps them once.
"""

import datetime
import logging
import time
from collections.abc import Callable

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet

from rcro_portal.lib import store, sweeps
from rcro_portal.lib.refusals import Refusal
from rcro_portal.lib.transitions import move
from reports import nudges
from reports.certificates import notices, wording
from reports.models import Certificate, CertificateRelease, ReleaseTransition
from reports.models.certificate import ReleaseStatus
from reports.typesetting import certificate_filling

log = logging.getLogger(__name__)
PIECE = 100
TRIES_AT_MOST = 5
UNFORESEEN = "Сертификаты не рисуются из-за ошибки портала. Номера сохранены. Обратитесь к администратору."


def draw(*, release_id: int, now: Callable[[], datetime.datetime]) -> int:
    """Draw what this release lacks, until the time of a task is over; how many. The rest is told to a worker again.

    May be called twice, late, or by two workers at once. ``now`` is asked anew at each piece: files are issued then,
    and leases run by it.
    """
    claim = _claim(release_id, now())
    if claim is None:
        return 0
    drawn, ends = 0, sweeps.deadline()
    try:
        while piece := _piece(claim):
            drawn += _issue(claim, piece, now())
            if time.monotonic() > ends:
                _let_go(claim)
                return drawn
    except Overtaken:
        return drawn
    except Refusal as error:
        log.exception("certificates of release %s cannot be drawn", release_id)
        _rows(claim).update(draw_error=str(error))
        return drawn
    except Exception:
        _rows(claim).update(draw_error=UNFORESEEN)
        raise
    _end(claim, now())
    return drawn


class Overtaken(Exception):
    """The release was stopped, or its lease ran out and another worker is at it."""


def sweep(*, now: Callable[[], datetime.datetime]) -> int:
    """What nudges lost and dead workers left; how many certificates were drawn."""
    due = CertificateRelease.objects.due_for_drawing(now()).filter(draw_attempts__lt=TRIES_AT_MOST)
    return sum(draw(release_id=pk, now=now) for pk in due.order_by("pk").values_list("pk", flat=True))


def _claim(release_id: int, now: datetime.datetime) -> CertificateRelease | None:
    due = CertificateRelease.objects.due_for_drawing(now).filter(pk=release_id, draw_attempts__lt=TRIES_AT_MOST)
    if not due.update(draw_lease_until=_lease(now), draw_attempts=F("draw_attempts") + 1, draw_error=""):
        return None
    return CertificateRelease.objects.select_related("event").get(pk=release_id)


def _piece(claim: CertificateRelease) -> list[Certificate]:
    return list(claim.certificates.undrawn().order_by("position")[:PIECE])


def _issue(claim: CertificateRelease, piece: list[Certificate], at: datetime.datetime) -> int:
    """Draw outside of any transaction; then the files, the lease and the messages at once. Raises Overtaken."""
    files = [
        certificate_filling.make(wording.words_of(claim.printed, row), wording.holder_of(row)).pdf for row in piece
    ]
    for row, pdf, digest in zip(piece, files, store.put_all(files), strict=True):
        row.digest, row.size, row.drawn_at = digest, len(pdf), at
    with transaction.atomic():
        # A piece that succeeds ends the count of attempts; the claim belongs to this one until its lease runs out.
        lease = _lease(at)
        if not _rows(claim).update(draw_lease_until=lease, draw_attempts=1):
            raise Overtaken
        claim.draw_lease_until, claim.draw_attempts = lease, 1
        Certificate.objects.bulk_update(piece, ["digest", "size", "drawn_at"], batch_size=PIECE)
        notices.tell_issued(piece, at=at)
    return len(piece)


def _end(claim: CertificateRelease, at: datetime.datetime) -> None:
    with transaction.atomic():
        if _rows(claim).update(draw_lease_until=None, draw_error=""):
            move(claim, ReleaseStatus.RELEASED, by=None, at=at, transitions=ReleaseTransition)


def _let_go(claim: CertificateRelease) -> None:
    """A task has its time; the next one goes on at once."""
    with transaction.atomic():
        if _rows(claim).update(draw_lease_until=None, draw_attempts=0):
            nudges.draw_certificates(claim.pk)


def _rows(claim: CertificateRelease) -> "QuerySet[CertificateRelease]":
    """This claim, while it is nobody else's and the release is not stopped."""
    mine = {"draw_attempts": claim.draw_attempts, "draw_lease_until": claim.draw_lease_until}
    return CertificateRelease.objects.filter(pk=claim.pk, status=ReleaseStatus.DRAWING, **mine)


def _lease(now: datetime.datetime) -> datetime.datetime:
    return now + datetime.timedelta(seconds=settings.LEASE_SECONDS)
