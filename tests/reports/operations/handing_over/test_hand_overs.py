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
from reports.models import IncomingLetter, WorkHandOver
from reports.operations.handing_over import hand_overs
from tests.factories import letters as walked
from tests.factories.approvals import route
from tests.factories.centers import CenterFactory, DepartmentFactory, PersonFactory, administrator, staff
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
