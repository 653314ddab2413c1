"""The letters that name a person, on the person's card."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import letters
from tests.factories.reports import office

pytestmark = pytest.mark.django_db


def test_whoever_prepared_a_letter_finds_it(client: Client) -> None:
    staff = office()
    letter = letters.in_review(staff)
    client.force_login(staff.methodist)
    page = client.get(reverse("reports:person-letters", args=[letter.prepared_by_id]))
    assert [one.pk for one in page.context["letters"]] == [letter.pk]
    assert "исполнитель" in page.text
    other = client.get(reverse("reports:person-letters", args=[staff.clerk.person_id]))
    assert "Писем, где этот человек назван, нет." in other.text
