"""The pieces of a release: laid out with its numbers, claimed by compare-and-swap, gone as their files are written.

A claim is the piece's attempt and lease as the worker wrote them: whoever overslept the lease finds others there.
"""

import datetime

from django.conf import settings
from django.db.models import QuerySet

from reports.models import Certificate, CertificatePiece, CertificateRelease
from reports.models.certificate_piece import TRIES_AT_MOST

SIZE = 100
UNFORESEEN = "Сертификаты не рисуются из-за ошибки портала. Номера сохранены. Обратитесь к администратору."


def lay_out(release: CertificateRelease, *, count: int) -> None:
    """For certificates of the positions from 1 to ``count``."""
    CertificatePiece.objects.bulk_create(
        CertificatePiece(release=release, first=first, last=min(first + SIZE - 1, count))
        for first in range(1, count + 1, SIZE)
    )


def claim(release_id: int, now: datetime.datetime) -> CertificatePiece | None:
    """The first piece that nobody draws, for as long as a lease runs."""
    lease = now + datetime.timedelta(seconds=settings.LEASE_SECONDS)
    for piece in CertificatePiece.objects.due(now).filter(release=release_id).order_by("first"):
        attempts = piece.attempts + 1
        # A worker that dies says nothing: the last attempt has said it before.
        said = {"error": UNFORESEEN} if attempts == TRIES_AT_MOST else {}
        if claimed(piece).update(lease_until=lease, attempts=attempts, **said):
            piece.lease_until, piece.attempts = lease, attempts
            return piece
    return None


def claimed(piece: CertificatePiece) -> QuerySet[CertificatePiece]:
    """The piece, while its row says what this object does."""
    said = {"attempts": piece.attempts, "lease_until": piece.lease_until}
    return CertificatePiece.objects.filter(pk=piece.pk, **said)


def rows_of(piece: CertificatePiece) -> QuerySet[Certificate]:
    """Its certificates that have no file."""
    rows = Certificate.objects.filter(release=piece.release_id, position__range=(piece.first, piece.last))
    return rows.undrawn().order_by("position")


def try_all_again(release: CertificateRelease) -> None:
    """Each piece has all its attempts, and is free at once."""
    release.pieces.update(lease_until=None, attempts=0, error="")
