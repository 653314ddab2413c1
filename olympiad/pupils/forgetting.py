"""Names go when their consent ends, is withdrawn or was never shown; class and school stay, so counts do not change."""

import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from olympiad.models import Pupil, Purpose, WhyNameless
from olympiad.models.pupil import SCAN_WITHIN
from olympiad.pupils import scans
from rcro_portal.lib.changes import authorship

NO_PUBLICATION: dict[str, Any] = {"publication_on": None, "publication_until": None}


def forget_due(*, now: datetime.datetime) -> int:
    """Whatever is due by now; how many names went. Once more changes nothing; what was broken off is done again."""
    day = timezone.localdate(now)
    named = Pupil.objects.filter(nameless_at=None)
    late = named.without_scan().filter(entered_at__lt=now - SCAN_WITHIN)
    gone = forget(named.filter(consent_until__lt=day), why=WhyNameless.TERM, at=now)
    gone += forget(late, why=WhyNameless.NO_SCAN, at=now)
    _end_publications(day, now)
    scans.sweep()
    return gone


def forget(pupils: QuerySet[Pupil], *, why: WhyNameless, at: datetime.datetime, by: Any = None) -> int:
    """Their names and scans go in one transaction, the files right after it; how many. Raises nothing where none is."""
    with transaction.atomic(), authorship.explain(f"Имя удалено: {why.label}", by=by and by.pk):
        keys = _held(pupils.filter(nameless_at=None))
        gone = {"surname": "", "given_name": "", "sort_key": "", "nameless_at": at, "nameless_why": why}
        number = Pupil.objects.filter(pk__in=keys).update(**gone)
        scans.drop(at=at, pupil__in=keys)
    return number


def _held(pupils: QuerySet[Pupil]) -> list[int]:
    """Keys of those of whom it is still so when whoever writes one of them now is done: a consent may be prolonged."""
    pupils.update(namesake=F("namesake"))
    return list(pupils.values_list("pk", flat=True))


def _end_publications(day: datetime.date, now: datetime.datetime) -> None:
    """Of those whose name stays."""
    over = Pupil.objects.filter(nameless_at=None, publication_until__lt=day)
    with transaction.atomic(), authorship.explain("Срок согласия на публикацию вышел"):
        keys = _held(over)
        scans.drop(at=now, pupil__in=keys, purpose=Purpose.PUBLICATION)
        Pupil.objects.filter(pk__in=keys).update(**NO_PUBLICATION)
