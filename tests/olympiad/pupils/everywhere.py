"""Where a name is found: every column of every table, the files of the store, and what stands in spreadsheets there."""

from django.db import connection

from rcro_portal.lib import store


def named(name: str) -> list[str]:
    """Tables and files that hold it, in any case; files by their bytes and by what is packed into them."""
    with connection.cursor() as cursor:
        tables = [table for table in connection.introspection.table_names(cursor) if _rows(cursor, table, name)]
    return sorted([*tables, *(place.name for place in store.everything() if _holds(place.read_bytes(), name))])


def _rows(cursor: object, table: str, name: str) -> bool:
    # Names of the database itself.
    cursor.execute(f'SELECT * FROM "{table}"')  # type: ignore[attr-defined]
    return any(_in(name, cell) for row in cursor.fetchall() for cell in row)  # type: ignore[attr-defined]


def _in(name: str, cell: object) -> bool:
    """JSON may be kept with its letters escaped."""
    text = cell.decode(errors="replace") if isinstance(cell, bytes) else str(cell)
    escaped = name.encode("ascii", "backslashreplace").decode()
    return any(one.casefold() in text.casefold() for one in (name, escaped))


def _holds(data: bytes, name: str) -> bool:
    return name.encode() in data or name.encode("cp1251") in data
