"""What a system may ask of a list, and why not, in words: unlike a person, it is told what was not understood."""

import base64
import binascii
import datetime
from collections.abc import Iterator, Mapping
from typing import Any

from django.http import QueryDict

from rcro_portal.api.resources import Resource
from rcro_portal.lib.as_of import FIRST, LAST
from rcro_portal.lib.registers import Register
from rcro_portal.lib.search import typed

DAYS = frozenset({"on", "since", "until"})
LIMIT, MOST, NAMED = 100, 500, 20
BIGGEST = 2**63 - 1


def faults(resource: Resource, table: Register, params: QueryDict) -> list[dict[str, str]]:
    """Each parameter that cannot be answered, with its words."""
    found = dict(_faults(resource, table, params))
    return [{"parameter": name, "words": words} for name, words in found.items()]


def _faults(resource: Resource, table: Register, params: QueryDict) -> Iterator[tuple[str, str]]:
    known = {*resource.asks, "limit", "after", *(["q"] if resource.searches else [])}
    for name, values in params.lists():
        if name not in known:
            yield name, f"Такого параметра нет. Есть: {', '.join(sorted(known))}."
        elif name in table.filters:
            yield from _of_filter(table, name, values)
        elif len(values) > 1:
            yield name, "Этот параметр указывают один раз."
        elif words := _JUDGES.get(name, _of_day)(values[0]):
            yield name, words


def _of_filter(table: Register, name: str, values: list[str]) -> Iterator[tuple[str, str]]:
    asked = table.filters[name]
    offered = dict(asked.options)
    if strange := [value for value in values if value not in offered]:
        some = ", ".join(list(offered)[:NAMED])
        yield name, f"Значения «{strange[0][:50]}» нет. Есть: {some}{' и другие' if len(offered) > NAMED else ''}."
    elif len(values) > 1 and not asked.several:
        yield name, "Этот параметр указывают один раз."


def _of_day(value: str) -> str:
    try:
        day = datetime.date.fromisoformat(value)
    except ValueError:
        return "День пишут так: 2026-11-27."
    return "" if FIRST <= day <= LAST and len(value) == len("2026-11-27") else "Такого дня в портале нет."


def _of_limit(value: str) -> str:
    fits = value.isascii() and value.isdecimal() and len(value) < 4 and 1 <= int(value) <= MOST
    return "" if fits else f"Целое число от 1 до {MOST}."


def _of_cursor(value: str) -> str:
    return "" if read(value) is not None else "Курсор берут из поля next прошлого ответа."


def _of_words(value: str) -> str:
    return "" if not value or typed(value) else "Такие слова прочитать нельзя."


_JUDGES = {"limit": _of_limit, "after": _of_cursor, "q": _of_words}


def cursor(pk: int) -> str:
    """Where the next answer begins; what is inside is nobody's business."""
    return base64.urlsafe_b64encode(f"id:{pk}".encode()).decode()


def read(said: str) -> int | None:
    """The key after which the rows begin; None for what is no cursor."""
    try:
        mark, _, key = base64.b64decode(said, altchars=b"-_", validate=True).decode().partition(":")
    except (binascii.Error, UnicodeError, ValueError):
        return None
    is_key = mark == "id" and key.isascii() and key.isdecimal() and len(key) < 20 and int(key) <= BIGGEST
    return int(key) if is_key else None


def cut(resource: Resource, table: Register, params: Mapping[str, str]) -> dict[str, Any]:
    """Rows in the order of their keys: a new one never moves those that were read."""
    limit, after = int(params.get("limit", LIMIT)), read(params.get("after", "")) or 0
    rows = list(table.rows.order_by("pk").filter(pk__gt=after)[: limit + 1])
    shown = rows[:limit]
    table.attach(shown)
    read_each = [(name, field.read(name, table)) for name, field in resource.fields.items()]
    items = [{name: reads(row) for name, reads in read_each} for row in shown]
    return {"items": items, "next": cursor(shown[-1].pk) if len(rows) > limit else None}
