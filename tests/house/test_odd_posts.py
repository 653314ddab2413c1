"""Odd values in the place of every field that an address reads of what is posted: words, never a fault of the portal.

What an address reads is found by watching it, so that a new field is tried without being named here.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import batched
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.test import Client
from django.urls import reverse

from tests.house.posts import QUERY, sent_with
from tests.house.rights import ROLES, Row, rows
from tests.house.world import World

pytestmark = pytest.mark.django_db
# NUL, quotes, what no column holds, less than any key.
ODD = ["\x00", "1\x00", "ы'\"", "9" * 400, "9223372036854775808", "-1"]
TWICE = ["1", "1"]
FILES = {"file", "scan", "signature", "table"}
OTHERS = ("stranger", "own", "methodist", "clerk", "director", "administrator")


def takers() -> dict[str, Row]:
    """For each address that is posted to a line by which somebody gets furthest."""
    found: dict[str, Row] = {}
    for row in rows():
        if row.method == "POST" and (row.name not in found or 302 in list(row.cells.values())[1:]):
            found.setdefault(row.name, row)
            if 302 not in list(found[row.name].cells.values())[1:]:
                found[row.name] = row
    return found


TAKERS = takers()


def who(row: Row) -> str:
    return next((role for role in ROLES[1:] if row.cells[role] in (200, 302, 422)), "methodist")


# What is told of each name that is read.
WATCHES: list[set[str]] = []


@pytest.fixture(scope="module", autouse=True)
def told() -> Iterator[None]:
    """Once for all tests: a class that has been changed a thousand times no longer tells CPython 3.13 of the next."""
    with pytest.MonkeyPatch.context() as patch:
        for method in ("__getitem__", "__contains__", "getlist"):
            patch.setattr(QueryDict, method, noting(getattr(QueryDict, method)))
        yield


@contextmanager
def watched() -> Iterator[set[str]]:
    """The names that are read of any form meanwhile."""
    WATCHES.append(set())
    try:
        yield WATCHES[-1]
    finally:
        WATCHES.pop()


def noting(real: Any) -> Any:
    def note(self: QueryDict, key: Any, *rest: Any) -> Any:
        for watch in WATCHES:
            watch.add(key)
        return real(self, key, *rest)

    return note


def post(world: World, client: Client, row: Row, fields: dict[str, Any]) -> HttpResponse:
    """The answer; afterwards the world is as it was."""
    path = reverse(row.name, args=world.args_of(row.what)) + (QUERY[row.name](world) if row.name in QUERY else "")
    for value in fields.values():
        if isinstance(value, SimpleUploadedFile):
            value.seek(0)
    with transaction.atomic():
        answer = client.post(path, fields)
        transaction.set_rollback(True)
    return answer


# Found once of each address: two tests ask for them.
READ: dict[str, list[str]] = {}


def read_by(row: Row, world: World, clients: dict[str, Client]) -> list[str]:
    """The fields that the address reads of what is sent by the one who gets furthest."""
    if row.name not in READ:
        with watched() as read:
            post(world, clients[who(row)], row, sent_with(row.name, world, world.row_of(row.what)))
        READ[row.name] = sorted(read - FILES - {"csrfmiddlewaretoken"})
    return READ[row.name]


@pytest.mark.parametrize("name", sorted(TAKERS))
def test_no_odd_field_is_a_fault(name: str, world: World, clients: dict[str, Client]) -> None:
    row = TAKERS[name]
    client = clients[who(row)]
    client.raise_request_exception = False
    fields = sent_with(row.name, world, world.row_of(row.what))
    names = read_by(row, world, clients)
    # A few at a time: all at once, one refusal may hide the next field from its reader.
    some = [list(few) for few in batched(names, 4, strict=False)]
    tried = [*((few, "9" * 400) for few in some), *((names, odd) for odd in ODD), (names, TWICE)]
    faults = [
        (spoilt, str(odd)[:30])
        for spoilt, odd in tried
        if post(world, client, row, {**fields, **dict.fromkeys(spoilt, odd)}).status_code >= 500
    ]
    assert faults == []


@pytest.mark.same_on_both("the columns that the one who gets furthest meets")
@pytest.mark.parametrize("name", sorted(TAKERS))
def test_no_odd_field_is_a_fault_for_the_others(name: str, world: World, clients: dict[str, Client]) -> None:
    row = TAKERS[name]
    names = read_by(row, world, clients)
    for role in OTHERS:
        clients[role].raise_request_exception = False
        answers = [post(world, clients[role], row, dict.fromkeys(names, odd)) for odd in ("\x00", "9" * 400)]
        assert max(answer.status_code for answer in answers) < 500, role


def test_the_watch_sees_what_an_address_reads(world: World, clients: dict[str, Client]) -> None:
    row = TAKERS["reports:sign-desk"]
    with watched() as read:
        post(world, clients["director"], row, {})
    assert {"letter", "password"} <= read
