"""Guards lifted: a test breaks by SQL what the database would not let it break, and a flush empties the tables."""

from collections.abc import Callable
from typing import Any

from django.db import connection, transaction

from rcro_portal import guards
from reports import append_only


def lift(*, but: str = "") -> None:
    """No guard stands, except the one named; a rollback or ``without_guards`` puts them back."""
    guards.lift(connection, [guard for guard in append_only.all_guards() if guard.name != but])


def without_guards(tear_down: Callable[..., None]) -> Callable[..., None]:
    """A teardown that empties the tables: no portal may do so, a test must."""

    def emptied(*args: Any, **options: Any) -> None:
        with transaction.atomic():
            lift()
        tear_down(*args, **options)
        guards.install(connection, append_only.all_guards())

    return emptied
