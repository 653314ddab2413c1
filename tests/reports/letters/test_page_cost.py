"""What the page of a letter asks of the database: whose acts it shows is asked once, however many acts there are."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.factories import letters as walked
from tests.factories.reports import Office

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("state", "role", "queries"),
    [("in_review", "head", 57), ("awaiting", "director", 36), ("sent_on_paper", "methodist", 42)],
)
def test_page_of_a_letter_costs_what_it_did(
    state: str,
    role: str,
    queries: int,
    client: Client,
    office: Office,
    demo: None,
    django_assert_num_queries: Callable,
) -> None:
    letter = getattr(walked, state)(office)
    client.force_login(getattr(office, role))
    client.get(f"/letters/{letter.pk}/")
    with django_assert_num_queries(queries):
        assert client.get(f"/letters/{letter.pk}/").status_code == 200
