"""The head of a department puts an incoming letter to another of its people: with a reason, told to both."""

import datetime

import pytest
from django.core import mail
from django.test import Client
from pytest_django import Settings

from centers.models import User
from rcro_portal.lib.notices import telling
from rcro_portal.lib.refusals import WrongStep
from reports.incoming import resolutions
from reports.models import IncomingLetter
from tests.factories.centers import DepartmentFactory, staff
from tests.factories.moments import tomsk
from tests.factories.reports import Office
from tests.reports.incoming.test_resolutions import DUE, NOW, address, came, planned, resolve, steps
from tests.untouched import refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def first_factor_is_enough(settings: Settings) -> None:
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def arrived(office: Office) -> IncomingLetter:
    return came(office)


@pytest.fixture
def colleague(office: Office) -> User:
    return staff("methodist", office.department)


def reassign(row: IncomingLetter, office: Office, to: User, why: str = "Отпуск.", at: datetime.datetime = NOW) -> None:
    resolutions.reassign(incoming=row, executor=to.person, why=why, by=office.head, at=at)


def test_head_names_another_executor_and_the_resolution_stays(
    arrived: IncomingLetter, office: Office, colleague: User
) -> None:
    resolve(arrived, office)
    reassign(arrived, office, colleague)
    arrived.refresh_from_db()
    assert (arrived.executor, arrived.department) == (colleague.person, office.department)
    assert (arrived.resolution, arrived.due_on) == ("Подготовить ответ.", DUE)
    names = colleague.person.surname_first, office.methodist.person.surname_first
    note = "Передано: исполнитель – {}, раньше – {}. Причина: Отпуск.".format(*names)
    assert steps(arrived)[-1] == ("in_work", "in_work", note)
    assert {email for email, _ in planned(arrived, "incoming_reminder")} == {colleague.email}


def test_both_are_told_with_the_reason(arrived: IncomingLetter, office: Office, colleague: User) -> None:
    resolve(arrived, office)
    telling.tell_due(now=NOW)
    mail.outbox.clear()
    later = NOW + datetime.timedelta(hours=1)
    reassign(arrived, office, colleague, at=later)
    telling.tell_due(now=later)
    told = {message.to[0]: message.body for message in mail.outbox}
    assert set(told) == {colleague.email, office.methodist.email}
    assert "Вам поручено входящее письмо." in told[colleague.email]
    assert "передано другому исполнителю" in told[office.methodist.email]
    assert all("Причина: Отпуск." in body for body in told.values())


def test_whom_the_director_takes_it_from_is_told_too(arrived: IncomingLetter, office: Office) -> None:
    resolve(arrived, office)
    telling.tell_due(now=NOW)
    mail.outbox.clear()
    resolve(arrived, office, executor=office.head.person)
    telling.tell_due(now=NOW)
    told = {message.to[0]: message.body for message in mail.outbox}
    assert f"Исполнитель теперь – {office.head.person.surname_first}" in told[office.methodist.email]


def test_given_back_by_night_the_mails_of_the_first_turn_stay_away(
    arrived: IncomingLetter, office: Office, colleague: User
) -> None:
    resolve(arrived, office)
    telling.tell_due(now=NOW)
    mail.outbox.clear()
    reassign(arrived, office, colleague, at=tomsk(3, 18, 21))
    reassign(arrived, office, office.methodist, why="Справлюсь.", at=tomsk(3, 18, 22))
    telling.tell_due(now=tomsk(3, 19, 8))
    told = {message.to[0]: message.body for message in mail.outbox}
    assert len(mail.outbox) == len(told) == 2
    assert "Вам поручено" in told[office.methodist.email]
    assert "передано другому" in told[colleague.email]


@pytest.mark.parametrize("who", ["of another department", "clerk", "the same"])
def test_only_colleagues_of_the_department_take_it(who: str, arrived: IncomingLetter, office: Office) -> None:
    resolve(arrived, office)
    elsewhere = staff("methodist", DepartmentFactory(name="отдел олимпиад"))
    to = {"of another department": elsewhere, "clerk": office.clerk, "the same": office.methodist}[who]
    with refused(resolutions.NotOfTheDepartment):
        reassign(arrived, office, to)


def test_it_is_passed_on_with_a_reason_and_once(arrived: IncomingLetter, office: Office, colleague: User) -> None:
    resolve(arrived, office)
    read = IncomingLetter.objects.get(pk=arrived.pk)
    with refused(resolutions.NoReason):
        reassign(arrived, office, colleague, why=" ")
    reassign(arrived, office, colleague)
    with refused(WrongStep):
        reassign(read, office, office.head)


def test_head_passes_it_on_from_the_card(
    arrived: IncomingLetter, office: Office, colleague: User, client: Client
) -> None:
    resolve(arrived, office)
    client.force_login(office.head)
    assert "Передать другому исполнителю" in client.get(address(arrived, "detail")).text
    missing = client.post(address(arrived, "reassign"), {"reassign-executor": colleague.person_id})
    assert (missing.status_code, "Обязательное поле" in missing.text) == (422, True)
    said = {"reassign-executor": colleague.person_id, "reassign-why": "Отпуск"}
    done = client.post(address(arrived, "reassign"), said, follow=True)
    assert f"Исполнитель теперь – {colleague.person.surname_first}" in done.text


def test_head_without_colleagues_reads_why_not(arrived: IncomingLetter, office: Office, client: Client) -> None:
    resolve(arrived, office, executor=office.head.person)
    office.methodist.person.posts.update(until=datetime.date(2026, 1, 1))
    client.force_login(office.head)
    page = client.get(address(arrived, "detail")).text
    assert "Другого исполнителя назначает директор" in page
