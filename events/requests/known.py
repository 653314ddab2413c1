"""What the registers know of centres on a day: the named values that a question may be held against."""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from django.db.models import Count, QuerySet

from centers.models import Center, Coordinator, Organization
from events.models import Attendance
from events.models.attendance import Presence
from events.models.request import ON_THE_CARD, KnownFigure
from projects.models import Achievement, NetworkProject
from rcro_portal.lib import phones

type Values = Mapping[int, str]
type Reads = Callable[[list[Center], datetime.date], Values]


def values(names: Iterable[str], centers: Iterable[Center], day: datetime.date) -> Mapping[int, dict[str, str]]:
    """By the key of the centre each of these values as text; one query a value, however many centres there are.

    The centres are read with their organisations.
    """
    centers = list(centers)
    found: dict[int, dict[str, str]] = {center.pk: {} for center in centers}
    for name in dict.fromkeys(names):
        for pk, value in READ[KnownFigure(name)](centers, day).items():
            found[pk][name] = value
    return found


def on_card(organization: Organization, name: str) -> str:
    """What the card says now, as people read it."""
    value = str(getattr(organization, name))
    return phones.shown(value) if name == KnownFigure.PHONE else value


def _of_card(name: str) -> Reads:
    return lambda centers, day: {one.pk: on_card(one.organization, name) for one in centers}  # noqa: ARG005


def _projects(centers: list[Center], day: datetime.date) -> Values:
    going_on = NetworkProject.objects.kept().in_force_on(day)
    return _counted(centers, going_on.filter(leads__in=centers), "leads", distinct="pk")


def _events(centers: list[Center], day: datetime.date) -> Values:
    came = Attendance.objects.filter(presence=Presence.PRESENT, center__in=centers)
    within = came.filter(event__starts_at__date__gte=day.replace(month=1, day=1), event__starts_at__date__lte=day)
    return _counted(centers, within, "center", distinct="event")


def _achievements(centers: list[Center], day: datetime.date) -> Values:
    rows = Achievement.objects.kept().filter(center__in=centers, on__gte=day.replace(month=1, day=1), on__lte=day)
    return _counted(centers, rows, "center", distinct="pk")


def _coordinators(centers: list[Center], day: datetime.date) -> Values:
    found: dict[int, list[str]] = defaultdict(list)
    posts = Coordinator.objects.in_force_on(day).filter(center__in=centers).select_related("person")
    for post in posts.order_by("since", "pk"):
        found[post.center_id].append(post.person.full_name)
    return {pk: ", ".join(names) for pk, names in found.items()}


def _counted(centers: list[Center], rows: QuerySet, center: str, *, distinct: str) -> Values:
    """Of whom nothing is found it is known that there is none."""
    counted = rows.order_by().values_list(center).annotate(number=Count(distinct, distinct=True))
    return {one.pk: "0" for one in centers} | {pk: str(number) for pk, number in counted}


READ: Mapping[KnownFigure, Reads] = {
    KnownFigure.PROJECTS: _projects,
    KnownFigure.EVENTS: _events,
    KnownFigure.ACHIEVEMENTS: _achievements,
    KnownFigure.COORDINATORS: _coordinators,
    **{name: _of_card(name) for name in ON_THE_CARD},
}
