"""Triggers by which the database itself refuses what no verb may do, on SQLite and on PostgreSQL.

A named constraint says what a row may be; a trigger says what may not become of it. What it refuses is an
IntegrityError with the trigger's name, for every caller: a verb, the admin, the shell, SQL of the portal's own role.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

# SQLite knows no TRUNCATE, and its triggers no function of their own.
NAME_AT_MOST = 63


@dataclass(frozen=True)
class Trigger:
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


def missing(connection: BaseDatabaseWrapper, triggers: Iterable[Trigger]) -> list[Trigger]:
    """Triggers that do not stand in the database as they are written here: dropped, altered or switched off."""
    ours = [trigger for trigger in triggers if _known(connection, trigger)]
    standing = _standing(connection)
    return [trigger for trigger in ours if standing.get(trigger.name) != _text(connection, trigger)]


def install(connection: BaseDatabaseWrapper, triggers: Iterable[Trigger]) -> None:
    """Create what is missing. What speaks of a table or a column that a migration has still to make waits for it."""
    absent = missing(connection, triggers)
    if not absent:
        return
    with connection.cursor() as cursor:
        tables = {trigger.table for trigger in absent} & set(connection.introspection.table_names(cursor))
        there = {table: _columns(connection, cursor, table) for table in tables}
        for trigger in absent:
            if trigger.table in there and trigger.columns <= there[trigger.table]:
                _drop(connection, cursor, trigger)
                for statement in _statements(connection, trigger):
                    cursor.execute(statement)


def drop(connection: BaseDatabaseWrapper, triggers: Iterable[Trigger]) -> None:
    """Drop triggers for a migration that must rewrite protected rows; ``install`` creates them again after it."""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        if connection.vendor == "postgresql":
            # No trigger goes while others of its table, such as deferred foreign keys, have still to fire.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for trigger in triggers:
            if trigger.table in tables:
                _drop(connection, cursor, trigger)
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _columns(connection: BaseDatabaseWrapper, cursor: CursorWrapper, table: str) -> set[str]:
    """Django's own description of a table parses the whole of its SQL."""
    cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)} LIMIT 0")  # noqa: S608
    return {name for name, *_ in cursor.description}


def _known(connection: BaseDatabaseWrapper, trigger: Trigger) -> bool:
    return connection.vendor == "postgresql" or trigger.act != "TRUNCATE"


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


def _text(connection: BaseDatabaseWrapper, trigger: Trigger) -> str:
    """What ``_standing`` tells of a trigger that is whole."""
    return _body(trigger) if connection.vendor == "postgresql" else _statements(connection, trigger)[0]


def _body(trigger: Trigger) -> str:
    """Late-bound, unlike a trigger's WHEN: a migration may still alter the columns that it names."""
    refusal = f"RAISE EXCEPTION '{trigger.name}' USING ERRCODE = 'integrity_constraint_violation'"
    row = {"UPDATE": "NEW", "DELETE": "OLD", "TRUNCATE": "NULL"}[trigger.act]
    return f" BEGIN IF {trigger.when or 'TRUE'} THEN {refusal}; END IF; RETURN {row}; END "


def _statements(connection: BaseDatabaseWrapper, trigger: Trigger) -> list[str]:
    head = f'CREATE TRIGGER "{trigger.name}" BEFORE {trigger.act} ON "{trigger.table}" FOR EACH'
    if connection.vendor == "postgresql":
        each = "STATEMENT" if trigger.act == "TRUNCATE" else "ROW"
        function = f'CREATE OR REPLACE FUNCTION "{trigger.name}"() RETURNS trigger LANGUAGE plpgsql AS'
        return [f"{function} $${_body(trigger)}$$", f'{head} {each} EXECUTE FUNCTION "{trigger.name}"()']
    when = f" WHEN {trigger.when}" if trigger.when else ""
    return [f"{head} ROW{when} BEGIN SELECT RAISE(ABORT, '{trigger.name}'); END"]


def _drop(connection: BaseDatabaseWrapper, cursor: CursorWrapper, trigger: Trigger) -> None:
    if _known(connection, trigger):
        on = f' ON "{trigger.table}"' if connection.vendor == "postgresql" else ""
        cursor.execute(f'DROP TRIGGER IF EXISTS "{trigger.name}"{on}')
