"""What the page of a letter asks of the database, in each of its states: every table once, at most twenty queries."""

from collections.abc import Callable

import pytest
from django.test import Client

from centers.models import User
from reports.letters import letters
from reports.models import Letter
from tests.factories import letters as walked
from tests.factories import replacing
from tests.factories.centers import CenterFactory
from tests.factories.moments import SENT_AT
from tests.factories.reports import Office

pytestmark = pytest.mark.django_db


def returned(office: Office) -> Letter:
    letter = walked.in_review(office)
    letters.recall(letter=letter, by=office.methodist, at=SENT_AT)
    return letter


def replacing_in_review(office: Office) -> Letter:
    return replacing.filed(replacing.begun(walked.sent_on_paper(office), office), office)


STATES: dict[str, Callable[[Office], Letter]] = {
    "returned": returned,
    "in review": walked.in_review,
    "replacing": replacing_in_review,
    "written": walked.free_in_review,
    "approved": walked.approved,
    "preparing": walked.preparing,
    "awaiting": walked.awaiting,
    "sent": walked.sent_on_paper,
    "written and sent": walked.free_sent,
}


@pytest.mark.parametrize(
    ("state", "role", "queries"),
    [
        ("returned", "methodist", 12),
        ("in review", "methodist", 18),
        ("in review", "head", 18),
        ("replacing", "head", 19),
        ("written", "head", 17),
        ("approved", "director", 18),
        ("approved", "clerk", 18),
        ("preparing", "director", 16),
        ("awaiting", "director", 17),
        ("sent", "methodist", 18),
        ("sent", "clerk", 18),
        ("written and sent", "methodist", 17),
    ],
)
def test_page_of_a_letter_asks_each_table_once(
    state: str, role: str, queries: int, client: Client, office: Office, demo: None, django_assert_num_queries: Callable
) -> None:
    CenterFactory()
    letter, user = STATES[state](office), getattr(office, role)
    assert isinstance(user, User)
    client.force_login(user)
    client.get(f"/letters/{letter.pk}/")
    with django_assert_num_queries(queries):
        assert client.get(f"/letters/{letter.pk}/").status_code == 200
