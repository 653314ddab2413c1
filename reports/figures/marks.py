"""Marks of who came that were changed after a letter counted them: which figures they touch, and who changed them."""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from events.models import AttendanceChange
from reports.figures import frozen
from reports.models import Letter, SnapshotFigure
from reports.models.letter import LetterStatus

OVER_EVENT = ("present_coordinators", "present_centers", "absent_centers")
OVER_PERIOD = ("people_at_events", "participations", "centers_at_events")


class Moved(NamedTuple):
    """«Координаторы на мероприятии: сейчас 3, в письме 25», and the page of the figure with who changed the marks."""

    words: str
    url: str


def since(figure: SnapshotFigure) -> QuerySet[AttendanceChange]:
    """Changes of marks that this figure would count otherwise, made after it was frozen; the newest first."""
    rows = AttendanceChange.objects.filter(_counted_in(figure), at__gt=figure.snapshot.taken_at)
    return rows.select_related("by__person").order_by("-at", "-pk")


def _counted_in(figure: SnapshotFigure) -> Q:
    asked = figure.parameters
    if figure.query in OVER_EVENT and "event" in asked:
        return Q(event=asked["event"])
    if figure.query in OVER_PERIOD and {"since", "until"} <= asked.keys():
        return Q(event__starts_at__date__gte=asked["since"], event__starts_at__date__lte=asked["until"])
    return Q(pk__in=[])


def moved(letter: Letter, quoted: Iterable[frozen.Today]) -> list[Moved]:
    """Figures of a filed letter whose marks were changed since; ``quoted`` is ``frozen.values_today(letter)``."""
    if letter.status == LetterStatus.DRAFT:
        return []
    counted = [one for one in quoted if one.frozen.query in (*OVER_EVENT, *OVER_PERIOD)]
    changed = _changed([one.frozen for one in counted])
    touched = [one for one in counted if changed[f"changes_{one.frozen.pk}"]]
    return [Moved(f"{one.frozen.name}: {one.quiet_words}.", _page(letter, one.frozen)) for one in touched]


def _changed(figures: list[SnapshotFigure]) -> dict[str, int]:
    """How many marks of each figure were changed since, by one query for all."""
    later = {f"changes_{one.pk}": _counted_in(one) & Q(at__gt=one.snapshot.taken_at) for one in figures}
    any_of_them = reduce(or_, later.values(), Q(pk__in=[]))
    return AttendanceChange.objects.filter(any_of_them).aggregate(
        **{name: Count("pk", filter=these) for name, these in later.items()}
    )


def _page(letter: Letter, figure: SnapshotFigure) -> str:
    return reverse("reports:letter-figure", args=[letter.pk, figure.pk])
