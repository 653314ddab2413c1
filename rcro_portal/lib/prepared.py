"""Queries that every request asks: their SQL is put together once in a process, and each time only given its values.

Django puts the words of a query together anew whenever it is asked. For what each request reads (the log-in, who that
is, their posts) this took several times as long as the database's answer.
"""

import copy
import datetime
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, NamedTuple

from django.db import connections
from django.db.models import QuerySet


class Words(NamedTuple):
    """A queryset of samples, what put it together, its SQL, and of each value in it: which sample's place, or what."""

    queryset: Any
    compiler: Any
    sql: str
    places: list[tuple[Any, Any]]


class Prepared:
    """Called with values it gives the rows, read at once, that the queryset of ``ask(*values)`` would give.

    ``samples`` stand in the places of the values while the SQL is put together, one for each: integers, texts, days or
    aware moments that nothing else in the query equals. So ``ask`` may put them into conditions and do nothing else
    with them; ValueError where one of them is found nowhere in the query.
    """

    def __init__(self, ask: Callable[..., Any], *samples: Any) -> None:
        self._ask, self._samples = ask, samples
        self._words: Words | None = None

    def __call__(self, *values: Any) -> list[Any]:
        words = self._words = self._words or self._put_together()
        compiler = _compiler(words, values)
        # Neither chained, which would clone the query, nor copied, which would read its rows.
        asked = object.__new__(type(words.queryset))
        asked.__dict__.update(words.queryset.__dict__, _query=SimpleNamespace(get_compiler=lambda *_, **__: compiler))
        return list(asked._iterable_class(asked))

    def _put_together(self) -> Words:
        queryset: QuerySet = self._ask(*self._samples)
        compiler = queryset.query.get_compiler(queryset.db)
        sql, given = compiler.as_sql()
        # That of the thread that came first, which may end.
        compiler.connection = None
        adapted = [_adapted(sample, connections[queryset.db]) for sample in self._samples]
        places: list[tuple[Any, Any]] = [(adapted.index(one), None) if one in adapted else (None, one) for one in given]
        if {at for at, _ in places if at is not None} != set(range(len(adapted))):
            raise ValueError(f"not every sample is a value of its own: {sql}")
        return Words(queryset, compiler, sql, places)


def _compiler(words: Words, values: tuple[Any, ...]) -> Any:
    """A connection belongs to its thread, so each call asks by a compiler of its own."""
    compiler = copy.copy(words.compiler)
    compiler.connection = connections[words.queryset.db]
    adapted = [_adapted(value, compiler.connection) for value in values]
    given = tuple(constant if at is None else adapted[at] for at, constant in words.places)
    compiler.as_sql = lambda *_, **__: (words.sql, given)
    return compiler


def _adapted(value: Any, connection: Any) -> Any:
    """As the fields of Django hand it to the database."""
    if isinstance(value, datetime.datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, datetime.date):
        return connection.ops.adapt_datefield_value(value)
    return value
