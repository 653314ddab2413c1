"""The form of the tables as the database tells it, to compare two ways by which they came."""

import re
from typing import Any

from django.db import connection

# SQLite keeps no names of keys and of most constraints: Django numbers them in the order in which they stand.
NUMBERED = re.compile(r"^(__.*|fk_\d+)$")


def of_all_tables(beginning: str = "") -> list[str]:
    """A line for each column, key, check, index and trigger of every table; without the order of columns.

    Only of tables whose names begin so.
    """
    with connection.cursor() as cursor:
        tables = [name for name in connection.introspection.table_names(cursor) if name.startswith(beginning)]
        return sorted(line for table in tables for line in [*_columns(cursor, table), *_constraints(cursor, table)])


def _columns(cursor: Any, table: str) -> list[str]:
    described = connection.introspection.get_table_description(cursor, table)
    return [
        f"{table}: {c.name} {c.type_code} {c.display_size} {c.null_ok} {c.default} {c.collation}" for c in described
    ]


def _constraints(cursor: Any, table: str) -> list[str]:
    found = connection.introspection.get_constraints(cursor, table)
    return [f"{table}: {NUMBERED.sub('', name)} {sorted(one.items(), key=str)}" for name, one in found.items()]
