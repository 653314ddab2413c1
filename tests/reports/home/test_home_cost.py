"""What home pages ask of the database: as much for one row of each kind as for three."""

from collections.abc import Callable

import pytest
from django.test import Client

from events.models import Event
from tests.factories import letters as walked
from tests.factories.centers import administrator, coordinator
from tests.factories.events import CommitmentFactory, EventFactory, announced, held
from tests.factories.reports import Office

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("role", "queries"), [("methodist", 15), ("head", 12), ("clerk", 21), ("director", 12)])
def test_home_of_the_office(
    role: str, queries: int, rows: int, client: Client, office: Office, demo: None, django_assert_num_queries: Callable
) -> None:
    _work(office, rows)
    client.force_login(getattr(office, role))
    client.get("/")
    with django_assert_num_queries(queries):
        assert client.get("/").status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_home_of_an_administrator(
    rows: int, client: Client, office: Office, demo: None, django_assert_max_num_queries: Callable
) -> None:
    """At most: what is wrong with the portal itself is asked for more closely, and machines differ."""
    _work(office, rows)
    client.force_login(administrator())
    client.get("/")
    with django_assert_max_num_queries(30):
        assert client.get("/").status_code == 200


def _work(office: Office, rows: int) -> None:
    for _ in range(rows):
        walked.in_review(office), walked.approved(office), held(department=office.department), announced()
        EventFactory(department=office.department, status="draft")
    assert Event.objects.count() > rows


@pytest.mark.parametrize("rows", [1, 3])
def test_home_of_a_coordinator(rows: int, client: Client, django_assert_num_queries: Callable) -> None:
    user = coordinator()
    center = user.person.coordinated.get().center
    for _ in range(rows):
        CommitmentFactory(organization=center.organization)
    client.force_login(user)
    client.get("/")
    with django_assert_num_queries(12):
        assert client.get("/").status_code == 200
