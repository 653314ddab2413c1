"""The portal inspects itself: the command, the nightly run, the administrator's page."""

import datetime
from io import StringIO
from pathlib import Path

import pytest
from celery.schedules import crontab
from django.conf import settings as portal
from django.core.management import CommandError, call_command
from django.test import Client
from kombu.exceptions import OperationalError
from pytest_django import Settings

from rcro_portal.celery import app
from rcro_portal.lib import store
from reports import nudges, tasks
from reports.models import CheckRun, Letter, LetterFile
from reports.operations import health, inspection, invariants, overdue, redrawing
from tests import clock
from tests.factories import letters as walked
from tests.factories.centers import UserFactory, administrator
from tests.factories.moments import SENT_AT
from tests.factories.reports import Office

pytestmark = pytest.mark.django_db
MORE = ["В хранилище нет лишнего", "База данных не даёт менять записанное", "Ничто не ждёт дольше пяти минут"]


@pytest.fixture(autouse=True)
def shelf(settings: Settings, tmp_path: Path) -> None:
    settings.STORE_DIR = tmp_path / "store"
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def letter(office: Office, without_triggers: None) -> Letter:
    """Its recipients and drafts wait for nobody: there are none."""
    return walked.awaiting(office)


@pytest.fixture
def admin(client: Client) -> Client:
    client.force_login(administrator())
    return client


def run(**findings: list[str]) -> CheckRun:
    return CheckRun.objects.create(begun_at=SENT_AT, ended_at=SENT_AT, findings=findings)


def test_command_says_that_all_holds(office: Office) -> None:
    walked.awaiting(office)
    said = StringIO()
    call_command("check_invariants", stdout=said)
    assert said.getvalue().splitlines() == [f"{title}: да" for title in (*invariants.INVARIANTS, *MORE)]


def test_command_ends_with_an_error_where_something_is_broken(letter: Letter) -> None:
    LetterFile.objects.filter(pk=letter.final_id).update(size=1)
    said = StringIO()
    with pytest.raises(CommandError, match=r"^Нарушений: \d+\.$"):
        call_command("check_invariants", stdout=said)
    lines = said.getvalue().splitlines()
    assert lines[lines.index("Файлы на месте и не изменились: нарушено") + 1] == (
        f"  Файл {letter.final.digest[:12]}… другой длины, чем записано. Это файл письма {letter.pk} ({letter.final})."
    )
    assert "База данных не даёт менять записанное: нарушено" in lines


def test_night_keeps_what_it_found(office: Office) -> None:
    letter = walked.awaiting(office)
    store.path(letter.final.digest).unlink()
    inspection.inspect(now=SENT_AT)
    kept = CheckRun.objects.get()
    words = f"Файла {letter.final.digest[:12]}… нет в хранилище. Обратитесь к администратору."
    assert kept.begun_at == SENT_AT
    assert kept.begun_at <= kept.ended_at < SENT_AT + datetime.timedelta(minutes=5)
    assert kept.findings["Файлы на месте и не изменились"] == [f"{words} Это файл письма {letter.pk} ({letter.final})."]
    assert kept.findings[inspection.REDRAWN] == [f"Письмо {letter.pk} ({letter.entry}): не рисуется: {words}"]
    assert inspection.total(kept) == 2
    assert set(kept.findings) == {*invariants.INVARIANTS, *MORE, inspection.REDRAWN}


def test_night_draws_a_sample_again(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    walked.awaiting(office)
    asked: list[int | None] = []
    monkeypatch.setattr(redrawing, "redraw", lambda sample: asked.append(sample) or iter(()))
    inspection.inspect(now=SENT_AT)
    assert asked == [20]


def test_row_holds_only_so_many_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(overdue, "overdue", lambda now: (str(number) for number in range(250)))
    inspection.inspect(now=SENT_AT)
    words = CheckRun.objects.get().findings["Ничто не ждёт дольше пяти минут"]
    assert (words[:100], words[100:]) == ([str(number) for number in range(100)], ["И ещё 150."])


def test_every_night_at_three_in_tomsk() -> None:
    entry = portal.CELERY_BEAT_SCHEDULE["inspect"]
    assert (entry["task"], entry["schedule"]) == (tasks.inspect.name, crontab(hour=3, minute=0))
    assert (portal.CELERY_TIMEZONE, app.conf.timezone) == ("Asia/Tomsk", "Asia/Tomsk")


def test_the_task_inspects() -> None:
    tasks.inspect()
    assert CheckRun.objects.count() == 1


# -- The page -----------------------------------------------------------------------------------------


def test_page_before_the_first_night(admin: Client) -> None:
    text = admin.get("/inspection/").content.decode()
    assert "Проверок ещё не было" in text
    assert "Проверить сейчас" in text


def test_page_says_that_all_is_well(admin: Client) -> None:
    run(Номера=[], Файлы=[])
    text = admin.get("/inspection/").content.decode()
    assert "Последняя проверка: 18.03.2026, 10:01" in text
    assert "Всё в порядке" in text
    assert "<li>Номера</li><li>Файлы</li>" in text


def test_page_names_every_finding_and_earlier_runs(admin: Client) -> None:
    run(Номера=[])
    run(Номера=["нет сведений о № 7.", "<b>"], Файлы=[])
    text = admin.get("/inspection/").content.decode()
    assert "Номера: нарушено" in text
    assert "<li>нет сведений о № 7.</li><li>&lt;b&gt;</li>" in text
    assert "Прежние проверки" in text
    assert text.count("Всё в порядке") == 1


def test_asked_for_now_it_is_waited_for(admin: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    rung: list[bool] = []
    monkeypatch.setattr(nudges, "inspect", lambda: rung.append(True))
    response = admin.post("/inspection/begin/")
    assert (response.status_code, rung) == (302, [True])
    page = admin.get(response["Location"]).content.decode()
    assert "Идёт проверка" in page
    state = response["Location"].replace("/inspection/", "/inspection/state/")
    assert f'hx-get="{state.replace("&", "&amp;")}"' in page
    assert admin.get(state).status_code == 200
    inspection.inspect(now=clock.now())
    arrived = admin.get(state)
    assert (arrived.status_code, arrived["HX-Redirect"]) == (204, "/inspection/")
    assert "Идёт проверка" not in admin.get(response["Location"]).content.decode()


@pytest.mark.parametrize("asked", ["", "вчера", "2026-13-45T00:00", "2026-03-18T10:00:00"])
def test_nonsense_is_waited_for_by_nobody(admin: Client, asked: str) -> None:
    assert "Идёт проверка" not in admin.get("/inspection/", {"asked": asked}).content.decode()


@pytest.mark.parametrize("error", [OperationalError("no"), ConnectionRefusedError("no")])
def test_dead_broker_is_said_at_once(admin: Client, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def fails() -> None:
        raise error

    monkeypatch.setattr(nudges, "inspect", fails)
    response = admin.post("/inspection/begin/")
    assert response.status_code == 409
    assert "Очередь заданий не отвечает, проверка не началась." in response.content.decode()


def test_page_is_the_administrators(client: Client) -> None:
    client.force_login(UserFactory())
    assert client.get("/inspection/").status_code == 403


# -- The home page --------------------------------------------------------------------------------------


def test_home_says_when_the_portal_was_inspected(admin: Client) -> None:
    assert "ещё не проводилась" in admin.get("/").content.decode()
    run(Номера=[])
    assert "18.03.2026, 10:01. Всё в порядке" in admin.get("/").content.decode()
    run(Номера=["нет сведений о № 7."], Файлы=["нет файла", "нет файла"])
    text = admin.get("/").content.decode()
    assert "18.03.2026, 10:01. 3 нарушения" in text
    assert "Номера; Файлы" in text


def test_forgotten_inspection_is_a_trouble() -> None:
    run(Номера=[])
    hours = datetime.timedelta(hours=1)
    assert [one["title"] for one in health.troubles(SENT_AT + 25 * hours)] == []
    assert [one["title"] for one in health.troubles(SENT_AT + 27 * hours)] == ["Портал давно не проверялся"]
