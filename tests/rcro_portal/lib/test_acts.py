"""A table of acts: what is open, what is refused and in whose words, and what a page shows of it."""

import datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from rcro_portal.lib.acts import NOT_NOW, NOT_YOU, OPEN, Act, Acts, Case, NotNow, Refused, while_in

STATES = ("written", "read", "sent")
WRITER, READER = SimpleNamespace(name="Иволгин"), SimpleNamespace(name="Сорокин")


def act(key: str, **fields: Any) -> Act[Any]:
    common = {"label": key, "url": f"notes:{key}", "who": lambda case: case.user is READER, "ask": "Спросите читателя."}
    return Act(**{"key": key, **common, **fields})


TABLE = Acts(
    STATES,
    act("read", states=["written"], otherwise={"read": "Уже прочитано.", "sent": "Уже отправлено."}),
    act(
        "send",
        states=["read"],
        otherwise={"written": lambda case: f"Сначала {case.row.author}.", "sent": "Уже отправлено."},
        not_you=lambda case: "Сами вы это не отправляете." if case.row.author == case.user.name else "",
        not_yet=lambda case: "" if case.row.stamp else "Сначала марка.",
        is_next=while_in("written", "read"),
    ),
    act("burn", states=STATES, who=lambda case: True, on_page=while_in("written", "read")),
)


def case(status: str, user: Any = READER, author: str = "Иволгин", stamp: bool = True) -> Case[Any]:
    row = SimpleNamespace(status=status, author=author, stamp=stamp)
    return Case(row, user, datetime.datetime(2026, 3, 18, 18, 30, tzinfo=datetime.UTC))


def test_day_is_that_of_the_clock_on_the_wall() -> None:
    assert case("read").day == datetime.date(2026, 3, 19)


@pytest.mark.parametrize(
    ("seen", "status", "why"),
    [
        (case("read"), OPEN, ""),
        (case("read", WRITER), NOT_YOU, "Спросите читателя."),
        (case("written"), NOT_NOW, "Сначала Иволгин."),
        (case("sent"), NOT_NOW, "Уже отправлено."),
        (case("read", author="Сорокин"), NOT_YOU, "Сами вы это не отправляете."),
        (case("read", stamp=False), NOT_NOW, "Сначала марка."),
    ],
)
def test_ruling(seen: Case[Any], status: int, why: str) -> None:
    ruling = TABLE.rule("send", seen)
    assert (ruling.status, ruling.why, ruling.is_open) == (status, why, status == OPEN)
    assert TABLE.is_open("send", seen) == ruling.is_open


def test_door_says_what_the_ruling_says() -> None:
    TABLE.demand("send", case("read"))
    with pytest.raises(NotNow, match=r"^Сначала марка\.$"):
        TABLE.demand("send", case("read", stamp=False))
    with pytest.raises(PermissionDenied, match=r"^Спросите читателя\.$"):
        TABLE.demand("send", case("read", WRITER))


def test_who_is_admitted_is_not_asked_about_the_state() -> None:
    TABLE.admit("send", case("written"))
    with pytest.raises(PermissionDenied):
        TABLE.admit("send", case("written", WRITER))


def test_page_shows_what_is_of_the_persons_duties() -> None:
    offer = TABLE.offer(case("read", WRITER))
    assert (list(offer.acts), offer.waiting, offer.refused) == (["burn"], None, [])


def test_refusals_with_one_reason_stand_together() -> None:
    offer = TABLE.offer(case("sent"))
    assert (offer.acts, offer.waiting) == ({}, None)
    assert offer.refused == [Refused(["read", "send"], "Уже отправлено.")]
    assert offer.refused[0].named == "«read», «send»"


def test_own_step_keeps_its_button_before_it_can_be_pressed() -> None:
    offer = TABLE.offer(case("read", stamp=False))
    assert (offer.waiting.act.key, offer.waiting.why) == ("send", "Сначала марка.")
    assert offer.refused == [Refused(["read"], "Уже прочитано.")]
    assert TABLE.offer(case("sent")).waiting is None


def test_table_without_words_for_a_state_is_refused() -> None:
    with pytest.raises(ValueError, match="send: no words where the state is sent"):
        Acts(STATES, act("send", states=["read"], otherwise={"written": "Рано."}))


def test_two_acts_of_one_key_are_refused() -> None:
    with pytest.raises(ValueError, match="one key"):
        Acts(STATES, act("burn", states=STATES), act("burn", states=STATES))
