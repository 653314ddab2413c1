"""Rows of the open pages, read with what is shown beside them."""

import datetime
from collections.abc import Iterable
from itertools import groupby
from typing import Any, NamedTuple

from django.db.models import Prefetch, QuerySet

from centers.models import Center, Municipality, Organization
from events.models import Event
from events.models.event import EventStatus
from projects.models import ClusterMember, NetworkProject
from rcro_portal.lib.charts import Chart, Tile, tile_map
from rcro_portal.lib.russian import agree, long_date
from rcro_portal.open_pages import network
from reports.statistics import municipalities

LOOKS_BACK = datetime.timedelta(days=365)
PAST_SHOWN = 50


class Place(NamedTuple):
    """A municipality with its centres; ``anchor`` is where the page speaks of it."""

    municipality: Municipality
    centers: list[Center]

    @property
    def anchor(self) -> str:
        return _anchor(self.municipality)

    @property
    def found(self) -> str:
        return agree(len(self.centers), "центр", "центра", "центров")


def by_municipality(day: datetime.date) -> list[Place]:
    rows = network.centers(day).select_related("organization__municipality")
    ordered = rows.order_by("organization__municipality__name", "organization__sort_key", "pk")
    return [Place(place, list(held)) for place, held in groupby(ordered, lambda one: one.organization.municipality)]


def drawn(places: Iterable[Place]) -> Chart:
    """The map of the region; each tile with centres leads to their names below it."""
    held = {place.municipality.code: place for place in places}
    rows = list(Municipality.objects.order_by("name"))
    where, note = municipalities.places(rows)
    tiles = [
        Tile(where[row.code], len(place.centers), f"{row.name}: {place.found}", f"#{place.anchor}")
        if (place := held.get(row.code))
        else Tile(where[row.code], 0, f"{row.name}: центров нет")
        for row in rows
    ]
    tiles.sort(key=lambda tile: (tile.place.row, tile.place.column))
    return tile_map("Центры по муниципалитетам", tiles, note=note)


def _anchor(municipality: Municipality) -> str:
    return f"in-{municipality.code}"


def projects(day: datetime.date) -> tuple[list[NetworkProject], list[NetworkProject]]:
    """Under way this year, and all others; each with its centres and partners."""
    leads = Prefetch("leads", Center.objects.select_related("organization").order_by("organization__sort_key"))
    partners = Prefetch("partners", Organization.objects.kept().order_by("sort_key"))
    rows = NetworkProject.objects.kept().prefetch_related(leads, partners).order_by("sort_key", "pk")
    now = set(network.projects(day).values_list("pk", flat=True))
    kept = list(rows)
    return [row for row in kept if row.pk in now], [row for row in kept if row.pk not in now]


def clusters(day: datetime.date) -> list[Any]:
    """Each with its ``members`` of that day, those of them first that are centres."""
    members = ClusterMember.objects.in_force_on(day).filter(organization__archived_at__isnull=True)
    read = members.select_related("organization__center").order_by("organization__sort_key")
    rows = network.clusters(day).prefetch_related(Prefetch("memberships", read, to_attr="present"))
    return list(rows.order_by("sort_key", "pk"))


def with_page(day: datetime.date) -> set[int]:
    """Keys of the centres that have an open page."""
    return set(network.centers(day).values_list("pk", flat=True))


def coming(now: datetime.datetime) -> QuerySet[Event]:
    """The next first, those called off among them: whoever meant to come looks here."""
    rows = Event.objects.public().filter(starts_at__gte=now, status__in=[EventStatus.ANNOUNCED, EventStatus.CANCELLED])
    return rows.order_by("starts_at", "pk")


def is_to_come(event: Event, now: datetime.datetime) -> bool:
    return event.status == EventStatus.ANNOUNCED and event.starts_at >= now


def past(now: datetime.datetime) -> QuerySet[Event]:
    """Of the last year, the latest first."""
    rows = Event.objects.public().filter(starts_at__lt=now, starts_at__gte=now - LOOKS_BACK)
    return rows.exclude(status=EventStatus.CANCELLED).order_by("-starts_at", "-pk")[:PAST_SHOWN]


def status_facts(center: Center, day: datetime.date) -> list[tuple[str, str]]:
    """Since when and by which act the centre holds the status; the latest where one follows another."""
    grant = center.grants.in_force_on(day).order_by("-since", "-pk").first()
    until = f", по {long_date(grant.until)}" if grant.until else ""
    return [
        ("Статус РВЦИ", f"с {long_date(grant.since)}{until}"),
        ("Распоряжение", f"№ {grant.act_number} от {long_date(grant.act_on)}"),
    ]
