"""Guards: triggers by which the database itself refuses what no verb may do, on SQLite and on PostgreSQL.

A named constraint says what a row may be; a guard says what may not become of it. What breaks a guard is an
IntegrityError with the guard's name, whoever asks: a verb, the admin, the shell, plain SQL of the portal's own role.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

# SQLite knows no TRUNCATE, and its triggers no function of their own.
NAME_AT_MOST = 63


@dataclass(frozen=True)
class Guard:
    """Refuses ``act`` (UPDATE, DELETE, TRUNCATE) on rows of ``table``, always or where ``when`` holds of OLD and NEW.

    ``when`` is SQL that both databases read; ``columns`` are those that it names.
    """

    name: str
    table: str
    act: str
    when: str = ""
    columns: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        assert len(self.name) <= NAME_AT_MOST, self.name


def changed(*columns: str) -> str:
    """SQL that holds where one of the columns would change."""
    return " OR ".join(f'OLD."{column}" IS DISTINCT FROM NEW."{column}"' for column in columns)


def missing(connection: BaseDatabaseWrapper, guards: Iterable[Guard]) -> list[Guard]:
    """Guards that do not stand in the database as they are written here: dropped, altered or switched off."""
    ours = [guard for guard in guards if _known(connection, guard)]
    standing = _standing(connection)
    return [guard for guard in ours if standing.get(guard.name) != _text(connection, guard)]


def install(connection: BaseDatabaseWrapper, guards: Iterable[Guard]) -> None:
    """Puts up what is missing. What speaks of a table or a column that a migration has still to make waits for it."""
    absent = missing(connection, guards)
    if not absent:
        return
    with connection.cursor() as cursor:
        tables = {guard.table for guard in absent} & set(connection.introspection.table_names(cursor))
        there = {table: _columns(connection, cursor, table) for table in tables}
        for guard in absent:
            if guard.table in there and guard.columns <= there[guard.table]:
                _drop(connection, cursor, guard)
                for statement in _statements(connection, guard):
                    cursor.execute(statement)


def lift(connection: BaseDatabaseWrapper, guards: Iterable[Guard]) -> None:
    """For a migration that must rewrite guarded rows; ``install`` puts the guards back after it."""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        if connection.vendor == "postgresql":
            # No trigger goes while others of its table, such as deferred foreign keys, have still to fire.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for guard in guards:
            if guard.table in tables:
                _drop(connection, cursor, guard)
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _columns(connection: BaseDatabaseWrapper, cursor: CursorWrapper, table: str) -> set[str]:
    """Django's own description of a table parses the whole of its SQL."""
    cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)} LIMIT 0")  # noqa: S608
    return {name for name, *_ in cursor.description}


def _known(connection: BaseDatabaseWrapper, guard: Guard) -> bool:
    return connection.vendor == "postgresql" or guard.act != "TRUNCATE"


def _standing(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """Name and text of every trigger that fires."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT t.tgname, p.prosrc FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid "
                "WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A') AND pg_table_is_visible(t.tgrelid)"
            )
        else:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        return dict(cursor.fetchall())


def _text(connection: BaseDatabaseWrapper, guard: Guard) -> str:
    """What ``_standing`` tells of a guard that is whole."""
    return _body(guard) if connection.vendor == "postgresql" else _statements(connection, guard)[0]


def _body(guard: Guard) -> str:
    """Late-bound, unlike a trigger's WHEN: a migration may still alter the columns that it names."""
    refusal = f"RAISE EXCEPTION '{guard.name}' USING ERRCODE = 'integrity_constraint_violation'"
    row = {"UPDATE": "NEW", "DELETE": "OLD", "TRUNCATE": "NULL"}[guard.act]
    return f" BEGIN IF {guard.when or 'TRUE'} THEN {refusal}; END IF; RETURN {row}; END "


def _statements(connection: BaseDatabaseWrapper, guard: Guard) -> list[str]:
    head = f'CREATE TRIGGER "{guard.name}" BEFORE {guard.act} ON "{guard.table}" FOR EACH'
    if connection.vendor == "postgresql":
        each = "STATEMENT" if guard.act == "TRUNCATE" else "ROW"
        function = f'CREATE OR REPLACE FUNCTION "{guard.name}"() RETURNS trigger LANGUAGE plpgsql AS'
        return [f"{function} $${_body(guard)}$$", f'{head} {each} EXECUTE FUNCTION "{guard.name}"()']
    when = f" WHEN {guard.when}" if guard.when else ""
    return [f"{head} ROW{when} BEGIN SELECT RAISE(ABORT, '{guard.name}'); END"]


def _drop(connection: BaseDatabaseWrapper, cursor: CursorWrapper, guard: Guard) -> None:
    if _known(connection, guard):
        on = f' ON "{guard.table}"' if connection.vendor == "postgresql" else ""
        cursor.execute(f'DROP TRIGGER IF EXISTS "{guard.name}"{on}')
