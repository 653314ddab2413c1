"""Cache, broker or database away: pages go on by themselves, or say in words when to ask again."""

import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import InterfaceError, OperationalError, ProgrammingError
from django.test import Client
from pytest_django import Settings

from rcro_portal import outage
from rcro_portal.lib import soft_cache
from reports.models import Letter
from tests.factories import letters as walked
from tests.factories.reports import Office
from tests.pace import Stopwatch
from tests.worker import environment, until

pytestmark = [pytest.mark.faults, pytest.mark.django_db]
# Once for all requests, and what the pages themselves take on a busy machine; unmended each request waited five.
AT_MOST_SECONDS = soft_cache.WAIT_SECONDS + 4
NOBODY = "redis://127.0.0.1:1/0"


@pytest.fixture
def frozen(tmp_path: Path) -> Iterator[str]:
    """A Redis of its own that takes connections and says nothing."""
    if shutil.which("redis-server") is None:
        pytest.skip("no redis-server on this machine")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        until(lambda: _answers(port), 10, lambda: "redis-server does not start")
        process.send_signal(signal.SIGSTOP)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()


def _answers(port: int) -> bool:
    with socket.socket() as asked:
        return asked.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture(params=["down", "frozen"])
def away(request: pytest.FixtureRequest, settings: Settings) -> Iterator[None]:
    """The production's cache, whose Redis does not answer."""
    location = NOBODY if request.param == "down" else request.getfixturevalue("frozen")
    settings.REDIS_URL = location
    settings.CACHES = {"default": {"BACKEND": "rcro_portal.lib.soft_cache.SoftRedis", "LOCATION": location}}
    yield
    soft_cache.forget()


@pytest.mark.usefixtures("away")
def test_without_redis_the_check_page_answers_and_still_counts(client: Client, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "check_letter": "3/m/ip"}
    watch = Stopwatch()
    answers = [client.get("/check/", {"number": "941", "day": "2020-09-17"}).status_code for _ in range(4)]
    assert answers[-1] == 429
    assert set(answers[:-1]) <= {200, 422}
    assert watch.within(AT_MOST_SECONDS)


@pytest.mark.usefixtures("away")
def test_without_redis_one_logs_in_and_wrong_passwords_are_still_counted(office: Office, client: Client) -> None:
    office.clerk.set_password("a long password of the test")
    office.clerk.save()
    watch = Stopwatch()
    wrong = {"login": office.director.email, "password": "not it at all"}
    answers = [client.post("/accounts/login/", wrong).content.decode() for _ in range(6)]
    assert "слишком много" not in answers[0].lower()
    assert answers[5] != answers[0]
    right = {"login": office.clerk.email, "password": "a long password of the test"}
    assert client.post("/accounts/login/", right).status_code == 302
    assert watch.within(AT_MOST_SECONDS + 2)


@pytest.mark.usefixtures("away")
def test_without_redis_the_draft_of_a_letter_in_review_is_drawn_anew(
    office: Office, client: Client, settings: Settings
) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    letter: Letter = walked.in_review(office)
    client.force_login(office.director)
    assert client.get(f"/letters/{letter.pk}/").status_code == 200


# -- The database -------------------------------------------------------------------------------------

ASKED = """
import json, django
django.setup()
from django.test import Client
client = Client(raise_request_exception=False, HTTP_HOST="127.0.0.1")
client.cookies["sessionid"] = "of-somebody"
asked = [("/", {}), ("/check/?number=941&day=2020-09-17", {}), ("/check/made-up/", {"HX-Request": "true"}),
    ("/accounts/login/", {}), ("/no-such-page/", {})]
answers = [(address, client.get(address, headers=headers)) for address, headers in asked]
print(json.dumps([
    (address, a.status_code, a.headers.get("Retry-After"), a.content.decode()) for address, a in answers]))
"""


def test_without_postgresql_pages_say_in_words_when_to_come_again() -> None:
    variables = environment(DATABASE_URL="postgres://portal@127.0.0.1:1/portal", REDIS_URL="")
    variables["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    watch = Stopwatch()
    ran = subprocess.run([sys.executable, "-c", ASKED], env=variables, capture_output=True, check=False)
    assert ran.returncode == 0, ran.stderr.decode()[-3000:]
    assert watch.within(20)
    answers = json.loads(ran.stdout)
    found = {address: (status, after) for address, status, after, _ in answers}
    assert set(found.values()) == {(503, "30")}
    assert all("Подождите полминуты" in page for _, _, _, page in answers)
    pages = {address: page for address, _, _, page in answers}
    assert "<h1>Портал ненадолго недоступен</h1>" in pages["/"]
    assert "<h1>" not in pages["/check/made-up/"]


def caused(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


def of_sqlite(code: int) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("as SQLite says it")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("error", "away"),
    [
        (OperationalError("the connection is closed"), True),
        (InterfaceError("connection already closed"), True),
        (caused(OperationalError("database is locked"), of_sqlite(sqlite3.SQLITE_BUSY)), True),
        (caused(OperationalError("database or disk is full"), of_sqlite(sqlite3.SQLITE_FULL)), True),
        (caused(OperationalError("no such table"), of_sqlite(sqlite3.SQLITE_ERROR)), False),
        (ProgrammingError("no such relation"), False),
        (ValueError("ours"), False),
        (None, False),
    ],
)
def test_only_a_database_that_cannot_work_is_an_outage(error: Exception | None, away: bool) -> None:
    assert outage.is_outage(error) is away
