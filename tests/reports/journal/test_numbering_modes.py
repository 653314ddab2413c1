"""Whose journal it is: the portal's, its own series, a block of somebody else's, or a number typed for each letter."""

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from reports import halted
from reports.journal import clerk_dashboard, external_numbers, numbering
from reports.journal import invariants as journal_invariants
from reports.letters import letters
from reports.models import FilePlanItem, Halt, Letter, NumberBlock, OutgoingRegister, RegisterEntry
from reports.models.letter import LetterKind
from reports.models.register import EntryStatus
from tests.factories import letters as walked
from tests.factories.centers import DepartmentFactory, UserFactory
from tests.factories.moments import APPROVED_AT, REGISTERED_AT, tomsk
from tests.factories.reports import LetterFactory, Office, OutgoingRegisterFactory, RegisterEntryFactory
from tests.untouched import refused

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def taken(register: OutgoingRegister, at: datetime.datetime = REGISTERED_AT) -> RegisterEntry:
    with transaction.atomic():
        return numbering.take(register=register, letter=LetterFactory(), addressee="Всем", by=UserFactory(), at=at)


def block(register: OutgoingRegister, first: int, last: int, *, year: int = 2026) -> NumberBlock:
    given = {"year": year, "first": first, "last": last, "note": "Канцелярия", "by": UserFactory(), "at": APPROVED_AT}
    return external_numbers.give_block(register=register, **given)


@pytest.fixture
def blocks() -> OutgoingRegister:
    return OutgoingRegisterFactory(mode="block")


@pytest.fixture
def typed(office: Office) -> OutgoingRegister:
    OutgoingRegister.objects.update(mode="typed")
    return OutgoingRegister.objects.get()


def reserved(register: OutgoingRegister, letter: Letter) -> RegisterEntry:
    """A number typed for the letter."""
    until, status = REGISTERED_AT.date() + 30 * DAY, EntryStatus.RESERVED
    fields = {"register": register, "letter": letter, "reserved_until": until, "reserved_reason": "письмо"}
    return RegisterEntryFactory(**fields, status=status)


# -- Which journal, and how its numbers look --------------------------------------------------------------


def test_journal_that_names_the_kind_comes_before_the_one_for_all() -> None:
    general = OutgoingRegisterFactory()
    own = OutgoingRegisterFactory(code="announcements", name="О проведении", letter_kinds=["announcement"])
    chosen = [numbering.register_for(kind) for kind in LetterKind.values]
    assert chosen == [own if kind == "announcement" else general for kind in LetterKind.values]


def test_no_journal_for_that_kind() -> None:
    OutgoingRegisterFactory(letter_kinds=["announcement"])
    with refused(numbering.NoRegister):
        numbering.register_for("outcome")


@pytest.mark.parametrize(
    ("fields", "suffix", "number"),
    [
        ({}, "", "941"),
        ({}, "а", "941а"),
        ({"prefix": "И-"}, "/1", "И-941/1"),
        ({"with_file_index": True}, "", "01-12/941"),
        ({"prefix": "РВЦИ-", "suffix": "-ИСХ", "with_file_index": True}, "а", "РВЦИ-01-12/941а-ИСХ"),
    ],
)
def test_number_is_written_of_its_parts(fields: dict[str, object], suffix: str, number: str) -> None:
    case = FilePlanItem(year=2026, index="01-12", title="Переписка")
    assert OutgoingRegister(**fields).written(941, suffix=suffix, file_item=case) == number


def test_case_of_the_department_is_that_of_the_year() -> None:
    register, letter = OutgoingRegisterFactory(mode="own", with_file_index=True), LetterFactory()
    for year, department in (
        (2025, letter.department),
        (2026, DepartmentFactory(name="другой")),
        (2026, letter.department),
    ):
        FilePlanItem.objects.create(year=year, index=f"{year}-{department.pk}", title="Дело", department=department)
    with transaction.atomic():
        entry = numbering.take(register=register, letter=letter, addressee="", by=UserFactory(), at=REGISTERED_AT)
    assert entry.number == f"2026-{letter.department.pk}/1"
    assert entry.file_item.department == letter.department


def test_letter_whose_department_has_no_case_gets_the_number_without_it() -> None:
    assert taken(OutgoingRegisterFactory(with_file_index=True)).number == "1"


def test_case_is_the_first_of_several() -> None:
    register, department = OutgoingRegisterFactory(with_file_index=True), DepartmentFactory()
    for index in ("01-25", "01-12"):
        FilePlanItem.objects.create(year=2026, index=index, title="Дело", department=department)
    assert numbering.file_item_for(register, department, 2026).index == "01-12"


# -- What is in the way, said before anybody asks for the number -------------------------------------------


def in_the_way(letter: Letter) -> str:
    return numbering.hindrance(letter, REGISTERED_AT.date())


def test_nothing_is_in_the_way_of_a_number_of_the_year() -> None:
    letter = LetterFactory()
    assert in_the_way(letter) == "В портале нет журнала исходящих. Попросите администратора внести его в справочник."
    register = OutgoingRegisterFactory()
    assert in_the_way(letter) == ""
    OutgoingRegisterFactory(code="announcements", mode="typed", letter_kinds=["announcement"])
    assert in_the_way(letter) == ""
    RegisterEntryFactory(register=register, year=2025, registered_on=datetime.date(2025, 12, 1))
    assert in_the_way(letter).startswith("Журнал 2026 года ещё не открыт: последний номер")


def test_halt_is_in_the_way_of_every_number() -> None:
    OutgoingRegisterFactory()
    Halt.objects.create(reason="Портал восстановлен из копии", since_at=REGISTERED_AT)
    assert in_the_way(LetterFactory()) == halted.Halted.words


def test_block_without_numbers_left_is_in_the_way(blocks: OutgoingRegister) -> None:
    letter = LetterFactory()
    block(OutgoingRegisterFactory(code="other", mode="block", letter_kinds=["announcement"]), 1, 9)
    block(blocks, 1, 9, year=2025)
    assert in_the_way(letter) == numbering.NoNumbersLeft.words
    block(blocks, 960, 960)
    assert in_the_way(letter) == ""
    taken(blocks)
    assert in_the_way(letter).startswith("Выделенные порталу номера кончились (последний – № 960).")


def test_number_not_typed_yet_is_in_the_way() -> None:
    register, letter = OutgoingRegisterFactory(mode="typed"), LetterFactory()
    reserved(register, LetterFactory())
    elsewhere = reserved(OutgoingRegisterFactory(code="other", letter_kinds=["announcement"]), letter)
    assert in_the_way(letter) == numbering.NumberNotTyped.words
    numbering.drop_typed(letter=letter, reason="не тот журнал", by=UserFactory(), at=REGISTERED_AT)
    assert list(RegisterEntry.objects.filter(status=EntryStatus.ANNULLED)) == [elsewhere]
    reserved(register, letter)
    assert in_the_way(letter) == ""


def test_journal_that_names_the_kind_is_the_one_that_hinders() -> None:
    OutgoingRegisterFactory()
    letter = LetterFactory()
    assert in_the_way(letter) == ""
    OutgoingRegisterFactory(code="own", mode="typed", letter_kinds=[letter.kind])
    assert in_the_way(letter) == numbering.NumberNotTyped.words


# -- A block of somebody else's journal -------------------------------------------------------------------


def test_numbers_come_from_the_oldest_block(blocks: OutgoingRegister) -> None:
    block(blocks, 960, 961), block(blocks, 942, 943)
    assert [taken(blocks).sequence for _ in range(4)] == [960, 961, 942, 943]
    assert list(NumberBlock.objects.order_by("pk").values_list("last_taken", flat=True)) == [961, 943]
    assert list(journal_invariants.registers()) == []


def test_block_that_is_used_up(blocks: OutgoingRegister) -> None:
    block(blocks, 960, 960)
    taken(blocks)
    letter, by = LetterFactory(), UserFactory()
    words = "Выделенные порталу номера кончились (последний – № 960). Попросите делопроизводителя выделить ещё."
    with refused(numbering.NoNumbersLeft, words), transaction.atomic():
        numbering.take(register=blocks, letter=letter, addressee="", by=by, at=REGISTERED_AT)


def test_block_of_another_year_gives_nothing(blocks: OutgoingRegister) -> None:
    block(blocks, 1, 9, year=2027)
    letter, by = LetterFactory(), UserFactory()
    with refused(numbering.NoNumbersLeft, numbering.NoNumbersLeft.words), transaction.atomic():
        numbering.take(register=blocks, letter=letter, addressee="", by=by, at=REGISTERED_AT)
    assert taken(blocks, tomsk(1, 1, 0, year=2027)).sequence == 1


def test_dates_never_fall_within_a_block(blocks: OutgoingRegister) -> None:
    block(blocks, 942, 960)
    taken(blocks)
    letter, by = LetterFactory(), UserFactory()
    words = "Номер 942 уже выдан 18.03.2026, а сегодня 17.03.2026. Проверьте дату на сервере."
    with refused(numbering.DateWouldFall, words), transaction.atomic():
        numbering.take(register=blocks, letter=letter, addressee="", by=by, at=REGISTERED_AT - DAY)


@pytest.mark.parametrize(("first", "last"), [(0, 5), (7, 5), (955, 965), (941, 942), (940, 970)])
def test_blocks_do_not_overlap(blocks: OutgoingRegister, first: int, last: int) -> None:
    block(blocks, 942, 960)
    by = UserFactory()
    with refused(external_numbers.WrongBlock):
        external_numbers.give_block(register=blocks, year=2026, first=first, last=last, note="", by=by, at=APPROVED_AT)


def test_block_does_not_hold_what_the_journal_has_already(blocks: OutgoingRegister) -> None:
    RegisterEntryFactory(register=blocks, sequence=945, number="945", year=2026)
    told = {"register": blocks, "year": 2026, "last": 960, "note": "", "by": UserFactory(), "at": APPROVED_AT}
    with refused(external_numbers.WrongBlock, "№ 945 уже есть в журнале. Укажите номера после него."):
        external_numbers.give_block(first=942, **told)
    assert external_numbers.give_block(first=946, **told).first_sequence == 946


def test_whoever_comes_too_late_for_the_last_number_of_a_block_takes_the_next_blocks_first(
    blocks: OutgoingRegister, monkeypatch: pytest.MonkeyPatch
) -> None:
    block(blocks, 942, 942)
    block(blocks, 950, 960)
    found = numbering._until_none

    def slowly(unused: Any) -> Iterator[NumberBlock]:
        for oldest in found(unused):
            NumberBlock.objects.filter(pk=oldest.pk, first_sequence=942).update(last_taken=942)
            yield oldest

    monkeypatch.setattr(numbering, "_until_none", slowly)
    assert taken(blocks).sequence == 950


def test_block_only_where_numbers_are_given_in_blocks() -> None:
    register, by = OutgoingRegisterFactory(), UserFactory()
    with refused(external_numbers.NotHere):
        external_numbers.give_block(register=register, year=2026, first=1, last=2, note="", by=by, at=APPROVED_AT)


# -- Typed ------------------------------------------------------------------------------------------------


def typed_for(letter: Letter, number: str, office: Office, at: datetime.datetime = APPROVED_AT) -> RegisterEntry:
    return external_numbers.type_for(letter=letter, number=number, by=office.clerk, at=at)


def test_letter_takes_the_number_that_was_typed_for_it(office: Office, typed: OutgoingRegister) -> None:
    letter = walked.approved(office)
    assert list(external_numbers.waiting(2026)) == [letter]
    typed_for(letter, "№ 1207", office)
    assert list(external_numbers.waiting(2026)) == []
    walked.register(letter, office)
    entry = RegisterEntry.objects.get()
    letter.refresh_from_db()
    assert (letter.entry, entry.number, entry.sequence) == (entry, "1207", 1207)
    assert (entry.status, entry.registered_on) == (EntryStatus.REGISTERED, REGISTERED_AT.date())
    assert entry.registered_by == office.clerk
    assert list(journal_invariants.registers()) == []


def test_number_typed_anew_after_one_was_annulled() -> None:
    register, letter, by = OutgoingRegisterFactory(mode="typed"), LetterFactory(), UserFactory()
    for _ in range(2):
        typed_now = reserved(register, letter)
        with transaction.atomic():
            entry = numbering.take(register=register, letter=letter, addressee="", by=by, at=REGISTERED_AT)
        assert entry == typed_now
        annulled = [numbering.annul(entry=entry, reason="опечатка", by=by, at=REGISTERED_AT) for _ in range(2)]
        assert annulled == [True, False]


def test_without_a_typed_number_nothing_is_taken(office: Office, typed: OutgoingRegister) -> None:
    letter = walked.approved(office)
    words = "Номер этому письму ещё не внесён. Его вносит делопроизводитель."
    with refused(numbering.NumberNotTyped, words):
        walked.register(letter, office)


def test_number_of_the_old_year_does_not_serve_in_the_new_one(office: Office, typed: OutgoingRegister) -> None:
    letter = walked.approved(office)
    typed_for(letter, "1207", office)
    with refused(numbering.NumberNotTyped):
        walked.register(letter, office, at=tomsk(1, 11, 9, year=2027))


def test_mistyped_number_is_kept_for_whom_it_belongs_to(office: Office, typed: OutgoingRegister) -> None:
    first, second = walked.approved(office), walked.approved(office)
    typed_for(first, "1270", office)
    typed_for(first, "1207", office)
    typed_for(second, "1270", office)
    for letter in (first, second):
        walked.register(letter, office)
    rows = RegisterEntry.objects.order_by("sequence").values_list("sequence", "letter", "status")
    assert list(rows) == [(1207, first.pk, "registered"), (1270, second.pk, "registered")]


def test_typed_again_the_same_number_stays(office: Office, typed: OutgoingRegister) -> None:
    letter = walked.approved(office)
    before = typed_for(letter, "1207", office)
    assert typed_for(letter, "1207", office).pk == before.pk


def test_number_of_another_letter_is_refused(office: Office, typed: OutgoingRegister) -> None:
    first, second = walked.approved(office), walked.approved(office)
    typed_for(first, "1207", office)
    words = f"№ 1207 уже есть в журнале: зарезервирован, «{first.subject_line}»."
    with refused(external_numbers.TakenByAnother, words):
        typed_for(second, "1207", office)


@pytest.mark.parametrize("number", ["", "без номера", "0", "№"])
def test_what_is_no_number_is_refused(office: Office, typed: OutgoingRegister, number: str) -> None:
    letter = walked.approved(office)
    with refused(external_numbers.NotANumber):
        typed_for(letter, number, office)


def test_number_is_typed_for_approved_letters_only(office: Office, typed: OutgoingRegister) -> None:
    letter = walked.in_review(office)
    with refused(letters.WrongStep):
        typed_for(letter, "1207", office)


def test_nothing_is_typed_where_the_portal_counts(office: Office) -> None:
    letter = walked.approved(office)
    with refused(external_numbers.NotHere):
        typed_for(letter, "1207", office)


def test_number_of_a_letter_that_ends_is_annulled_with_it(office: Office, typed: OutgoingRegister) -> None:
    letter = walked.approved(office)
    typed_for(letter, "1207", office)
    letters.annul(letter=letter, note="Не нужно", by=office.director, at=REGISTERED_AT)
    entry = RegisterEntry.objects.get()
    assert (entry.status, entry.annulled_reason, entry.annulled_by) == ("annulled", "Не нужно", office.director)


def test_returned_letter_keeps_the_number_typed_for_it(office: Office, typed: OutgoingRegister) -> None:
    letter = walked.approved(office)
    typed_for(letter, "1207", office)
    letters.give_back(letter=letter, note="Опечатка", by=office.director, at=REGISTERED_AT)
    assert RegisterEntry.objects.values_list("status", "letter").get() == ("reserved", letter.pk)


@pytest.mark.parametrize(
    ("fields", "text", "parsed"),
    [
        ({}, "945", (945, "")),
        ({}, "945а", (945, "а")),
        ({}, "945/1", (945, "/1")),
        ({}, "И-945", (945, "")),
        ({"prefix": "2-"}, "2-945", (945, "")),
        ({"suffix": "-ра"}, "687-ра", (687, "")),
        ({"with_file_index": True}, "01-12/945", (945, "")),
        ({"with_file_index": True}, "01-12/945/1", (945, "/1")),
        ({"with_file_index": True}, "945", (945, "")),
    ],
)
def test_parts_of_a_typed_number(fields: dict[str, object], text: str, parsed: tuple[int, str]) -> None:
    assert external_numbers.parse(OutgoingRegister(**fields), text) == parsed


# -- From one mode to another -------------------------------------------------------------------------------


def test_counting_goes_on_after_what_was_typed_or_brought_in() -> None:
    register = OutgoingRegisterFactory()
    RegisterEntryFactory(register=register, sequence=1207, registered_on=REGISTERED_AT.date())
    assert taken(register).sequence == 1208
    assert register.years.values_list("first_sequence", "last_sequence").get() == (1208, 1208)
    assert list(journal_invariants.registers()) == []


def test_number_of_the_old_year_is_waited_for_anew(office: Office, typed: OutgoingRegister) -> None:
    letter = walked.approved(office)
    old = typed_for(letter, "1207", office, tomsk(12, 30, 9))
    january = tomsk(1, 11, 9, year=2027)
    assert [list(external_numbers.waiting(year)) for year in (2026, 2027)] == [[], [letter]]
    dashboard = clerk_dashboard.dashboard_of(office.clerk, january.date(), typed)
    assert dashboard is not None
    assert dashboard.waiting == [letter]
    typed_for(letter, "3", office, january)
    assert list(external_numbers.waiting(2027)) == []
    old.refresh_from_db()
    assert (old.status, old.letter, old.reserved_reason) == ("reserved", None, external_numbers.OF_ANOTHER_YEAR)
    walked.register(letter, office, at=january)
    assert RegisterEntry.objects.get(letter=letter).number == "3"


@pytest.mark.parametrize("number", ["945 от 25.09.2020", "№ 945", "исх. № 945"])
def test_number_is_typed_as_people_write_it(office: Office, typed: OutgoingRegister, number: str) -> None:
    assert typed_for(walked.approved(office), number, office).number == "945"
