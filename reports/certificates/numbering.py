"""Numbers of certificates: taken in the transaction of the director's act, all of a release in a row, never given back.

As those of letters: the counter is raised *first*, which makes all others wait on both databases, and read after that.
"""

import datetime

from django.db import connection
from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from rcro_portal.lib import russian
from rcro_portal.lib.refusals import Refusal
from reports import halted
from reports.models import Certificate, CertificateYear

PREFIX = "РВЦИ"


class DateWouldFall(Refusal):
    """Dates never fall as numbers rise."""


def take(rows: QuerySet[Certificate], *, count: int, day: datetime.date) -> None:
    """Give these rows, whose positions go from 1 to ``count``, the next numbers of the day's year.

    Demands a transaction. Raises DateWouldFall, and Halted after a restore; then nothing was taken.
    """
    assert connection.in_atomic_block, "a number is taken in the transaction that uses it"
    halted.refuse()
    before = _raise(count, day) - count
    sequence = F("position") + before
    written = Concat(Value(f"{PREFIX}-{day.year}-"), Cast(sequence, CharField()))
    rows.update(year=day.year, sequence=sequence, number=written)


def _raise(count: int, day: datetime.date) -> int:
    CertificateYear.objects.bulk_create([CertificateYear(year=day.year)], ignore_conflicts=True)
    counter = CertificateYear.objects.filter(year=day.year)
    in_order = counter.filter(Q(last_on__isnull=True) | Q(last_on__lte=day))
    if not in_order.update(last_sequence=F("last_sequence") + count, last_on=day):
        given_on = counter.get().last_on
        assert given_on, "only a later day refuses"
        raise DateWouldFall(
            f"Номера сертификатов уже выданы {russian.short_date(given_on)}, а сегодня {russian.short_date(day)}. "
            "Проверьте дату на сервере."
        )
    return counter.values_list("last_sequence", flat=True).get()
