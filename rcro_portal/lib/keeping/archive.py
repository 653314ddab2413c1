"""An archive in the place of deletion: what something points to is put away with a reason, and comes back."""

from typing import Self

from django.db import models


class ArchivableQuerySet(models.QuerySet):
    def kept(self) -> Self:
        """Not in the archive: what lists, choices and figures of today show."""
        return self.filter(archived_at__isnull=True)

    def archived(self) -> Self:
        return self.filter(archived_at__isnull=False)


class Archivable(models.Model):
    """Its queryset must be an ``ArchivableQuerySet``; written by ``keeping.writing`` alone."""

    archived_at = models.DateTimeField("в архиве с", null=True, blank=True, editable=False)
    archive_reason = models.CharField("почему в архиве", max_length=300, blank=True, editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=models.Q(archived_at__isnull=False) | models.Q(archive_reason=""),
                name="%(class)s_is_archived_for_a_reason",
            )
        ]

    @property
    def is_archived(self) -> bool:
        return self.archived_at is not None
