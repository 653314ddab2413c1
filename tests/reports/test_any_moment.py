"""Numbers, sending, terms and what waits, late in the evening, on 31 December and on 29 February as at noon."""

import datetime

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from events.models import Commitment
from rcro_portal.lib import store
from rcro_portal.lib.notices.messages import MessageStatus
from rcro_portal.lib.working_days import Calendar
from reports.delivery import dispatch
from reports.letters import drawing, letters
from reports.models import Letter, Recipient, RegisterYear
from reports.operations import overdue, sweeping
from reports.typesetting import rendering
from tests import clock
from tests.factories import letters as walked
from tests.factories.centers import CoordinatorFactory
from tests.factories.events import ready_outcome
from tests.factories.reports import Office

pytestmark = pytest.mark.django_db
MOMENTS = {"noon": clock.NOON, **clock.HARD}
DAY, MINUTE = datetime.timedelta(days=1), datetime.timedelta(minutes=1)


@pytest.fixture(params=MOMENTS.values(), ids=MOMENTS)
def at(request: pytest.FixtureRequest) -> datetime.datetime:
    """As a database gives it: in UTC, while the portal's days are those of Tomsk."""
    return request.param.astimezone(datetime.UTC)


@pytest.fixture
def sent(office: Office, key: None, settings: Settings, at: datetime.datetime) -> Letter:
    """Filed, numbered, signed and released within one minute; its decision is due on the next day."""
    settings.QUIET_HOURS = True
    CoordinatorFactory(person__email="coordinator@school.example")
    written = {"edited_by": office.methodist, "prepared_by": office.methodist.person}
    outcome = ready_outcome(**written)
    outcome.decisions.update(due_on=day_of(at) + DAY)
    letter = letters.file_outcome(outcome=outcome, by=office.methodist, at=at)
    walked.approve(letter, office, at=at)
    walked.register(letter, office, at=at)
    with clock.standing(at):
        assert drawing.draw(letter_id=letter.pk, at=at, now=at)
        letter.refresh_from_db()
        walked.sign(letter, office, at=at)
    assert letters.release(letter_id=letter.pk, at=at)
    return Letter.objects.get(pk=letter.pk)


def day_of(at: datetime.datetime) -> datetime.date:
    return timezone.localtime(at).date()


def test_number_and_date_are_those_of_the_day_in_tomsk(sent: Letter, at: datetime.datetime) -> None:
    day = day_of(at)
    assert (sent.entry.registered_on, sent.entry.year) == (day, day.year)
    counter = RegisterYear.objects.get(register=sent.entry.register, year=day.year)
    assert (counter.last_sequence, counter.last_on) == (sent.entry.sequence, day)
    assert f"{day:%d.%m.%Y}" in rendering.plain_text(store.read(sent.final.digest))


def test_message_leaves_now_or_in_the_morning(sent: Letter, at: datetime.datetime) -> None:
    recipient, local = Recipient.objects.get(), timezone.localtime(at)
    by_day = 8 <= local.hour < 20
    assert dispatch.deliver(recipient_id=recipient.pk, at=at, now=at) is by_day
    morning = local.replace(hour=8, minute=0) + (not by_day) * DAY
    assert list(overdue.overdue(morning + 5 * MINUTE)) == []
    assert sweeping.sweep(now=morning)["delivered"] == int(not by_day)
    recipient.refresh_from_db()
    assert (recipient.status, recipient.sent_at) == (MessageStatus.SENT, at if by_day else morning)
    assert [message.to for message in mail.outbox] == [["coordinator@school.example"]]


def test_a_term_is_over_when_its_day_in_tomsk_is(
    sent: Letter, at: datetime.datetime, office: Office, client: Client
) -> None:
    commitment, day = Commitment.objects.get(), day_of(at)
    found = []
    for ahead in (0, 1, 2):
        with clock.standing(at + ahead * DAY):
            client.force_login(office.methodist)
            late = Commitment.objects.overdue(clock.today()).exists()
            found.append((late, "просрочено на 1 день" in client.get(f"/commitments/{commitment.pk}/").text))
    assert (commitment.due_on, found) == (day + DAY, [(False, False), (False, False), (True, True)])


FOLLOWING = {
    "noon": datetime.date(2026, 11, 30),
    "23:30": datetime.date(2026, 12, 1),
    "31 December": datetime.date(2027, 1, 11),
    "29 February": datetime.date(2028, 3, 1),
}


@pytest.mark.parametrize("name", MOMENTS)
def test_words_of_a_term(name: str) -> None:
    """Friday, Monday, the holidays of the new year, and a leap year whose decree is not known yet."""
    day, calendar = day_of(MOMENTS[name]), Calendar()
    following = calendar.next_working_day(day)
    doubt = " Производственный календарь 2028 года портал не знает: перенесённые дни не учтены"
    words = f"остался 1 рабочий день{'.' + doubt if day.year == 2028 else ''}"
    assert (following, calendar.term_words(following, day)) == (FOLLOWING[name], words)
    assert calendar.term_words(day, day) == "срок сегодня"
    assert calendar.term_words(day, day + DAY) == "Просрочено на 1 день"
