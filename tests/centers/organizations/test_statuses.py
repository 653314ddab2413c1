"""An organisation becomes a centre by an act; later acts move the last day of its status."""

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from centers.models import Center, StatusGrant
from centers.organizations import statuses
from tests.factories.centers import CenterFactory, CoordinatorFactory, OrganizationFactory, StatusGrantFactory, staff

pytestmark = pytest.mark.django_db
ACT = {"act_number": "17-р", "act_on": "2021-12-20"}


@pytest.fixture
def methodist(client: Client) -> Client:
    client.force_login(staff("methodist"))
    return client


@pytest.fixture
def grant() -> StatusGrant:
    return StatusGrantFactory(until="2022-12-31")


def errors(answer: Any) -> dict[str, list[str]]:
    return {name: list(words) for name, words in answer.context["form"].errors.items()}


def test_an_organisation_becomes_a_centre_with_its_act(methodist: Client) -> None:
    organization = OrganizationFactory(short_name="Лицей реки")
    asked = methodist.get(f"/centers/new/?organization={organization.pk}").content.decode()
    assert "Лицей реки" in asked
    page = {**ACT, "organization": organization.pk, "since": "2022-01-01"}
    made = methodist.post("/centers/new/", page)
    center = Center.objects.get()
    assert (made.headers["Location"], center.organization) == (f"/centers/{center.pk}/", organization)
    assert center.grants.get().act_number == "17-р"
    again = methodist.post("/centers/new/", page)
    assert (again.status_code, list(errors(again))) == (422, ["organization"])


def test_a_bad_act_leaves_no_centre(methodist: Client) -> None:
    page = {**ACT, "organization": OrganizationFactory().pk, "since": "2022-01-01", "until": "2021-12-31"}
    assert errors(methodist.post("/centers/new/", page)) == {"until": ["Последний день раньше первого."]}
    assert not Center.objects.exists()


def test_words_find_organisations_that_are_no_centres(methodist: Client) -> None:
    CenterFactory(organization__short_name="Лицей № 1")
    OrganizationFactory(short_name="Лицей № 2")
    OrganizationFactory(short_name="Лицей № 3", archived_at="2026-01-01T00:00Z", archive_reason="Закрыт")
    found = methodist.get("/choices/not-yet-center/?name=organization&organization-words=лицей").content.decode()
    assert [name in found for name in ("Лицей № 1", "Лицей № 2", "Лицей № 3")] == [False, True, False]
    sent = methodist.post("/centers/new/", {**ACT, "organization-words": "лицей", "since": "2022-01-01"})
    assert errors(sent) == {"organization": ["Набрано, но не выбрано. Выберите из найденного или сотрите набранное."]}
    assert "Лицей № 2" in sent.content.decode()


def test_acts_extend_and_withdraw(methodist: Client, grant: StatusGrant) -> None:
    path = f"/centers/{grant.center_id}/grants/{grant.pk}"
    early = methodist.post(f"{path}/extend/", {**ACT, "until": "2022-12-31"})
    assert errors(early) == {"until": ["Продлить можно на день позже 31.12.2022."]}
    assert methodist.post(f"{path}/extend/", {**ACT, "until": "2024-12-31"}).status_code == 302
    late = methodist.post(f"{path}/withdraw/", {**ACT, "act_number": "18-р", "until": "2025-01-01"})
    assert list(errors(late)) == ["until"]
    assert methodist.post(f"{path}/withdraw/", {**ACT, "act_number": "18-р", "until": "2023-06-30"}).status_code == 302
    grant.refresh_from_db()
    assert grant.until == datetime.date(2023, 6, 30)
    page = methodist.get(f"/centers/{grant.center_id}/").content.decode()
    words = "с 01.01.2020 по 30.06.2023; продлён распоряжением № 17-р от 20.12.2021; прекращён распоряжением № 18-р"
    assert words in page
    refused = methodist.post(f"{path}/delete/")
    said = refused.content.decode()
    assert (refused.status_code, "изменения срока статуса: 2" in said, "в архив" in said) == (409, True, False)


def test_a_status_without_a_last_day_is_not_extended_and_a_centre_is_not_made_twice(methodist: Client) -> None:
    endless = StatusGrantFactory(until=None)
    path = f"/centers/{endless.center_id}/grants/{endless.pk}"
    sent = methodist.post(f"{path}/extend/", {**ACT, "until": "2030-12-31"})
    assert errors(sent) == {"until": ["Статус присвоен без последнего дня: продлевать нечего."]}
    with pytest.raises(ValidationError, match="Эта организация уже РВЦИ"):
        statuses.make_center(Center, organization=endless.center.organization, by=None)


def test_a_status_is_not_ended_before_its_coordinator(methodist: Client, grant: StatusGrant) -> None:
    CoordinatorFactory(center=grant.center, until="2022-12-31")
    path = f"/centers/{grant.center_id}/grants/{grant.pk}"
    answer = methodist.post(f"{path}/withdraw/", {**ACT, "until": "2022-06-30"})
    assert answer.status_code == 422
    assert "Назначение захватывает 01.07.2022." in answer.content.decode()


def test_a_status_is_not_deleted_beneath_its_coordinator(methodist: Client, grant: StatusGrant) -> None:
    post = CoordinatorFactory(center=grant.center, until="2022-12-31")
    path = f"/centers/{grant.center_id}/grants/{grant.pk}"
    refused = methodist.post(f"{path}/delete/")
    assert (refused.status_code, "сначала прекратите назначение" in refused.content.decode()) == (409, True)
    post.delete()
    assert methodist.post(f"{path}/delete/").status_code == 302
    assert not StatusGrant.objects.exists()
