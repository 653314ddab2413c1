"""Drawing a release: piece by piece under leases, each piece written by one transaction, with its messages.

Several workers draw one release, each its own pieces. Numbers are there already, so whoever takes up a piece that a
dead worker left draws the same files again. The bytes are the same, too, and the store keeps them once.
"""

import datetime
import logging
import time
from collections.abc import Callable

from django.db import transaction

from rcro_portal.lib import store, sweeps
from rcro_portal.lib.refusals import Refusal
from rcro_portal.lib.transitions import move
from reports import nudges
from reports.certificates import notices, pieces, wording
from reports.models import Certificate, CertificatePiece, CertificateRelease, ReleaseTransition
from reports.models.certificate import ReleaseStatus
from reports.typesetting import certificate_filling

log = logging.getLogger(__name__)


def draw(*, release_id: int, now: Callable[[], datetime.datetime]) -> int:
    """Draw pieces of this release that nobody draws, until the time of a task is over; how many certificates.

    What is left then is told to a worker again. May be called twice, late, or by several workers at once. ``now`` is
    asked anew at each piece: files are issued then, and leases run by it.
    """
    drawn, ends = 0, sweeps.deadline()
    while piece := pieces.claim(release_id, now()):
        try:
            drawn += _issue(piece, now())
        except Overtaken:
            return drawn
        except Refusal as error:
            log.exception("certificates of release %s cannot be drawn", release_id)
            pieces.claimed(piece).update(error=str(error))
            return drawn
        except Exception:
            pieces.claimed(piece).update(error=pieces.UNFORESEEN)
            raise
        if time.monotonic() > ends:
            nudges.draw_certificates(release_id)
            return drawn
    return drawn


class Overtaken(Exception):
    """The release was stopped, or the lease ran out and another worker has the piece."""


def sweep(*, now: Callable[[], datetime.datetime]) -> int:
    """What nudges lost and dead workers left; how many certificates were drawn."""
    due = CertificatePiece.objects.due(now()).order_by("release").values_list("release", flat=True)
    return sum(draw(release_id=pk, now=now) for pk in due.distinct())


def _issue(piece: CertificatePiece, at: datetime.datetime) -> int:
    """Draw outside of any transaction; then the files, the piece and the messages at once. Raises Overtaken."""
    release = CertificateRelease.objects.get(pk=piece.release_id)
    rows = list(pieces.rows_of(piece))
    files = [
        certificate_filling.make(wording.words_of(release.printed, row), wording.holder_of(row)).pdf for row in rows
    ]
    for row, pdf, digest in zip(rows, files, store.put_all(files), strict=True):
        row.digest, row.size, row.drawn_at = digest, len(pdf), at
    with transaction.atomic():
        _finish(piece, release)
        Certificate.objects.bulk_update(rows, ["digest", "size", "drawn_at"], batch_size=pieces.SIZE)
        notices.tell_issued(rows, at=at)
        if not release.pieces.exists():
            move(release, ReleaseStatus.RELEASED, by=None, at=at, transitions=ReleaseTransition)
    return len(rows)


def _finish(piece: CertificatePiece, release: CertificateRelease) -> None:
    """The release is held first: pieces end one after another, so that one of them is the last."""
    held = CertificateRelease.objects.filter(pk=release.pk, status=ReleaseStatus.DRAWING)
    if not held.update(status=ReleaseStatus.DRAWING) or not pieces.claimed(piece).delete()[0]:
        raise Overtaken
