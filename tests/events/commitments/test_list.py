"""«Поручения»: a row leads on by what its reader looks for."""

import pytest
from django.test import Client
from django.urls import reverse

from centers.models import User
from tests.factories.centers import coordinator, staff
from tests.factories.events import CommitmentFactory

pytestmark = pytest.mark.django_db


def link(client: Client, user: User, page: str) -> str:
    client.force_login(user)
    html = client.get(reverse("events:commitment-list")).content.decode()
    return html.partition(f'<a href="{page}">')[2].partition("</a>")[0]


def test_a_centre_looks_for_what_is_to_be_done_and_the_office_for_the_centre(demo: None, client: Client) -> None:
    commitment = CommitmentFactory(text="составить список приборов")
    page = reverse("events:commitment-detail", args=[commitment.pk])
    assert link(client, coordinator(commitment.center), page) == "составить список приборов"
    assert link(client, staff("methodist"), page) == str(commitment.center)
