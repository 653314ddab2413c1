"""The world of the tests of rights: made once for a process, and left as it was by each test with a database."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client, override_settings

from tests.house.world import World, build


@pytest.fixture(scope="package")
def outside_demo(keys_dir: Path) -> override_settings:
    """Nobody owes a second factor."""
    return override_settings(KEYS_DIR=keys_dir, SECOND_FACTOR_REQUIRED=False, DEMO=False)


@pytest.fixture(scope="package")
def world(django_db_setup: None, django_db_blocker: Any, outside_demo: override_settings) -> Iterator[World]:
    """Its transaction is never committed."""
    whole = transaction.atomic()
    with django_db_blocker.unblock(), outside_demo:
        whole.__enter__()
        made = build()
    yield made
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        whole.__exit__(None, None, None)


@pytest.fixture(scope="module")
def clients(world: World, django_db_blocker: Any) -> dict[str, Client]:
    """A browser for each role, logged in; the stranger's is not."""
    clients = {"stranger": Client()}
    with django_db_blocker.unblock():
        for role, user in world.people.items():
            clients[role] = Client()
            clients[role].force_login(user)
    return clients


@pytest.fixture(autouse=True)
def in_the_world(request: pytest.FixtureRequest) -> Iterator[None]:
    """Its settings hold as long as it is looked at."""
    if "world" not in request.fixturenames:
        yield
        return
    with request.getfixturevalue("outside_demo"):
        yield
