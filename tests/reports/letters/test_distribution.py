"""Distribution lists: kept by name and by what organisations have in common."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from reports.letters import distribution
from reports.models import DistributionList
from tests import clock
from tests.factories.centers import CenterFactory, OrganizationFactory, PersonFactory, staff
from tests.factories.moments import SENT_AT
from tests.factories.requests import DataRequestFactory
from tests.untouched import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def listed() -> DistributionList:
    return DistributionList.objects.create(name="Кластер", addressee="Руководителям")


def test_organisations_come_by_what_they_have_in_common(listed: DistributionList) -> None:
    by, center = staff("methodist"), CenterFactory()
    school, museum = OrganizationFactory(), OrganizationFactory(kind="cultural")
    OrganizationFactory(kind="cultural", archived_at="2026-01-01T00:00Z", archive_reason="Закрыт")
    assert distribution.put_many(listed, by=by, kind="cultural") == 1
    assert distribution.put_many(listed, by=by, municipality=school.municipality, centers=True) == 1
    assert set(listed.organizations.all()) == {museum, center.organization}
    with refused(ValidationError):
        distribution.put_many(listed, by=by, kind="cultural")


def test_nobody_stands_on_a_list_twice(listed: DistributionList, client: Client) -> None:
    person = PersonFactory()
    listed.people.add(person)
    client.force_login(staff("methodist"))
    answer = client.post(reverse("reports:list-person-new", args=[listed.pk]), {"person": person.pk})
    assert (answer.status_code, answer.context["form"].errors["person"]) == (422, [distribution.ON_IT])
    other = PersonFactory()
    assert client.post(reverse("reports:list-person-new", args=[listed.pk]), {"person": other.pk}).status_code == 302
    assert set(listed.people.all()) == {person, other}


def test_list_sends_a_request_to_its_centres(listed: DistributionList, client: Client) -> None:
    on_it, former = CenterFactory(), CenterFactory(status__until=clock.today() - datetime.timedelta(days=1))
    CenterFactory()
    listed.organizations.add(on_it.organization, former.organization, OrganizationFactory())
    draft = DataRequestFactory(title="Планы на год")
    DataRequestFactory(title="Лишний", archived_at=SENT_AT)
    client.force_login(staff("methodist"))
    address = reverse("reports:distribution-list-detail", args=[listed.pk])
    page = client.get(address).text
    assert f'href="/requests/{draft.pk}/send/?center={on_it.pk}"' in page
    assert "Лишний" not in page
    client.force_login(staff("clerk"))
    assert "Планы на год" not in client.get(address).text
