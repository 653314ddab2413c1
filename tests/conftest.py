"""Fixtures that every test may use; those of one app stand in its own conftest."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import redis as redis_client
from django.core.cache import cache
from django.test import TransactionTestCase
from django.utils import timezone
from pytest_django import Settings

from reports import demo_authority
from tests.factories import reports as reports_factories
from tests.unguarded import lift, without_guards
from tests.worker import Worker

OURS = "rcro:tests"


@pytest.fixture(scope="session", autouse=True)
def own_redis() -> None:
    """Empties the Redis database of the tests once, but never one that holds somebody else's data."""
    from django.conf import settings

    if not settings.REDIS_URL:
        return
    with redis_client.Redis.from_url(settings.REDIS_URL) as broker:
        if broker.dbsize() and not broker.exists(OURS):
            pytest.exit(f"{settings.REDIS_URL} holds data that no test wrote: name an empty database.", returncode=1)
        broker.flushdb()
        broker.set(OURS, "1")


@pytest.fixture(scope="session", autouse=True)
def emptied_without_guards() -> Iterator[None]:
    """Tables whose rows never go are emptied after a test that commits."""
    with pytest.MonkeyPatch.context() as patched:
        tear_down = without_guards(TransactionTestCase._fixture_teardown)
        patched.setattr(TransactionTestCase, "_fixture_teardown", tear_down)
        yield


@pytest.fixture
def unguarded(db: None) -> None:
    """A test breaks by SQL what the guards would keep."""
    lift()


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
    sleeping.stop()


@pytest.fixture
def office(db: None) -> reports_factories.Office:
    """The house that sends letters, with everybody at their desks."""
    return reports_factories.office()


@pytest.fixture(scope="session")
def keys_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo authority with a key for the office's director, made once: RSA takes its time."""
    folder = tmp_path_factory.mktemp("keys")
    owners = {reports_factories.KEY_NAME: reports_factories.DIRECTOR}
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(demo_authority, "PASSWORD_ROUNDS", 1_000)
        demo_authority.issue(folder, owners=owners, password=reports_factories.KEY_PASSWORD, now=timezone.now())
    return folder


@pytest.fixture
def key(settings: Settings, keys_dir: Path) -> None:
    """The office's director can sign, with ``KEY_PASSWORD``."""
    settings.KEYS_DIR = keys_dir
