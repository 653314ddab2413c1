"""Every role at every address: the table of ``rights`` is true, and a refusal changes nothing and tells nothing.

Nor does any of these pages show English.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.db import connection, transaction
from django.http import HttpResponse
from django.shortcuts import resolve_url
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.factories.centers import CoordinatorFactory, InvitationFactory
from tests.house import latin
from tests.house.posts import QUERY, sent_with
from tests.house.rights import ROLES, Row, rows
from tests.house.world import CANARIES, World
from tests.untouched import everything

LOGIN = resolve_url(settings.LOGIN_URL)
ROWS = rows()
NAMES = sorted({row.name for row in ROWS})
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE", "ALTER", "DROP", "CREATE")
# That a message or a resource was opened is an append-only trace; sessions are nobody's business here.
NOTED_BY_GET = {
    "reports:message-open": {"reports_recipient"},
    "projects:resource-open": {"projects_resourcedownload"},
}
# The coordinator of another centre, a former one and a stranger never read a canary, whatever they ask for.
OUTSIDE = ("stranger", "other", "past")
# Other centres, departments and former coordinators are shown the same words.
LOOKING = ("stranger", "own", "methodist", "head", "clerk", "director", "administrator")
# Values that people typed: codes of journals and names of keys.
CODES = {*CANARIES, "outgoing", "director"}


pytestmark = pytest.mark.django_db


@contextmanager
def writes() -> Iterator[set[str]]:
    """The tables of which a row was written meanwhile."""
    written: set[str] = set()

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        result = execute(sql, params, many, context)
        if sql.startswith(WRITES) and context["cursor"].rowcount != 0:
            written.add(next(word for word in sql.replace('"', " ").split() if "_" in word))
        return result

    with connection.execute_wrapper(note):
        yield written
    written.discard("centers_session")


def ask(world: World, client: Client, row: Row, method: str) -> tuple[HttpResponse, set[str]]:
    """The answer and the tables written; afterwards the world is as it was."""
    path = reverse(row.name, args=world.args_of(row.what))
    fields = sent_with(row.name, world, world.row_of(row.what)) if method == "POST" else {}
    query = QUERY[row.name](world) if method == "POST" and row.name in QUERY else ""
    client.cookies.pop("messages", None)
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}
    with transaction.atomic(), writes() as written:
        answer = client.generic(method, path + query) if method == "GET" else client.post(path + query, fields)
        transaction.set_rollback(True)
    # An act may log its own author out.
    client.cookies.load(cookies)
    return answer, written


def text_of(answer: HttpResponse) -> str:
    return b"".join(answer).decode("utf-8", "replace") + str(dict(answer.headers))


def sings(answer: HttpResponse) -> bool:
    return any(canary in text_of(answer).lower() for canary in CANARIES)


def english(answer: HttpResponse) -> set[str]:
    html = "html" in answer.headers.get("Content-Type", "")
    return latin.words(answer.text) - CODES if html else set()


def told(answer: HttpResponse) -> int:
    """A stranger is led to log in: by a redirect, or beside what they have sent."""
    return 302 if answer.status_code == 401 and b"data-send-again" in answer.content else answer.status_code


def judge(row: Row, role: str, answer: HttpResponse, written: set[str]) -> list[str]:
    """What is wrong with the answer, in words; mail that left is taken out of the box."""
    refused = answer.status_code in (401, 403, 404) or "?next=" in answer.headers.get("Location", "")
    expected, letters = row.cells[role], len(mail.outbox)
    mail.outbox.clear()
    written = written - NOTED_BY_GET.get(row.name, set())
    latin_words = english(answer) if role in LOOKING else set()
    faults = {
        f"{answer.status_code} instead of {expected}": told(answer) != expected,
        f"wrote {sorted(written)}": written and (refused or row.method == "GET"),
        "sent mail": letters and refused,
        "told what is not theirs": (refused or role in OUTSIDE) and sings(answer),
        f"shows {sorted(latin_words)}": latin_words,
    }
    return [words for words, wrong in faults.items() if wrong]


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_table_is_true(row: Row, world: World, clients: dict[str, Client]) -> None:
    faults = {role: judge(row, role, *ask(world, clients[role], row, row.method)) for role in ROLES}
    assert {role: words for role, words in faults.items() if words} == {}


@pytest.mark.parametrize("name", NAMES)
def test_other_method_does_nothing_more(name: str, world: World, clients: dict[str, Client]) -> None:
    """What is only posted to leads elsewhere when opened, and what is only opened does the same when posted to."""
    lines = [row for row in ROWS if row.name == name]
    if {row.method for row in lines} == {"GET", "POST"}:
        return
    row = lines[0]
    other = "POST" if row.method == "GET" else "GET"
    found = {role: ask(world, clients[role], row, other) for role in ROLES}
    expected = row.cells if other == "POST" else dict.fromkeys(ROLES, 302)
    assert {role: told(answer) for role, (answer, _) in found.items()} == expected
    assert set().union(*(written for _, written in found.values())) <= NOTED_BY_GET.get(name, set())


def test_every_address_has_its_line() -> None:
    """allauth's and the admin's are covered by rules of their own; nothing else may be missing or left over."""
    ours = {name for name in walk(get_resolver()) if not name.startswith(("account_", "mfa_", "admin:"))}
    assert (ours - set(NAMES), set(NAMES) - ours) == (set(), set())


def walk(resolver: URLResolver, space: str = "") -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from walk(entry, f"{entry.namespace}:" if entry.namespace else space)
        elif isinstance(entry, URLPattern):
            yield space + (entry.name or f"nameless {entry.pattern}")


def test_admin_is_for_the_administrator(world: World, clients: dict[str, Client]) -> None:
    """Strangers are led to log in, other people refused, at every page of the admin that stands without a row."""
    names = {name for name in walk(get_resolver()) if name.startswith("admin:") and name.endswith("_changelist")}
    assert len(names) > 15
    for path in [*map(reverse, sorted(names)), reverse("admin:index"), reverse("admin:jsi18n"), "/admin/nothing/"]:
        found = {role: clients[role].get(path, follow=True).status_code for role in ROLES if role != "administrator"}
        assert (path, found) == (path, {"stranger": 200} | dict.fromkeys(list(world.people)[:-1], 403))
        assert clients["stranger"].get(path).headers["Location"].startswith((LOGIN, reverse("admin:login")))
        assert clients["administrator"].get(path).status_code == (404 if "nothing" in path else 200)


def test_canaries_are_in_the_world(world: World, clients: dict[str, Client]) -> None:
    """Whoever may read them, does: else their silence elsewhere would prove nothing."""
    heard = {
        (row.name, role)
        for row in ROWS
        if row.method == "GET" and row.what in ("ours", "open", "answered", "answered.file", "sent", "draft")
        for role in ("own", "methodist")
        if sings(ask(world, clients[role], row, "GET")[0])
    }
    pages = ["centers:center-detail", "events:commitment-detail", "events:answer-file", "reports:letter-detail"]
    assert heard >= {(page, role) for page in pages for role in ("own", "methodist")}
    assert ("reports:event-page", "methodist") in heard
    assert ("reports:event-page", "own") not in heard


def test_invitations_of_staff_are_the_administrators(world: World, clients: dict[str, Client]) -> None:
    """A methodist sees whom methodists invite: coordinators."""
    InvitationFactory(email="soroka@school.example")
    page = reverse("centers:invitation-list")
    found = {role: "soroka" in text_of(clients[role].get(page)) for role in ("methodist", "administrator")}
    assert found == {"methodist": False, "administrator": True}


def test_registers_name_coordinators_to_the_house_only(world: World, clients: dict[str, Client]) -> None:
    CoordinatorFactory(person__surname="Сорокина")
    page = reverse("centers:center-list")
    found = {role: "Сорокина" in clients[role].get(page).content.decode() for role in ("own", "past", "methodist")}
    assert found == {"own": False, "past": False, "methodist": True}


@pytest.mark.parametrize(
    ("name", "what"), [("center-list", "-"), ("project-detail", "project"), ("cluster-detail", "cluster")]
)
def test_registers_lead_only_where_one_may_go(name: str, what: str, world: World, clients: dict[str, Client]) -> None:
    space = "centers" if what == "-" else "projects"
    page, card = (
        reverse(f"{space}:{name}", args=world.args_of(what)),
        reverse("centers:center-detail", args=[world.ours.pk]),
    )
    roles = ("own", "other", "past", "methodist")
    found = {role: f'href="{card}"' in clients[role].get(page).content.decode() for role in roles}
    assert found == {"own": True, "other": False, "past": False, "methodist": True}


@pytest.fixture(scope="module")
def beginning(world: World, clients: dict[str, Client], django_db_blocker: Any) -> dict[str, Any]:
    """Nobody who logs in leaves a row but a session."""
    with django_db_blocker.unblock():
        return everything()


@pytest.mark.parametrize("row", [row for row in ROWS if row.method == "POST"][::7], ids=str)
def test_world_is_as_it_was(row: Row, beginning: dict[str, Any], world: World, clients: dict[str, Client]) -> None:
    """What ``ask`` promises: also after an act that is allowed, the next cell finds the same world."""
    for role in ROLES:
        ask(world, clients[role], row, "POST")
    assert everything() == beginning
