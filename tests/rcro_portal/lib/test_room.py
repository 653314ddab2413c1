"""While the disk is nearly full, what would write is refused before it begins; pages are still read."""

import pytest
from django.test import Client
from pytest_django import Settings

from rcro_portal.lib import room
from reports.models import Letter
from reports.operations import health
from tests.factories import letters as walked
from tests.factories.moments import REGISTERED_AT
from tests.factories.reports import Office

pytestmark = pytest.mark.django_db
MEGABYTE = 1024 * 1024


@pytest.fixture
def left(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Megabytes that are left on the disk."""
    settings.SECOND_FACTOR_REQUIRED = False
    settings.LEAST_FREE_BYTES = 100 * MEGABYTE
    megabytes = [1000]
    monkeypatch.setattr(room, "free_bytes", lambda: megabytes[0] * MEGABYTE)
    return megabytes


def test_acts_are_refused_and_pages_are_read(office: Office, client: Client, left: list[int]) -> None:
    letter = walked.in_review(office)
    client.force_login(office.methodist)
    left[0] = 99
    answer = client.post(f"/letters/{letter.pk}/recall/", {"reason": "Ошибка в числе"})
    assert answer.status_code == 507
    assert room.WORDS in answer.content.decode()
    assert "Ошибка в числе" in answer.content.decode()
    assert Letter.objects.get(pk=letter.pk).status == letter.status
    assert client.get(f"/letters/{letter.pk}/").status_code == 200
    left[0] = 100
    assert client.post(f"/letters/{letter.pk}/recall/", {"reason": "Ошибка в числе"}).status_code != 507


def test_one_still_logs_in_and_checks_a_letter(client: Client, left: list[int]) -> None:
    left[0] = 1
    assert client.post("/accounts/login/", {"login": "a@b.example", "password": "x"}).status_code == 200
    assert client.post("/check/", {}).status_code == 422


@pytest.mark.parametrize(
    ("megabytes", "told"),
    [
        (200, []),
        (199, [("На диске портала осталось 199 МБ", "Мало места", "портал не примет ничего нового.")]),
        (99, [("На диске портала осталось 99 МБ", "Нет места", "портал сейчас не принимает ничего нового.")]),
    ],
)
def test_administrator_is_warned_in_time(left: list[int], megabytes: int, told: list[tuple[str, str, str]]) -> None:
    left[0] = megabytes
    found = [
        (row["title"], row["status_label"], row["note"].partition(" МБ, ")[2]) for row in health.troubles(REGISTERED_AT)
    ]
    assert found == told
