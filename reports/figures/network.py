"""Figures of the network: centres and their status, coordinators, municipalities."""

import datetime
from collections.abc import Mapping

from django.db.models import QuerySet

from centers.models import Center, Coordinator, Municipality, Person, StatusGrant
from reports.figures import listings
from reports.figures.nouns import NOUNS
from reports.figures.query import Narrow, Query
from reports.figures.terms import Terms


def _with_status_during(*, year: int) -> QuerySet:
    return Center.objects.with_status_during(year)


def _with_status_on(*, day: datetime.date) -> QuerySet:
    return Center.objects.with_status_on(day)


def _granted_in(*, year: int) -> QuerySet:
    """A grant that follows another without a gap extends the status: who holds it already does not get it anew."""
    first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    begun = StatusGrant.objects.filter(since__gte=first, since__lte=last)
    before = StatusGrant.objects.in_force_on(first - datetime.timedelta(days=1))
    return Center.objects.filter(pk__in=begun.values("center")).exclude(pk__in=before.values("center"))


def _municipalities(*, year: int) -> QuerySet:
    centers = Center.objects.with_status_during(year)
    return Municipality.objects.filter(pk__in=centers.values("organization__municipality"))


def _coordinators_on(*, day: datetime.date) -> QuerySet:
    return Person.objects.filter(pk__in=Coordinator.objects.in_force_on(day).values("person"))


QUERIES: Mapping[str, Query] = {
    "centers_with_status": Query(
        title="Организации со статусом РВЦИ",
        describes="организации, чей статус «Ресурсно-внедренческий центр инноваций» действовал в этом году",
        over="year",
        noun=NOUNS["organization"],
        rows=_with_status_during,
        terms=Terms(
            StatusGrant.objects.all,
            ("center", "since", "until"),
            narrowed={"municipality": "center__organization__municipality__code"},
        ),
        narrowed={"municipality": Narrow("organization__municipality__code", "municipality")},
        listing=listings.CENTERS,
        listed=lambda *, year: listings.filtered("centers:center-list", during=year),
    ),
    "centers_on_day": Query(
        title="РВЦИ на дату",
        describes="РВЦИ, чей статус действовал в этот день",
        over="day",
        noun=NOUNS["center"],
        rows=_with_status_on,
        listing=listings.CENTERS,
        listed=lambda *, day: listings.filtered("centers:center-list", status="now", on=day),
    ),
    "centers_granted": Query(
        title="РВЦИ, получившие статус за год",
        describes="РВЦИ, которым статус присвоен в этом году; продление действующего статуса не считается",
        over="year",
        noun=NOUNS["center"],
        rows=_granted_in,
        listing=listings.CENTERS,
        part_of="centers_with_status",
    ),
    "municipalities_with_center": Query(
        title="Муниципальные образования с РВЦИ",
        describes="муниципальные образования, где в этом году была хотя бы одна организация со статусом РВЦИ",
        over="year",
        noun=NOUNS["municipality"],
        rows=_municipalities,
        listing=listings.MUNICIPALITIES,
    ),
    "coordinators_on_day": Query(
        title="Координаторы РВЦИ на дату",
        describes="люди, которые в этот день координируют хотя бы один РВЦИ",
        over="day",
        noun=NOUNS["coordinator"],
        rows=_coordinators_on,
        listing=listings.PEOPLE,
        listed=lambda *, day: listings.filtered("centers:people-list", role="coordinators", on=day),
    ),
}
