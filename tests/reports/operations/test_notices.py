"""Administrators are told in the morning what the night found, and see who is told what."""

import datetime

import pytest
from django.core import mail
from django.test import Client
from pytest_django import Settings

from rcro_portal.lib.notices import telling
from rcro_portal.models import Notice
from reports.models import CheckRun
from reports.operations import health, inspection, notices, overdue
from tests import clock
from tests.factories.centers import UserFactory, administrator, staff
from tests.factories.moments import SENT_AT, tomsk
from tests.factories.notices import NoticeFactory

pytestmark = pytest.mark.django_db
NIGHT, MORNING = tomsk(3, 19, 3), tomsk(3, 19, 8)
BROKEN = {"Номера": ["нет сведений о № 7.", "нет сведений о № 9."], "Файлы": [], "Подписи": ["письмо 4."]}


def night(at: datetime.datetime = NIGHT, **findings: list[str]) -> CheckRun:
    run = CheckRun.objects.create(begun_at=at, ended_at=at, findings=findings)
    notices.tell_findings(run)
    return run


def test_what_the_night_found_comes_to_administrators_in_the_morning() -> None:
    boss = administrator()
    UserFactory(is_administrator=True, is_active=False), staff("methodist")
    night(**BROKEN)
    assert telling.tell_due(now=MORNING - datetime.timedelta(minutes=1)) == 0
    assert telling.tell_due(now=MORNING) == 1
    (message,) = mail.outbox
    assert message.to == [boss.email]
    assert "Проверка портала нашла 3 нарушения: Номера; Подписи." in str(message.body)
    assert "http://127.0.0.1:8000/inspection/" in str(message.body)


def test_later_inspection_takes_the_place_of_the_earlier() -> None:
    administrator()
    night(**BROKEN)
    night(NIGHT + datetime.timedelta(hours=2), Номера=["нет сведений о № 7."])
    assert telling.tell_due(now=MORNING) == 1
    assert "нашла 1 нарушение: Номера." in str(mail.outbox[0].body)
    night(NIGHT + datetime.timedelta(days=1), **BROKEN)
    night(NIGHT + datetime.timedelta(days=1, hours=2), Номера=[])
    assert telling.tell_due(now=MORNING + datetime.timedelta(days=1)) == 0
    assert Notice.objects.filter(status="taken_back", error=notices.SUPERSEDED).count() == 2


def test_inspection_tells_what_it_found(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    boss = administrator()
    monkeypatch.setattr(inspection, "found", lambda now: {"Номера": []})
    inspection.inspect(now=SENT_AT)
    assert not Notice.objects.exists()
    monkeypatch.setattr(inspection, "found", lambda now: {"Номера": ["нет сведений о № 7."]})
    inspection.inspect(now=SENT_AT)
    assert list(Notice.objects.values_list("reason", "email", "in_digest")) == [("inspection", boss.email, True)]
    assert [*overdue.overdue(SENT_AT + datetime.timedelta(hours=1))] == []


def test_digest_that_did_not_arrive_is_on_the_home_page() -> None:
    assert health.troubles(clock.now()) == []
    told = {"reason": "digest", "planned_at": clock.now()}
    NoticeFactory(**told, status="failed", error="550 нет такого ящика")
    NoticeFactory(**told, status="sent", sent_at=clock.now())
    (row,) = health.troubles(clock.now())
    assert row["title"] == "Утренняя сводка не дошла: vetrova@school.example"
    assert (row["note"], row["url"]) == ("550 нет такого ящика", "/notices/")
    assert health.troubles(clock.now() + datetime.timedelta(days=4)) == []
    Notice.objects.filter(status="failed").update(status="unknown")
    (row,) = health.troubles(clock.now())
    assert row["title"] == "Утренняя сводка могла не дойти: vetrova@school.example"


# -- The page -----------------------------------------------------------------------------------------


@pytest.fixture
def page(client: Client, settings: Settings) -> Client:
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(administrator())
    return client


def test_page_says_who_is_told_what_and_when(page: Client) -> None:
    text = page.get("/notices/").content.decode()
    for reason in ("Приглашение в портал", "Изменился вход в портал", "Письмо подписано", "Ночная проверка портала"):
        assert reason in text
    assert [words in text for words in ("утром, в сводке", "сразу, и ночью", "сразу; ночью ждёт утра")] == [True] * 3
    assert "можно отказаться" in text
    assert "Таких нет" in text


@pytest.mark.parametrize("rows", [1, 3])
def test_page_names_what_may_not_have_arrived(rows: int, page: Client, django_assert_num_queries: object) -> None:
    for number in range(rows):
        NoticeFactory(reason="invitation", status="unknown", error=f"Связь {number}.", planned_at=clock.now())
    NoticeFactory(reason="invitation", status="sent", sent_at=clock.now(), planned_at=clock.now())
    NoticeFactory(status="failed", error="Давно.", planned_at=clock.now() - datetime.timedelta(days=31))
    with django_assert_num_queries(6):
        text = page.get("/notices/").content.decode()
    assert [f"Связь {number}." in text for number in range(rows)] == [True] * rows
    assert "Давно." not in text


def test_administrator_looks_and_sends_once_more(page: Client) -> None:
    """The portal's own clock stands at noon of a working day."""
    notice = NoticeFactory(reason="inspection", status="unknown", error="Связь прервалась.", planned_at=clock.now())
    assert f"/notices/{notice.pk}/" in page.get("/notices/").content.decode()
    look = page.get(f"/notices/{notice.pk}/").content.decode()
    assert [words in look for words in ("Связь прервалась.", "Отправить ещё раз", "Сообщение пришло")] == [True] * 3
    after = page.post(f"/notices/{notice.pk}/again/", follow=True).content.decode()
    assert "Сообщение уйдёт в ближайшую минуту." in after
    assert [words in after for words in ("Отправлено снова", "Отправить ещё раз")] == [True, False]
    assert page.post(f"/notices/{notice.pk}/again/").status_code == 409


def test_administrator_learns_that_it_is_there(page: Client) -> None:
    notice = NoticeFactory(reason="inspection", status="unknown", planned_at=clock.now())
    after = page.post(f"/notices/{notice.pk}/arrived/", follow=True).content.decode()
    assert ["сообщение пришло" in after, "Решение о нём" in after, "Что делать" in after] == [True, True, False]
