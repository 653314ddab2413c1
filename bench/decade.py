"""Ten years of the network: lists and cards of the methodist, in queries and against a bare page of fifty rows.

600 organisations, a tenth of them centres, 3,000 people, 400 events with 16,000 marks, 4,000 commitments,
200,000 rows of history.
"""

import datetime
import json
import statistics
import uuid
from collections.abc import Iterable
from functools import partial
from typing import Any

import django

from bench.drawing import cpu_seconds
from bench.tables import people, schools

ORGANISATIONS, PEOPLE, EVENTS, MARKS, CHANGES = 600, 3_000, 400, 40, 200_000
OWED = 4_000
FIRST, ROUNDS, WARM_UP = datetime.date(2016, 9, 1), 15, 3
LISTS = (
    "centers:center-list",
    "centers:organization-list",
    "centers:people-list",
    "projects:project-list",
    "projects:cluster-list",
    "projects:achievement-list",
    "events:event-list",
    "events:commitment-list",
    "events:plan-list",
    "olympiad:session-list",
    "reports:letter-list",
)


def fill() -> None:
    from centers.models import Center, Coordinator, Employment, Municipality, Organization, Person, StatusGrant

    places = list(Municipality.objects.order_by("pk"))
    named = [row[0] for row in schools(200_000, ORGANISATIONS)]
    organizations = Organization.objects.bulk_create(
        Organization(
            full_name=one,
            short_name=one,
            short_name_genitive=one,
            kind="educational",
            municipality=places[number % len(places)],
        )
        for number, one in enumerate(named)
    )
    told = [row[0].split() for row in people(200_000, PEOPLE)]
    persons = Person.objects.bulk_create(Person(surname=a, given_name=b, patronymic=c, gender="f") for a, b, c in told)
    centers = Center.objects.bulk_create(Center(organization=one) for one in organizations[::10])
    grants = [(center, year) for center in centers for year in (0, 3, 6, 9)]
    StatusGrant.objects.bulk_create(
        StatusGrant(center=center, act_number=f"{year}-р", act_on=FIRST, since=_after(year), until=_before(year + 3))
        for center, year in grants
    )
    Coordinator.objects.bulk_create(
        Coordinator(center=center, person=persons[number * 4 + year // 3], since=_after(year), until=_before(year + 3))
        for number, center in enumerate(centers)
        for year in (0, 3, 6, 9)
    )
    Employment.objects.bulk_create(
        Employment(person=one, organization=organizations[number % ORGANISATIONS], title="учитель", since=FIRST)
        for number, one in enumerate(persons)
    )
    held = _held(persons, centers)
    _owed(centers)
    _history([("centers_organization", organizations), ("centers_person", persons), ("events_event", held)])


def _held(persons: list[Any], centers: list[Any]) -> list[Any]:
    """Seminars of ten years and who came: those who are there already, many times."""
    from events.models import Attendance, Event

    mark, event = Attendance.objects.filter(center=None).first(), Event.objects.filter(status="held").first()
    assert mark is not None
    assert event is not None
    likes = list(_like(event, EVENTS, plan_item=None, ends_at=None, topic="Семинар"))
    for number, one in enumerate(likes):
        one.starts_at -= datetime.timedelta(days=number * 9)
    held = Event.objects.bulk_create(likes)
    marks = (
        copy
        for number, one in enumerate(held)
        for seat, copy in enumerate(_like(mark, MARKS, event=one))
        if not _seated(copy, persons[(number * 7 + seat) % PEOPLE], centers[seat % len(centers)])
    )
    Attendance.objects.bulk_create(marks, batch_size=2_000)
    return held


def _owed(centers: list[Any]) -> None:
    """Four thousand commitments, as one of the demonstration: done in time, late, waiting."""
    from events.models import Commitment, CommitmentTransition

    known = CommitmentTransition.objects.filter(after="accepted").select_related("commitment").first()
    assert known is not None
    given = known.commitment
    owed = [copy for place in range(OWED) for copy in _like(given, 1, organization=centers[place % 60].organization)]
    for number, one in enumerate(owed):
        _give(one, number)
    Commitment.objects.bulk_create(owed)
    CommitmentTransition.objects.bulk_create(
        copy
        for number, one in enumerate(owed)
        for copy in _like(known, 1, commitment=one, at=one.opened_at + datetime.timedelta(days=number % 40, hours=3))
    )


def _give(row: Any, number: int) -> None:
    from django.utils import timezone

    day = FIRST + datetime.timedelta(days=number % 3_650)
    row.opened_at = timezone.make_aware(datetime.datetime.combine(day, datetime.time(9)))
    row.decision_key = uuid.uuid4()
    row.due_on, row.status = day + datetime.timedelta(days=20), "open" if number % 9 == 0 else "accepted"


def plots() -> dict[str, float]:
    """Milliseconds of each plot: its figures asked and its picture drawn."""
    from reports.statistics.plots import asked, drawing
    from reports.statistics.plots.registry import PLOTS

    def draw(key: str) -> None:
        decade = asked.read({"until": "2026"}, datetime.date(2026, 11, 28))
        drawing.drawn(PLOTS[key], PLOTS[key].make(decade), title=key)

    for key in PLOTS:
        draw(key)
    return {
        key: round(1_000 * statistics.median(cpu_seconds(partial(draw, key)) for _ in range(ROUNDS)), 1)
        for key in PLOTS
    }


def _after(years: int) -> datetime.date:
    return FIRST.replace(year=FIRST.year + years)


def _before(years: int) -> datetime.date:
    return _after(years) - datetime.timedelta(days=1)


def _like(row: Any, count: int, **fields: Any) -> Iterable[Any]:
    held = {one.attname: getattr(row, one.attname) for one in row._meta.concrete_fields if not one.primary_key}
    for _ in range(count):
        copy = type(row)(**held)
        for name, value in fields.items():
            setattr(copy, name, value)
        yield copy


def _seated(mark: Any, person: Any, center: Any) -> None:
    mark.person, mark.center = person, center


def _history(tables: list[tuple[str, list[Any]]]) -> None:
    from django.utils import timezone

    from rcro_portal.models import RecordChange

    now, step = timezone.now(), datetime.timedelta(minutes=26)
    rows = (
        RecordChange(
            table=table,
            record=found[number % len(found)].pk,
            owner_table=table,
            owner=found[number % len(found)].pk,
            act="update",
            at=now - step * number,
            before={"email": ""},
            after={"email": f"{number}@edu.example"},
        )
        for number in range(CHANGES)
        for table, found in [tables[number % len(tables)]]
    )
    RecordChange.objects.bulk_create(rows, batch_size=5_000)


def cards() -> dict[str, str]:
    """A card of each kind, with as much below it as ten years bring."""
    from django.db.models import Count
    from django.urls import reverse

    from centers.models import Center, Organization, Person
    from events.models import Event
    from projects.models import Cluster, NetworkProject

    center = Center.objects.annotate(many=Count("attendances")).order_by("-many").first()
    event = Event.objects.annotate(many=Count("attendances")).order_by("-many").first()
    rows = {
        "centers:center-detail": center,
        "reports:center-activity": center,
        "centers:organization-detail": center and Organization.objects.get(pk=center.organization_id),
        "centers:person-detail": Person.objects.annotate(many=Count("attendances")).order_by("-many").first(),
        "projects:project-detail": NetworkProject.objects.first(),
        "projects:cluster-detail": Cluster.objects.first(),
        "reports:event-page": event,
    }
    return {name: reverse(name, args=[row.pk]) for name, row in rows.items() if row}


def main() -> None:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    from centers.models import User

    fill()
    client = Client(headers={"host": "localhost"})
    client.force_login(next(user for user in User.objects.order_by("pk") if "methodist" in user.roles))

    def page(address: str) -> None:
        answer = client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)

    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as found:
            page(address)
        return len(found)

    def cpu(address: str) -> float:
        for _ in range(WARM_UP):
            page(address)
        return statistics.median(cpu_seconds(lambda: page(address)) for _ in range(ROUNDS))

    bare = cpu(reverse("bench-bare-list"))
    lists = {name: reverse(name) for name in LISTS}
    # «pages» says which of them is slow.
    seen = {name: (queries(address), round(cpu(address) / bare, 2)) for name, address in {**lists, **cards()}.items()}
    drawn = plots()
    taken = {
        "decade_list_queries": max(seen[name][0] for name in lists),
        "decade_card_queries": max(count for name, (count, _) in seen.items() if name not in lists),
        "decade_list_to_bare_page_cpu": max(seen[name][1] for name in lists),
        "decade_plot_cpu_ms": max(drawn.values()),
        "pages": seen,
        "plots": drawn,
    }
    print(json.dumps(taken))


if __name__ == "__main__":
    from django.conf import settings

    settings.ROOT_URLCONF = "bench.urls"
    settings.TEMPLATES[0]["DIRS"].append(settings.BASE_DIR / "bench" / "templates")
    django.setup()
    main()
