"""Triggers by which the database itself refuses what no verb may do, on SQLite and on PostgreSQL.

A named constraint says what a row may be; a trigger says what may not become of it. What it refuses is an
IntegrityError with the trigger's name, for every caller: a verb, the admin, the shell, SQL of the portal's own role.
Triggers that do something else (``rcro_portal.lib.changes.recorders``) are installed and looked after here as well.
"""

import logging
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Protocol

from django.db import DatabaseError, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

log = logging.getLogger(__name__)
# SQLite knows no TRUNCATE, and its triggers no function of their own.
NAME_AT_MOST = 63


class Installed(Protocol):
    """What ``install``, ``missing`` and ``drop`` ask of a trigger.

    ``columns`` of its table and other tables that it ``needs`` must be there first.
    """

    @property
    def name(self) -> str: ...

    @property
    def table(self) -> str: ...

    @property
    def columns(self) -> Collection[str]: ...

    @property
    def needs(self) -> Collection[str]: ...

    @property
    def may_wait(self) -> bool:
        """Whether rows that break it already keep it from being made, and stop nothing by that."""

    def is_known_to(self, vendor: str) -> bool:
        """Whether the database has such triggers at all."""

    def statements(self, vendor: str) -> list[str]:
        """SQL that creates it."""

    def text(self, vendor: str) -> str:
        """What the database tells of one that is whole: PostgreSQL the function's body or the comment of a constraint,
        SQLite the statement.
        """

    def drop(self, vendor: str) -> str:
        """SQL that takes it away if it is there."""


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
    needs: frozenset[str] = frozenset()
    may_wait: bool = False

    def __post_init__(self) -> None:
        assert len(self.name) <= NAME_AT_MOST, self.name

    def is_known_to(self, vendor: str) -> bool:
        return vendor == "postgresql" or self.act != "TRUNCATE"

    def drop(self, vendor: str) -> str:
        return dropping(self.name, self.table, vendor)

    def text(self, vendor: str) -> str:
        return self._body() if vendor == "postgresql" else self.statements(vendor)[0]

    def statements(self, vendor: str) -> list[str]:
        head = f'CREATE TRIGGER "{self.name}" BEFORE {self.act} ON "{self.table}" FOR EACH'
        if vendor == "postgresql":
            each = "STATEMENT" if self.act == "TRUNCATE" else "ROW"
            return on_postgresql(self.name, f"{head} {each}", self._body())
        when = f" WHEN {self.when}" if self.when else ""
        return [f"{head} ROW{when} BEGIN SELECT RAISE(ABORT, '{self.name}'); END"]

    def _body(self) -> str:
        """Late-bound, unlike a trigger's WHEN: a migration may still alter the columns that it names."""
        refusal = f"RAISE EXCEPTION '{self.name}' USING ERRCODE = 'integrity_constraint_violation'"
        row = {"UPDATE": "NEW", "DELETE": "OLD", "TRUNCATE": "NULL"}[self.act]
        return f" BEGIN IF {self.when or 'TRUE'} THEN {refusal}; END IF; RETURN {row}; END "


def on_postgresql(name: str, head: str, body: str) -> list[str]:
    """A function and the trigger that calls it, both of that name."""
    function = f'CREATE OR REPLACE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql AS'
    return [f"{function} $${body}$$", f'{head} EXECUTE FUNCTION "{name}"()']


def dropping(name: str, table: str, vendor: str) -> str:
    """SQL that takes a trigger away if it is there."""
    on = f' ON "{table}"' if vendor == "postgresql" else ""
    return f'DROP TRIGGER IF EXISTS "{name}"{on}'


def changed(*columns: str) -> str:
    """SQL that holds where one of the columns would change."""
    return " OR ".join(f'OLD."{column}" IS DISTINCT FROM NEW."{column}"' for column in columns)


def missing(connection: BaseDatabaseWrapper, triggers: Iterable[Installed]) -> list[Installed]:
    """Triggers that do not stand in the database as they are written here: dropped, altered or switched off."""
    vendor, standing = connection.vendor, _standing(connection)
    ours = [trigger for trigger in triggers if trigger.is_known_to(vendor)]
    return [trigger for trigger in ours if standing.get(trigger.name) != trigger.text(vendor)]


def install(connection: BaseDatabaseWrapper, triggers: Iterable[Installed]) -> None:
    """Create what is missing. What speaks of a table or a column that a migration has still to make waits for it."""
    absent = missing(connection, triggers)
    if not absent:
        return
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        ready = [trigger for trigger in absent if {trigger.table, *trigger.needs} <= tables]
        there = {table: _columns(connection, cursor, table) for table in {trigger.table for trigger in ready}}
        for trigger in ready:
            if set(trigger.columns) <= there[trigger.table]:
                _create(connection, cursor, trigger)


def _create(connection: BaseDatabaseWrapper, cursor: CursorWrapper, trigger: Installed) -> None:
    try:
        with transaction.atomic(using=connection.alias):
            _drop(connection, cursor, trigger)
            for statement in trigger.statements(connection.vendor):
                cursor.execute(statement)
    except DatabaseError as error:
        if not trigger.may_wait:
            raise
        log.warning("%s is not kept by the database yet: %s", trigger.name, str(error).splitlines()[0])


def drop(connection: BaseDatabaseWrapper, triggers: Iterable[Installed]) -> None:
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


def _standing(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """Name and text of every trigger that fires, and of every constraint that excludes."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT t.tgname, p.prosrc FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid "
                "WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A') AND pg_table_is_visible(t.tgrelid) "
                "UNION ALL SELECT conname, obj_description(oid, 'pg_constraint') FROM pg_constraint "
                "WHERE contype = 'x' AND pg_table_is_visible(conrelid)"
            )
        else:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        return dict(cursor.fetchall())


def _drop(connection: BaseDatabaseWrapper, cursor: CursorWrapper, trigger: Installed) -> None:
    if trigger.is_known_to(connection.vendor):
        cursor.execute(trigger.drop(connection.vendor))
