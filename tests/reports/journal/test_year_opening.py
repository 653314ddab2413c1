"""A journal's year opens by itself near its last number, else by the clerk's word; a jumped clock gives nothing."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from centers.models import User
from reports.journal import entries, numbering, paper_numbers, year_opening
from reports.letters import available_actions, letters
from reports.models import Letter, OutgoingRegister, RegisterEntry, RegisterYear, YearOpening
from reports.models.letter import LetterStatus
from reports.models.register import RegisterMode
from tests import clock
from tests.factories import letters as walked
from tests.factories.moments import REGISTERED_AT, tomsk
from tests.factories.reports import Office
from tests.untouched import nothing_changes, refused

pytestmark = pytest.mark.django_db
LAST = tomsk(11, 27, 12)
NEAR = tomsk(1, 28, 9, year=2027)
JUMPED = tomsk(2, 3, 9, year=2028)
DETAILS = entries.Details(addressee="Школа № 7", subject_line="О сроках")


@pytest.fixture
def register(office: Office) -> OutgoingRegister:
    given(office.register, office.clerk, LAST)
    return office.register


def given(register: OutgoingRegister, by: User, at: datetime.datetime) -> RegisterEntry:
    return entries.give(register=register, details=DETAILS, by=by, at=at)


def test_year_opens_by_itself_within_62_days(register: OutgoingRegister, office: Office) -> None:
    assert NEAR.date() - LAST.date() == year_opening.PLAUSIBLE
    assert year_opening.question(register, NEAR.date()) is None
    entry = given(register, office.clerk, NEAR)
    assert (entry.year, entry.sequence) == (2027, 1)


@pytest.mark.parametrize("at", [NEAR + datetime.timedelta(days=1), JUMPED], ids=["the 63rd day", "years later"])
def test_jump_of_the_clock_opens_no_year(register: OutgoingRegister, office: Office, at: datetime.datetime) -> None:
    with refused(year_opening.YearNotOpen):
        given(register, office.clerk, at)
    with refused(year_opening.YearNotOpen):
        paper_numbers.record_paper_letters(
            register=register, first=1, last=1, details=DETAILS, on=at.date(), by=office.clerk, at=at
        )
    assert list(RegisterYear.objects.values_list("year", flat=True)) == [2026]
    back = given(register, office.clerk, LAST)
    assert (back.year, back.sequence) == (2026, 942), "the clock is right again, and the journal goes on"


def test_clerk_says_that_the_day_is_true(register: OutgoingRegister, office: Office) -> None:
    entries.open_year(register=register, day=JUMPED.date(), by=office.clerk, at=JUMPED)
    word = YearOpening.objects.get()
    assert (word.register, word.year, word.day, word.by, word.at) == (
        register,
        2028,
        JUMPED.date(),
        office.clerk,
        JUMPED,
    )
    assert (word.last_number, word.last_on) == ("941", LAST.date())
    assert given(register, office.clerk, JUMPED).sequence == 1
    with nothing_changes():
        entries.open_year(register=register, day=JUMPED.date(), by=office.clerk, at=JUMPED)


def test_word_stays(register: OutgoingRegister, office: Office) -> None:
    entries.open_year(register=register, day=JUMPED.date(), by=office.clerk, at=JUMPED)
    for act in (lambda: YearOpening.objects.update(last_number="1"), lambda: YearOpening.objects.all().delete()):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()


def test_page_of_another_day_opens_nothing(register: OutgoingRegister, office: Office) -> None:
    with refused(year_opening.NotThatDay):
        entries.open_year(register=register, day=JUMPED.date(), by=office.clerk, at=LAST)


def test_journal_without_a_number_opens_by_itself(office: Office) -> None:
    assert year_opening.question(office.register, JUMPED.date()) is None


def test_numbers_of_elsewhere_open_no_year(register: OutgoingRegister) -> None:
    register.mode = RegisterMode.TYPED
    assert year_opening.question(register, JUMPED.date()) is None


def test_year_opened_beforehand_asks_nothing(register: OutgoingRegister) -> None:
    numbering.open_year(register=register, year=2028, first=1, note="С первого номера")
    assert year_opening.question(register, JUMPED.date()) is None


# -- What people see --------------------------------------------------------------------------------------


@pytest.fixture
def waiting(office: Office, demo: None) -> Letter:
    given(office.register, office.clerk, REGISTERED_AT)
    return walked.approved(office)


def test_letter_waits_and_director_reads_why(waiting: Letter, office: Office, client: Client) -> None:
    with clock.standing(JUMPED):
        client.force_login(office.director)
        found = available_actions.actions_for(waiting, office.director, JUMPED)
        assert (found.waiting.act.key, found.waiting.why) == ("assign_number", found.waits)
        assert found.waits.startswith("Журнал 2028 года ещё не открыт: последний номер 941 дан 18.03.2026")
        assert found.waits in client.get(f"/letters/{waiting.pk}/").content.decode()
        with refused(year_opening.YearNotOpen):
            letters.assign_number(letter=waiting, snapshot_id=waiting.snapshot_id, by=office.director, at=JUMPED)
    assert Letter.objects.get(pk=waiting.pk).status == LetterStatus.APPROVED


def test_clerk_is_asked_by_one_button(waiting: Letter, office: Office, client: Client) -> None:
    client.force_login(office.clerk)
    assert "register/open-year" not in client.get("/register/").content.decode(), "nothing is asked in the year itself"
    with clock.standing(JUMPED):
        client.force_login(office.clerk)
        for page in ("/", "/register/"):
            shown = client.get(page).content.decode()
            assert "Сегодня действительно 03.02.2028?" in shown
            assert "Да, открыть журнал 2028 года" in shown
        sent = {"journal": office.register.code, "day": "2028-02-03"}
        answer = client.post("/register/open-year/", sent, follow=True)
        assert "Журнал 2028 года открыт." in answer.content.decode()
        assert "2028 год: " in answer.content.decode()
        assert "Да, открыть журнал" not in client.get("/register/").content.decode()
        letters.assign_number(letter=waiting, snapshot_id=waiting.snapshot_id, by=office.director, at=JUMPED)
    assert Letter.objects.get(pk=waiting.pk).entry.number == "1"


@pytest.mark.parametrize("day", ["", "2026-02-03", "вчера", "2028-02-04"])
def test_odd_days_open_nothing(waiting: Letter, office: Office, client: Client, day: str) -> None:
    with clock.standing(JUMPED):
        client.force_login(office.clerk)
        with nothing_changes():
            assert client.post("/register/open-year/", {"day": day}).status_code == 409
