"""What is still to be drawn of a release, in pieces that workers claim: as many draw one release as there are."""

import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q

from reports.models.certificate import CertificateRelease, ReleaseStatus

TRIES_AT_MOST = 5


class PieceQuerySet(models.QuerySet):
    def due(self, now: datetime.datetime) -> Self:
        """Drawn by nobody, or by a worker whose lease has run out; after so many attempts a person is waited for."""
        free = Q(lease_until__isnull=True) | Q(lease_until__lte=now)
        return self.filter(free, release__status=ReleaseStatus.DRAWING, attempts__lt=TRIES_AT_MOST)


class CertificatePiece(models.Model):
    """Certificates of a release by their positions, both ends included. It goes as its files are written.

    ``error`` is what the last attempt said; attempt and lease together are a worker's claim.
    """

    release = models.ForeignKey(
        CertificateRelease, verbose_name="выпуск", on_delete=models.PROTECT, related_name="pieces"
    )
    first = models.PositiveIntegerField("с какого по порядку")
    last = models.PositiveIntegerField("по какой")
    lease_until = models.DateTimeField("рисуется до", null=True)
    attempts = models.PositiveIntegerField("попыток", default=0)
    error = models.TextField("почему не рисуется", blank=True)

    objects = PieceQuerySet.as_manager()

    class Meta:
        verbose_name = "часть выпуска сертификатов"
        verbose_name_plural = "части выпусков сертификатов"
        constraints = [
            models.UniqueConstraint(fields=["release", "first"], name="piece_of_certificates_begins_once"),
            models.CheckConstraint(condition=Q(first__lte=F("last")), name="piece_of_certificates_ends_behind"),
        ]

    def __str__(self) -> str:
        return f"{self.release_id}: {self.first}–{self.last}"
