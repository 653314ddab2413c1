"""The portal's own lists, brought in again: whatever they show, nothing changes."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from centers.models import OrganizationName
from rcro_portal.lib.registers.importing import registry
from tests.factories import imports
from tests.factories.centers import CoordinatorFactory, OrganizationFactory, PersonFactory, administrator
from tests.factories.moments import SENT_AT
from tests.factories.projects import ClusterMemberFactory, ProjectLeadFactory

pytestmark = pytest.mark.django_db
LISTS = {
    "organizations": "centers:organization-list",
    "centers": "centers:center-list",
    "people": "centers:people-list",
    "projects": "projects:project-list",
    "clusters": "projects:cluster-list",
}


@pytest.fixture
def client_of_all(client: Client, settings: Any) -> Client:
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(administrator())
    for number in ("9", "19"):
        place = CoordinatorFactory(center__organization__short_name=f"СОШ № {number}").center
        ProjectLeadFactory(center=place)
        ClusterMemberFactory(organization=place.organization)
    school = OrganizationFactory(short_name="Лицей «Ива»", inn="7099001074", phone="(3822) 51-56-66, доб. 2")
    PersonFactory(surname="Гасанов", given_name="Н.", patronymic="", phone="(3822) 51-56-66", email="")
    names = {"full_name": "Школа «Ива»", "short_name": "Школа «Ива»", "short_name_genitive": "Школы «Ива»"}
    OrganizationName.objects.create(organization=school, until="2020-08-31", **names)
    return client


def test_own_lists_change_nothing(client_of_all: Client) -> None:
    by = administrator()
    for key, listed in LISTS.items():
        for ending in ("xlsx", "csv"):
            file = client_of_all.get(f"{reverse(listed)}table.{ending}").content
            kind = registry.kind(key)
            found = imports.judged(imports.begun(kind, file, by=by, at=SENT_AT), kind, at=SENT_AT)
            told = (found.rows > 1, found.writes, found.faults, found.doubtful)
            assert told == (True, 0, [], []), (key, ending, [kind.changes(one.what) for one in found.changed])
