"""Tells the database whose act is under way, just before a record is changed and for that transaction only.

PostgreSQL forgets ``set_config(…, true)`` at the transaction's end. SQLite knows no such thing: there the author stands
in a table of one row, for one statement; the row is gone before anybody commits, so no later change, of this process
or of another program, can bear the name of an earlier person.
"""

import itertools
import re
from collections.abc import Callable
from typing import Any

from django.db import transaction

from rcro_portal.lib.changes import authorship
from rcro_portal.lib.changes.declared import tables

SETTING, BETWEEN = "rcro.author", "\x1f"
TABLE = "rcro_portal_presentauthor"
NOBODY = BETWEEN * 2
THROUGH_AT_MOST = 200
_BEGINS = re.compile(
    r'\s*(?:INSERT\b[^"(]*INTO|REPLACE INTO|UPDATE(?: OR \w+)?|DELETE FROM|MERGE INTO)\s+"?(\w+)', re.I
)
_WITHIN = re.compile(r'\b(?:INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.I)

type Execute = Callable[[str, Any, bool, dict[str, Any]], Any]


def follow(connection: Any, **_: Any) -> None:
    """The receiver of ``connection_created``: from then on every statement of the connection passes here."""
    connection.author_told = None
    if _named not in connection.execute_wrappers:
        connection.execute_wrappers.append(_named)


def _named(execute: Execute, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    connection = context["connection"]
    if connection.vendor == "postgresql":
        _forget_on_postgresql(connection, sql)
    if not _changes_records(sql) or connection.needs_rollback:
        return execute(sql, params, many, context)
    names = _on_postgresql if connection.vendor == "postgresql" else _on_sqlite
    return names(execute, sql, params, many, context)


def _forget_on_postgresql(connection: Any, sql: str) -> None:
    """Asked before every statement, since any may be the first of its transaction."""
    if sql.startswith("ROLLBACK TO"):
        # With the savepoint PostgreSQL takes back what was set after it.
        connection.author_told = None
    elif connection.connection.status == connection.Database.extensions.STATUS_READY:
        connection.author_told = NOBODY


def _changes_records(sql: str) -> bool:
    if sql.startswith("SELECT"):
        return False
    if found := _BEGINS.match(sql):
        return found[1] in tables()
    return sql.lstrip()[:4].upper() == "WITH" and any(table in tables() for table in _WITHIN.findall(sql))


def _written(author: authorship.Author) -> tuple[int | None, str, str]:
    why = author.why.replace("\0", "").replace(BETWEEN, " ")
    return author.by(), author.through()[:THROUGH_AT_MOST], why


def _on_postgresql(execute: Execute, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    connection, author = context["connection"], authorship.present()
    if author is not None and connection.get_autocommit():
        with transaction.atomic(using=connection.alias):
            return _on_postgresql(execute, sql, params, many, context)
    by, *said = _written(author) if author else (None, "", "")
    told = BETWEEN.join((str(by or ""), *said))
    with connection.wrap_database_errors:
        if told != connection.author_told:
            with connection.connection.cursor() as cursor:
                cursor.execute("SELECT set_config(%s, %s, true)", [SETTING, told])
            connection.author_told = told
    return execute(sql, params, many, context)


def _on_sqlite(execute: Execute, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    connection, author = context["connection"], authorship.present()
    if author is None:
        return execute(sql, params, many, context)
    if connection.get_autocommit():
        with transaction.atomic(using=connection.alias):
            result = _on_sqlite(execute, sql, params, many, context)
            if "RETURNING" in sql:
                # SQLite commits nothing while rows that a statement returns are still to be read.
                context["cursor"].cursor = Fetched(context["cursor"].cursor)
        return result
    written = _written(author)
    with connection.wrap_database_errors:
        connection.connection.execute(f"INSERT INTO {TABLE} (id, by_id, through, why) VALUES (1, ?, ?, ?)", written)  # noqa: S608
    try:
        return execute(sql, params, many, context)
    finally:
        with connection.wrap_database_errors:
            connection.connection.execute(f"DELETE FROM {TABLE}")  # noqa: S608


class Fetched:
    """A cursor whose rows were all read already."""

    def __init__(self, cursor: Any) -> None:
        self._cursor, self._rows = cursor, iter(cursor.fetchall())

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cursor, name)

    def __iter__(self) -> Any:
        return self._rows

    def fetchone(self) -> Any:
        return next(self._rows, None)

    def fetchmany(self, size: int = 1) -> list[Any]:
        return list(itertools.islice(self._rows, size))

    def fetchall(self) -> list[Any]:
        return list(self._rows)
