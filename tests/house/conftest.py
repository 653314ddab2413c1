"""The world of the tests of rights: made once for a module, and left as it was by each test with a database."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client, override_settings

from tests.house.world import World, build


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any, keys_dir: Path) -> Iterator[World]:
    """Outside the demonstration, with nobody owing a second factor; its transaction is never committed."""
    liberties = override_settings(KEYS_DIR=keys_dir, SECOND_FACTOR_REQUIRED=False, DEMO=False)
    with django_db_blocker.unblock(), liberties, transaction.atomic():
        yield build()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def clients(world: World) -> dict[str, Client]:
    """A browser for each role, logged in; the stranger's is not."""
    clients = {"stranger": Client()}
    for role, user in world.people.items():
        clients[role] = Client()
        clients[role].force_login(user)
    return clients
