"""A person who leaves hands over what waits for them: all of it or nothing, to who may, in everybody's sight."""

import dataclasses
import datetime

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from centers.models import User
from events.models import Commitment
from rcro_portal.models import Notice, RecordChange
from reports.models import Approval, IncomingLetter, WorkHandOver
from reports.operations.handing_over import hand_overs
from tests.factories import letters as walked
from tests.factories.approvals import route
from tests.factories.centers import (
    CenterFactory,
    DepartmentFactory,
    PersonFactory,
    StaffPostFactory,
    UserFactory,
    administrator,
    staff,
)
from tests.factories.events import OutcomeFactory
from tests.factories.moments import SENT_AT
from tests.factories.reports import Office
from tests.reports.incoming.test_resolutions import came, resolve
from tests.untouched import nothing_changes, refused

pytestmark = pytest.mark.django_db
ALL = set(hand_overs.KINDS)
DAY = datetime.date(2026, 11, 27)
ONE_OF_EACH = dict.fromkeys(hand_overs.KINDS, 1)


@pytest.fixture
def admin() -> User:
    return administrator()


@pytest.fixture
def successor(office: Office) -> User:
    return staff("methodist", office.department)


@pytest.fixture
def author(office: Office) -> User:
    """Of a letter that waits for the approval of who leaves."""
    return staff("methodist", office.department)


@pytest.fixture
def waiting(office: Office, author: User) -> Office:
    """One thing of every kind waits for the office's methodist."""
    CenterFactory()
    walked.free_sent(office, figure=False, body="Сообщаем.", decisions=[walked.decided()])
    walked.free(office, figure=False)
    OutcomeFactory(prepared_by=office.methodist.person)
    resolve(came(office), office)
    route((1, "Методист", office.methodist.person))
    walked.free_in_review(dataclasses.replace(office, methodist=author))
    return office


def hand(office: Office, to: User, by: User, kinds: set[str] = ALL) -> WorkHandOver:
    said = {"giver": office.methodist.person, "receiver": to.person, "kinds": kinds, "day": DAY}
    return hand_overs.hand_over(**said, by=by, at=SENT_AT)


def test_everything_passes_at_once(waiting: Office, successor: User, admin: User) -> None:
    giver = waiting.methodist.person
    assert hand_overs.work_of(giver).counts() == ONE_OF_EACH
    done = hand(waiting, successor, admin)
    assert {kind: getattr(done, kind) for kind in hand_overs.KINDS} == ONE_OF_EACH
    assert hand_overs.work_of(giver).counts() == dict.fromkeys(hand_overs.KINDS, 0)
    assert hand_overs.work_of(successor.person).counts() == ONE_OF_EACH
    step = IncomingLetter.objects.get().transitions.latest("pk")
    names = successor.person.surname_first, giver.surname_first
    assert step.note == "Дела переданы: исполнитель – {}, раньше – {}".format(*names)
    reminded = Notice.objects.filter(reason="incoming_reminder", status="queued").values_list("email", flat=True)
    assert set(reminded) == {successor.email}


def test_only_what_was_chosen_passes(waiting: Office, successor: User, admin: User) -> None:
    hand(waiting, successor, admin, {"commitments"})
    assert Commitment.objects.get().setter == successor.person
    assert hand_overs.work_of(waiting.methodist.person).counts() == ONE_OF_EACH | {"commitments": 0}


def test_it_is_logged_and_both_are_told(waiting: Office, successor: User, admin: User) -> None:
    hand(waiting, successor, admin)
    names = waiting.methodist.person.surname_first, successor.person.surname_first
    why = "Дела переданы: {} → {}".format(*names)
    logged = RecordChange.objects.filter(why=why, by=admin.pk).values_list("table", flat=True)
    assert set(logged) >= {"events_commitment", "events_outcome", "reports_incomingletter", "reports_letter"}
    told = Notice.objects.filter(reason="work_handed_over").values_list("email", flat=True)
    assert set(told) == {waiting.methodist.email, successor.email}


@pytest.mark.parametrize("who", ["stranger", "elsewhere", "clerk", "without an account", "themselves"])
def test_receiver_without_the_right_is_refused(who: str, waiting: Office, admin: User) -> None:
    receiver = {
        "stranger": lambda: PersonFactory(),
        "elsewhere": lambda: staff("methodist", DepartmentFactory(name="отдел олимпиад")).person,
        "clerk": lambda: waiting.clerk.person,
        "without an account": lambda: _closed(staff("methodist", waiting.department)).person,
        "themselves": lambda: waiting.methodist.person,
    }[who]()
    with refused(hand_overs.NotAColleague):
        hand_overs.hand_over(
            giver=waiting.methodist.person, receiver=receiver, kinds=ALL, by=admin, at=SENT_AT, day=DAY
        )


def _closed(user: User) -> User:
    User.objects.filter(pk=user.pk).update(is_active=False)
    return user


def test_nobody_gets_the_approval_of_their_own_letter(waiting: Office, author: User, admin: User) -> None:
    with refused(hand_overs.OwnLetter):
        hand(waiting, author, admin)
    assert hand(waiting, author, admin, ALL - {"approvals"}).drafts == 1


@pytest.mark.parametrize("how", ["by name", "as head", "and has approved"])
def test_nobody_is_asked_twice_for_one_text(
    how: str, office: Office, successor: User, author: User, admin: User
) -> None:
    """The second approval could not be given, and the letter would wait for it for ever."""
    CenterFactory()
    if how == "as head":
        successor.person.posts.update(duty="head")
        office.head.person.posts.update(until=datetime.date(2020, 12, 31))
    whose = office.department if how == "as head" else successor.person
    route((1, "Начальник отдела", whose), (1, "Методист", office.methodist.person))
    letter = walked.free_in_review(dataclasses.replace(office, methodist=author))
    if how == "and has approved":
        request = letter.snapshot.requests.get(person=successor.person)
        approved = {"kind": "approved", "by": successor, "at": SENT_AT}
        Approval.objects.create(snapshot=letter.snapshot, request=request, **approved)
    with refused(hand_overs.AskedAlready):
        hand(office, successor, admin, {"approvals"})
    third = staff("methodist", office.department)
    assert hand(office, third, admin, {"approvals"}).approvals == 1


def test_incoming_letter_stays_in_its_department_though_the_receiver_works_in_others(
    office: Office, admin: User
) -> None:
    receiver = staff("methodist", DepartmentFactory(name="отдел олимпиад"))
    StaffPostFactory(person=receiver.person, department=office.department)
    resolve(came(office), office)
    hand(office, receiver, admin)
    row = IncomingLetter.objects.get()
    assert (row.executor, row.department) == (receiver.person, office.department)


def test_it_goes_with_the_receiver_to_the_one_department_in_which_both_work(office: Office, admin: User) -> None:
    other, third = DepartmentFactory(name="отдел олимпиад"), DepartmentFactory(name="отдел кадров")
    receiver = staff("methodist", third)
    StaffPostFactory(person=receiver.person, department=other)
    resolve(came(office), office)
    StaffPostFactory(person=office.methodist.person, department=other)
    hand(office, receiver, admin)
    assert IncomingLetter.objects.get().department == other


def test_of_several_departments_nobody_guesses(office: Office, admin: User) -> None:
    resolve(came(office), office)
    receiver = UserFactory()
    for name in ("отдел олимпиад", "отдел кадров"):
        department = DepartmentFactory(name=name)
        for person in (office.methodist.person, receiver.person):
            StaffPostFactory(person=person, department=department)
    with refused(hand_overs.NotOneDepartment):
        hand(office, receiver, admin)


def test_nothing_to_hand_over(office: Office, successor: User, admin: User) -> None:
    with refused(hand_overs.Nothing):
        hand(office, successor, admin)


# -- The page ---------------------------------------------------------------------------------------


@pytest.fixture
def page(admin: User, client: Client, settings: Settings) -> Client:
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(admin)
    return client


def test_counts_are_shown_before_the_act(waiting: Office, successor: User, page: Client) -> None:
    giver = waiting.methodist.person
    chosen = page.get(reverse("reports:hand-over-new"), {"giver": giver.pk}, follow=True)
    assert "Черновики писем: 1" in chosen.text
    fields = {"receiver": successor.person_id, "kinds": ["drafts", "incoming"]}
    done = page.post(reverse("reports:hand-over", args=[giver.pk]), fields, follow=True)
    assert "Дела переданы: черновиков писем: 1, входящих писем: 1. Обоим отправлено сообщение." in done.text
    assert f"{giver.surname_first} → {successor.person.surname_first}" in done.text


def test_page_refuses_in_words_and_keeps_the_choice(waiting: Office, author: User, page: Client) -> None:
    address = reverse("reports:hand-over", args=[waiting.methodist.person_id])
    with nothing_changes():
        answer = page.post(address, {"receiver": author.person_id, "kinds": ["approvals"]})
    assert answer.status_code == 409
    assert "своё письмо не согласуют" in answer.text
    assert "Отметьте, что передать." in page.post(address, {"receiver": author.person_id}).text


@pytest.mark.parametrize("missing", ["work", "colleagues"])
def test_page_says_why_it_cannot_be(missing: str, office: Office, page: Client) -> None:
    words = {"work": "Передавать нечего", "colleagues": "Принять некому"}[missing]
    if missing == "colleagues":
        walked.free(office, figure=False)
        office.head.person.posts.update(until=datetime.date(2026, 1, 1))
    assert words in page.get(reverse("reports:hand-over", args=[office.methodist.person_id])).text
