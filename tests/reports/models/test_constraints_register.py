"""Named constraints of the journals: counters, blocks, the nomenclature, rows, halts; tokens of systems."""

import datetime
from collections.abc import Callable

import pytest

from reports.models import ApiToken, FilePlanItem, Halt, NumberBlock
from tests.constraints import change, double, kept_by
from tests.factories.centers import UserFactory
from tests.factories.moments import SENT_AT
from tests.factories.reports import OutgoingRegisterFactory, RegisterEntryFactory

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 3, 20)


def case() -> FilePlanItem:
    return FilePlanItem.objects.create(year=2026, index="01-12", title="Переписка с центрами")


def block() -> NumberBlock:
    return NumberBlock.objects.create(
        register=OutgoingRegisterFactory(mode="block"),
        year=2026,
        first_sequence=947,
        last_sequence=960,
        last_taken=946,
        given_by=UserFactory(),
        given_at=SENT_AT,
    )


def reserved() -> object:
    return RegisterEntryFactory(status="reserved", reserved_until=DAY, reserved_reason="Для письма портала")


def halt() -> Halt:
    return Halt.objects.create(reason="Портал восстановлен из копии", since_at=SENT_AT)


def token() -> ApiToken:
    return ApiToken.objects.create(system="Сайт", scopes="events", ends_on=DAY, made_at=SENT_AT, made_by=UserFactory())


# The row, and what breaks it.
BROKEN: dict[str, tuple[Callable[[], object], Callable[[object], None]]] = {
    "case_has_its_index_once_a_year": (case, lambda row: double(row, title="Другое")),
    "block_holds_numbers": (block, lambda row: change(row, first_sequence=961, last_taken=960)),
    "block_gives_its_own_numbers": (block, lambda row: change(row, last_taken=961)),
    "letter_has_one_number_kept_for_it": (reserved, lambda row: double(row, sequence=5000)),
    "reserved_number_says_for_what_and_until_when": (reserved, lambda row: change(row, reserved_reason="")),
    "origin_of_a_number_is_known": (RegisterEntryFactory, lambda row: change(row, origin="lost")),
    "api_token_is_revoked_by_somebody": (token, lambda row: change(row, revoked_at=SENT_AT)),
    "lifted_halt_says_who_when_and_which_number": (halt, lambda row: change(row, lifted_at=SENT_AT)),
}


@pytest.mark.parametrize("name", BROKEN)
def test_constraint_holds(name: str) -> None:
    make, breaks = BROKEN[name]
    row = make()
    with kept_by(name):
        breaks(row)


@pytest.mark.parametrize("half", [{"reserved_until": None}, {"reserved_reason": ""}])
def test_reservation_is_never_half(half: dict[str, object]) -> None:
    row = reserved()
    with kept_by("reserved_number_says_for_what_and_until_when"):
        change(row, **half)


def test_block_never_gives_before_its_first() -> None:
    row = block()
    with kept_by("block_gives_its_own_numbers"):
        change(row, last_taken=945)


def test_what_the_constraints_leave_free() -> None:
    double(case(), year=2027)
    double(block(), note="ещё раз")  # overlapping blocks are the verb's to refuse
    row = reserved()
    double(row, letter_id=None, sequence=row.sequence + 1)
    change(row, status="registered")  # the reservation stays to be read
