"""Validity: rows that are in force from one day to another: posts, grants, letterheads, authorities."""

import datetime
from collections.abc import Collection
from typing import Self

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.db.models import F, Q

from rcro_portal.lib.rules import Ruled


class DatedQuerySet(models.QuerySet):
    def in_force_on(self, day: datetime.date) -> Self:
        return self.filter(Q(until__isnull=True) | Q(until__gte=day), since__lte=day)

    def in_force_during(self, year: int) -> Self:
        """In force on at least one day of the year."""
        first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
        return self.filter(Q(until__isnull=True) | Q(until__gte=first), since__lte=last)


class Dated(Ruled):
    """Both days belong to the term; no ``until`` means that the end is not known yet."""

    since = models.DateField("с")
    until = models.DateField("по", null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="%(class)s_does_not_end_before_it_begins",
            )
        ]

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        if self.since and self.until and self.until < self.since:
            field = NON_FIELD_ERRORS if "until" in (exclude or ()) else "until"
            raise ValidationError({field: "Последний день раньше первого."})
        super().validate_constraints(exclude=exclude)

    def is_in_force_on(self, day: datetime.date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)
