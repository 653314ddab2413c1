"""One migrated database for all processes that test side by side: each takes a copy, for migrations take long.

The first process makes it; the one that started them all takes it away.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker, blocking_manager_key

PROCESS = "PYTEST_XDIST_WORKER"


def name() -> str:
    """Of the database that is copied, beside the one of a process that tests alone."""
    if connection.vendor == "sqlite":
        return str(Path(os.environ["RCRO_TEST_DIR"]) / "template.sqlite3")
    return f"test_{connection.settings_dict['NAME']}_template"


@contextmanager
def alone() -> Iterator[Path]:
    """Nobody else makes or copies it meanwhile; the file is there once it is made."""
    made = Path(os.environ["RCRO_TEST_DIR"]) / "template"
    with made.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield made


def take(process: str) -> None:
    """From here on the connection leads to this process's own copy."""
    with alone() as made:
        connection.settings_dict["TEST"]["NAME"] = name()
        if not made.exists():
            connection.creation.create_test_db(verbosity=0, autoclobber=True)
            made.touch()
        connection.close()
        connection.settings_dict["NAME"] = connection.settings_dict["TEST"]["NAME"]
        connection.creation.clone_test_db(process, verbosity=0)
    connection.settings_dict.update(connection.creation.get_test_db_clone_settings(process))
    if connection.vendor == "postgresql":
        be_quick()


def be_quick() -> None:
    """A test database need not survive a power cut: nobody who connects to it waits for its server's disk."""
    with connection.cursor() as cursor:
        cursor.execute(f'ALTER DATABASE "{connection.settings_dict["NAME"]}" SET synchronous_commit TO off')
    connection.close()


def drop(database: str) -> None:
    connection.settings_dict["NAME"] = database
    connection.creation.destroy_test_db(verbosity=0)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        take(os.environ[PROCESS])
    yield
    with django_db_blocker.unblock():
        drop(connection.settings_dict["NAME"])


def take_away(config: pytest.Config) -> None:
    """By the process that started the others, when all of them have ended."""
    with alone() as made, config.stash[blocking_manager_key].unblock():
        if made.exists():
            drop(name())
            made.unlink()
