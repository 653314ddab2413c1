"""Guards dropped: a test breaks by SQL what the database would not let it break, and empties tables after it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, connection, transaction

from rcro_portal.lib import db_triggers
from reports.operations import append_only_triggers

# No test alters what migrations write of models and permissions; a web server beside the tests remembers their keys.
KEPT = {"django_content_type", "auth_permission"}


def drop(*, but: str = "") -> None:
    """No trigger refuses, except the one named; a rollback or ``empty`` puts them back."""
    guards = append_only_triggers.guards()
    # A rule of terms is kept by several, which begin with its name.
    db_triggers.drop(connection, [one for one in guards if not (but and one.name.startswith(but))])


@contextmanager
def dropped() -> Iterator[None]:
    """Within it a test makes what no portal may, such as a past without a row; then all triggers stand again."""
    drop()
    yield
    db_triggers.install(connection, append_only_triggers.all_triggers())


def empty() -> None:
    """Leaves no row of the portal's: no portal may do so, a test that commits must.

    What a web server or a worker beside the test still writes meanwhile is emptied at the next try.
    """
    for last in (False, False, True):
        try:
            with transaction.atomic():
                _delete(_filled())
            break
        except IntegrityError:
            if last:
                raise
    db_triggers.install(connection, append_only_triggers.all_triggers())


def _delete(tables: set[str]) -> None:
    triggers = append_only_triggers.all_triggers()
    # A constraint that excludes keeps no row from going.
    db_triggers.drop(connection, [one for one in triggers if one.table in tables and not one.may_wait])
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'DELETE FROM "{table}"')


def _filled() -> set[str]:
    """To empty the other tables too would take most of the time."""
    tables = set(connection.introspection.django_table_names(only_existing=True, include_views=False)) - KEPT
    asked = (f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM \"{table}\")" for table in tables)
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(asked))
        return {table for (table,) in cursor.fetchall()}
