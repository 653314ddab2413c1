"""What the page of an event asks of the database: as much for one row of each kind as for three."""

from collections.abc import Callable

import pytest
from django.test import Client

from events.models import Event
from tests.factories import letters as walked
from tests.factories.centers import CoordinatorFactory, StaffPostFactory, coordinator
from tests.factories.events import AttendanceFactory, MaterialFactory, ProgrammeItemFactory, announced
from tests.factories.reports import Office

pytestmark = pytest.mark.django_db


def fill(event: Event, rows: int, presence: str) -> None:
    """Who comes, parts with speakers, materials, centres whose coordinator nobody marked."""
    for _ in range(rows):
        CoordinatorFactory()
        AttendanceFactory(event=event, presence=presence)
        ProgrammeItemFactory(event=event, speaker=StaffPostFactory().person)
        MaterialFactory(event=event)


@pytest.mark.parametrize("rows", [1, 3])
def test_to_come(rows: int, client: Client, office: Office, django_assert_num_queries: Callable) -> None:
    event = announced()
    fill(event, rows, "registered")
    client.force_login(office.methodist)
    client.get(f"/events/{event.pk}/")
    with django_assert_num_queries(8):
        assert client.get(f"/events/{event.pk}/").status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_to_come_for_a_coordinator(
    rows: int, client: Client, office: Office, django_assert_num_queries: Callable
) -> None:
    event = announced()
    fill(event, rows, "registered")
    client.force_login(coordinator())
    client.get(f"/events/{event.pk}/")
    with django_assert_num_queries(10):
        assert client.get(f"/events/{event.pk}/").status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("state", "queries"), [("in_review", 11), ("approved", 11), ("sent_on_paper", 10)])
def test_with_a_letter(
    state: str, queries: int, rows: int, client: Client, office: Office, django_assert_num_queries: Callable
) -> None:
    event = getattr(walked, state)(office).outcome.event
    fill(event, rows, "present")
    client.force_login(office.methodist)
    client.get(f"/events/{event.pk}/")
    with django_assert_num_queries(queries):
        assert client.get(f"/events/{event.pk}/").status_code == 200
