"""Numbers: the next one of the year, with the day in Tomsk, never given back, never with a falling date."""

import datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from reports.journal import numbering
from reports.models import OutgoingRegister, RegisterEntry, RegisterYear
from reports.models.register import EntryStatus
from tests.factories.centers import UserFactory
from tests.factories.moments import tomsk
from tests.factories.reports import LetterFactory, OutgoingRegisterFactory, RegisterYearFactory
from tests.untouched import nothing_changes, refused

pytestmark = pytest.mark.django_db
MORNING = tomsk(3, 18, 9, 30)


def taken(register: OutgoingRegister, at: datetime.datetime = MORNING) -> RegisterEntry:
    with transaction.atomic():
        return numbering.take(register=register, letter=LetterFactory(), addressee="Всем", by=UserFactory(), at=at)


def test_number_after_the_940_on_paper() -> None:
    counter, letter, by = RegisterYearFactory(), LetterFactory(), UserFactory()
    entry = numbering.take(register=counter.register, letter=letter, addressee="Всем", by=by, at=MORNING)
    row = RegisterEntry.objects.get()
    assert row == entry
    assert (row.year, row.sequence, row.suffix, row.number) == (2026, 941, "", "941")
    assert (row.registered_on, row.status, row.letter) == (MORNING.date(), EntryStatus.REGISTERED, letter)
    assert (row.addressee, row.subject_line, row.registered_by) == ("Всем", letter.subject_line, by)
    assert row.prepared_by == letter.prepared_by.surname_first
    counter.refresh_from_db()
    assert (counter.last_sequence, counter.last_on) == (941, MORNING.date())


def test_numbers_rise_by_one() -> None:
    register = RegisterYearFactory().register
    assert [taken(register).sequence for _ in range(3)] == [941, 942, 943]


@pytest.mark.parametrize(
    ("at", "year", "day"),
    [
        (datetime.datetime(2026, 12, 31, 16, 59, 59, tzinfo=datetime.UTC), 2026, datetime.date(2026, 12, 31)),
        (datetime.datetime(2026, 12, 31, 17, 0, tzinfo=datetime.UTC), 2027, datetime.date(2027, 1, 1)),
    ],
)
def test_year_and_day_are_those_of_tomsk(at: datetime.datetime, year: int, day: datetime.date) -> None:
    entry = taken(OutgoingRegisterFactory(), at)
    assert (entry.year, entry.registered_on, entry.sequence) == (year, day, 1)


def test_year_opens_with_its_first_number_and_the_old_one_stays() -> None:
    register = RegisterYearFactory().register
    taken(register, tomsk(12, 30, 10))
    assert taken(register, tomsk(1, 2, 10, year=2027)).sequence == 1
    counters = RegisterYear.objects.order_by("year").values_list("year", "first_sequence", "last_sequence", "last_on")
    assert list(counters) == [
        (2026, 941, 941, datetime.date(2026, 12, 30)),
        (2027, 1, 1, datetime.date(2027, 1, 2)),
    ]


def test_journals_count_for_themselves() -> None:
    first, second = RegisterYearFactory().register, OutgoingRegisterFactory(code="own", name="Свой")
    assert (taken(first).sequence, taken(second).sequence, taken(first).sequence) == (941, 1, 942)


def test_date_never_falls() -> None:
    register = RegisterYearFactory().register
    taken(register)
    letter, by = LetterFactory(), UserFactory()
    words = "Номер 941 уже выдан 18.03.2026, а сегодня 17.03.2026. Проверьте дату на сервере."
    with refused(numbering.DateWouldFall, words), transaction.atomic():
        numbering.take(register=register, letter=letter, addressee="", by=by, at=MORNING - datetime.timedelta(days=1))


def test_same_day_may_have_many_numbers_at_falling_hours() -> None:
    register = RegisterYearFactory().register
    taken(register)
    assert taken(register, MORNING - datetime.timedelta(hours=2)).sequence == 942


def test_what_is_rolled_back_leaves_no_gap() -> None:
    register = RegisterYearFactory().register
    with nothing_changes(), transaction.atomic():
        taken(register)
        transaction.set_rollback(True)
    assert taken(register).sequence == 941


@pytest.mark.django_db(transaction=True)
def test_number_is_taken_only_inside_a_transaction() -> None:
    register, letter, by = RegisterYearFactory().register, LetterFactory(), UserFactory()
    with pytest.raises(AssertionError, match="in the transaction that uses it"):
        numbering.take(register=register, letter=letter, addressee="", by=by, at=MORNING)


def test_annulled_number_stays_with_its_reason_and_is_not_given_again() -> None:
    register, by = RegisterYearFactory().register, UserFactory()
    entry = taken(register)
    numbering.annul(entry=entry, reason="Опечатка", by=by, at=MORNING)
    entry.refresh_from_db()
    assert (entry.status, entry.annulled_at, entry.annulled_by) == (EntryStatus.ANNULLED, MORNING, by)
    assert (entry.annulled_reason, entry.sequence) == ("Опечатка", 941)
    assert taken(register).sequence == 942


def test_annulled_again_keeps_the_first_reason() -> None:
    entry, by = taken(RegisterYearFactory().register), UserFactory()
    numbering.annul(entry=entry, reason="Опечатка", by=by, at=MORNING)
    with nothing_changes():
        numbering.annul(entry=entry, reason="Другая", by=by, at=MORNING)


@pytest.mark.parametrize("reason", ["", " \t"])
def test_nothing_is_annulled_without_a_reason(reason: str) -> None:
    entry, by = taken(RegisterYearFactory().register), UserFactory()
    with refused(numbering.NoReason):
        numbering.annul(entry=entry, reason=reason, by=by, at=MORNING)


def test_a_year_begins_after_the_paper_numbers() -> None:
    register = OutgoingRegisterFactory()
    call_command("open_year", "2026", "--first", "941", "--note", "940 писем ушли на бумаге")
    counter = register.years.get()
    assert (counter.year, counter.first_sequence, counter.last_sequence) == (2026, 941, 940)
    assert counter.opening_note == "940 писем ушли на бумаге"
    assert taken(register).sequence == 941


def test_an_open_year_is_not_opened_again() -> None:
    register = RegisterYearFactory().register
    taken(register)
    with refused(numbering.YearIsOpen, "Журнал за 2026 год уже открыт: последний номер 941."):
        numbering.open_year(register=register, year=2026, first=1, note="ещё раз")


@pytest.mark.parametrize("mode", ["typed", "block"])
def test_a_year_is_begun_only_where_the_portal_counts(mode: str) -> None:
    OutgoingRegisterFactory(mode=mode)
    with refused(CommandError, numbering.NumbersComeFromElsewhere.words):
        call_command("open_year", "2026", "--first", "941", "--note", "x")


@pytest.mark.parametrize("first", ["0", "-3"])
def test_a_year_begins_with_a_number(first: str) -> None:
    OutgoingRegisterFactory()
    with refused(CommandError, "Год – от 2000 до 2100, первый номер – от 1."):
        call_command("open_year", "2026", "--first", first, "--note", "x")


def test_the_journal_is_named_where_there_are_several() -> None:
    OutgoingRegisterFactory()
    other = OutgoingRegisterFactory(code="orders", name="Приказы")
    with refused(CommandError):
        call_command("open_year", "2026", "--first", "5", "--note", "x")
    call_command("open_year", "2026", "--first", "5", "--note", "x", "--register", "orders")
    assert other.years.get().first_sequence == 5
