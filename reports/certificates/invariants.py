"""What must hold in the register of certificates under any crash, race or replay.

Files themselves are read with all others of the store (``operations.stored_files``).
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from django.db.models import Count, F, Max, Min

from reports.models import Certificate, CertificateRelease, CertificateYear
from reports.models.certificate import ReleaseStatus


def certificates() -> Iterator[str]:
    """Every number from the first to the last has one row, dates do not fall, and what was released has its files."""
    yield from _counted()
    yield from _falling()
    numbered = Certificate.objects.numbered().order_by("pk")
    for row in numbered.undrawn().filter(release__status=ReleaseStatus.RELEASED):
        yield f"Сертификат {row} выпущен, а файла у него нет."
    for row in numbered.filter(replaces__isnull=False, replaces__revoked_at=None):
        yield f"Сертификат {row} выдан вместо другого, а тот ещё действует."
    for row in numbered.exclude(year=F("release__issued_on__year")):
        yield f"Сертификат {row} носит номер не того года, в котором выпущен."


def _counted() -> Iterator[str]:
    given: dict[int | None, tuple[int, int, int]] = {
        year: (first, last, number) for year, first, last, number in _spans()
    }
    year: int | None
    for year, last in CertificateYear.objects.order_by("year").values_list("year", "last_sequence"):
        first, highest, number = given.pop(year, [1, 0, 0])
        if (first, highest, number) != (1, last, last):
            yield f"Сертификаты {year} года: выдано номеров {last}, в журнале их {number}."
    for year in given:
        yield f"Сертификаты {year} года выданы без счёта."


def _spans() -> Iterable[tuple[int | None, int, int, int]]:
    rows = Certificate.objects.numbered().values("year").order_by("year")
    counted = rows.annotate(first=Min("sequence"), last=Max("sequence"), number=Count("pk"))
    return counted.values_list("year", "first", "last", "number")


def _falling() -> Iterator[str]:
    spans = CertificateRelease.objects.filter(certificates__sequence__isnull=False, issued_on__isnull=False)
    spans = spans.annotate(first=Min("certificates__sequence")).order_by("issued_on__year", "first")
    days = [(pk, day) for pk, day in spans.values_list("pk", "issued_on") if day]
    for (earlier, before), (later, after) in pairwise(days):
        if before > after:
            yield f"Выпуск {later} раньше выпуска {earlier}, а номера у него больше."
