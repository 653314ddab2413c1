"""What the administrator keeps besides people: departments and municipalities."""

import pytest
from django.test import Client

from centers.models import Municipality
from tests.factories.centers import MunicipalityFactory, OrganizationFactory, administrator

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]


def test_what_was_put_down_by_mistake_is_deleted_what_is_used_stays(client: Client) -> None:
    mistaken, used = MunicipalityFactory(code="mistake"), OrganizationFactory().municipality
    client.force_login(administrator())
    path = "/dictionaries/municipalities/{}/{}/"
    assert path.format(mistaken.pk, "delete") in client.get(path.format(mistaken.pk, "edit")).text
    answers = [client.post(path.format(row.pk, "delete")) for row in (mistaken, used)]
    assert [answer.status_code for answer in answers] == [302, 409]
    assert "На эту запись указывают организации: 1. Удалить её нельзя." in answers[1].text
    assert Municipality.objects.get() == used
