"""Fixtures that every test may use; those of one app stand in its own conftest."""

import contextlib
import datetime
import gc
import os
from collections.abc import Generator, Iterator
from pathlib import Path

import hypothesis
import pytest
import redis as redis_client
from django.core.cache import cache
from django.template import Context
from django.template.defaulttags import CsrfTokenNode
from django.test import TransactionTestCase
from pytest_django import Settings

from rcro_portal.lib import store
from tests import clock, drawings, template
from tests.databases import SAME_ON_BOTH, can_differ
from tests.factories import counting
from tests.factories import reports as reports_factories
from tests.factories.moments import TOMSK
from tests.without_triggers import drop, empty
from tests.worker import Worker

OURS = "rcro:tests"
# Marks of tests in which other processes or programs read the machine's clock.
GOES = ("browser", "faults", "machine_clock")

# The same few examples on every machine at any speed; «--hypothesis-profile=thorough» seeks for longer.
hypothesis.settings.register_profile("portal", derandomize=True, deadline=None, max_examples=25, database=None)
hypothesis.settings.register_profile("thorough", deadline=None, max_examples=1000, database=None)
hypothesis.settings.load_profile("portal")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--can-differ", action="store_true", help="only what PostgreSQL and SQLite may do differently")
    parser.addoption("--at", help="the moment in Tomsk at which the portal's clock stands: 2026-12-31T23:30")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Of a million objects that come then none dies before the end: nobody seeks circles among them, then or later."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """A file that is left out whole is not even loaded."""
    if collection_path.suffix != ".py" or not config.getoption("--can-differ"):
        return None
    return collection_path.relative_to(config.rootpath).as_posix() in SAME_ON_BOTH or None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--can-differ"):
        return
    left_out = [item for item in items if not can_differ(item, item.path.relative_to(config.rootpath).as_posix())]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in set(left_out)]


if template.PROCESS in os.environ:
    from tests.template import django_db_setup  # noqa: F401 - a fixture, in place of pytest-django's


def pytest_sessionfinish(session: pytest.Session) -> None:
    if template.PROCESS not in os.environ:
        template.take_away(session.config)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """What sends, reminds, numbers or counts days runs at every hard moment too."""
    if metafunc.definition.get_closest_marker("any_moment"):
        moments = [pytest.param(None, id="noon"), *(pytest.param(at, id=name) for name, at in clock.HARD.items())]
        metafunc.parametrize("stopped_clock", moments, indirect=True)


@pytest.fixture(scope="session", autouse=True)
def own_clock(request: pytest.FixtureRequest) -> Iterator[None]:
    """Also for what is prepared once for many tests."""
    asked = request.config.getoption("--at")
    at = datetime.datetime.fromisoformat(asked).replace(tzinfo=TOMSK) if asked else clock.NOON
    with clock.taken_over(at):
        yield


@pytest.fixture(autouse=True)
def stopped_clock(request: pytest.FixtureRequest) -> Iterator[datetime.datetime | None]:
    """The moment at which the portal's clock stands in this test; None where it goes with the machine's."""
    goes = any(map(request.node.get_closest_marker, GOES))
    at = None if goes else getattr(request, "param", None) or clock.now()
    with clock.standing(at):
        yield at


@pytest.fixture(autouse=True)
def same_people() -> Iterator[None]:
    with counting.from_the_first():
        yield


@pytest.fixture(scope="session", autouse=True)
def remembered_drawings() -> Iterator[None]:
    with drawings.remembered():
        yield


@pytest.fixture(autouse=True)
def drawn_anew(request: pytest.FixtureRequest, remembered_drawings: None) -> Iterator[None]:
    """Where a test is marked so."""
    with drawings.anew() if request.node.get_closest_marker("drawn_anew") else contextlib.nullcontext():
        yield


@pytest.fixture(autouse=True)
def own_files() -> Iterator[None]:
    """What a test put into the store is gone after it: the next may draw the same letter, and sees it written."""
    before = set(store.everything())
    yield
    for place in set(store.everything()) - before:
        place.unlink(missing_ok=True)
        # Hundreds of empty shelves would be walked through by every test after this one.
        with contextlib.suppress(OSError):
            place.parent.rmdir()


@pytest.fixture(scope="session", autouse=True)
def own_redis() -> Iterator[None]:
    """Empties the Redis database of the tests before and after, but never one that holds somebody else's data."""
    from django.conf import settings

    if not settings.REDIS_URL:
        yield
        return
    with redis_client.Redis.from_url(settings.REDIS_URL) as broker:
        if broker.dbsize() and not broker.exists(OURS):
            pytest.exit(f"{settings.REDIS_URL} holds data that no test wrote: name an empty database.", returncode=1)
        broker.flushdb()
        broker.set(OURS, "1")
        yield
        broker.flushdb()


@pytest.fixture(scope="session", autouse=True)
def emptied_without_triggers() -> Iterator[None]:
    """After a test that commits; Django would make models' names and permissions anew each time."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(TransactionTestCase, "_fixture_teardown", lambda _: empty())
        yield


@pytest.fixture(scope="session", autouse=True)
def forms_bear_their_token() -> Iterator[None]:
    """Django draws a form without it in silence, and tests' clients send none: only a browser would be refused."""
    drawn = CsrfTokenNode.render

    def draw(node: CsrfTokenNode, context: Context) -> str:
        assert context.get("csrf_token"), "a form without the token: its template was included with «only»"
        return drawn(node, context)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(CsrfTokenNode, "render", draw)
        yield


@pytest.fixture
def without_triggers(db: None) -> None:
    """A test breaks by SQL what the triggers would refuse."""
    drop()


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    yield
    cache.clear()


@pytest.fixture
def demo(settings: Settings) -> None:
    """The demonstration's liberties: its authority signs, nobody is asked for a second factor."""
    settings.DEMO = True
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def worker(transactional_db: None, demo: None) -> Iterator[Worker]:
    """A warm worker with its sweep; rows that a test commits are seen by it."""
    with Worker() as running:
        yield running


@pytest.fixture
def late_worker(transactional_db: None, demo: None) -> Iterator[Worker]:
    """A worker that is not started yet, for tests that choose when it comes, dies and comes back."""
    sleeping = Worker()
    yield sleeping
    if sleeping.alive:
        sleeping.kill()


@pytest.fixture
def office(db: None) -> reports_factories.Office:
    """The house that sends letters, with everybody at their desks."""
    return reports_factories.office()


@pytest.fixture(scope="session")
def keys_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo authority with a key for the office's director, made once: RSA takes its time."""
    return reports_factories.issue_key(tmp_path_factory.mktemp("keys"), now=clock.now())


@pytest.fixture(scope="session")
def machine_keys_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same for tests that live by the machine's clock, whatever year that says."""
    return reports_factories.issue_key(tmp_path_factory.mktemp("machine-keys"), now=clock.machine())


@pytest.fixture
def key(settings: Settings, stopped_clock: datetime.datetime | None, request: pytest.FixtureRequest) -> None:
    """The office's director can sign, with ``KEY_PASSWORD``."""
    settings.KEYS_DIR = request.getfixturevalue("keys_dir" if stopped_clock else "machine_keys_dir")
