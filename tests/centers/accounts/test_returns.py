"""A message to a person that came back is shown where its sender looks, with the way to send it again."""

import datetime
import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from centers.accounts import addresses, audit_log, invitations
from centers.accounts.notices import ACCOUNT
from centers.models import ChangeKind, Invitation, Person, User
from rcro_portal.lib.notices import planning, telling
from rcro_portal.models import Notice
from reports.delivery import bounces, returned_mail
from tests import clock
from tests.factories.centers import CoordinatorFactory, PersonFactory, administrator, coordinator, staff
from tests.factories.notices import NoticeFactory
from tests.untouched import nothing_changes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]
HOUR = datetime.timedelta(hours=1)
NO_SUCH = "Не доставлено: адрес не существует."


@pytest.fixture
def person() -> Person:
    person = PersonFactory(surname="Ёлкина", given_name="Яна", patronymic="Львовна", email="elkina@school.example")
    CoordinatorFactory(person=person)
    return person


def came_back(status: str = "5.1.1") -> bool:
    """What was mailed last."""
    return bounces.take(message_id=mail.outbox[-1].extra_headers["Message-ID"], status=status, at=clock.now())


def titles(user: User, now: datetime.datetime | None = None) -> list[str]:
    return [row["title"] for row in returned_mail.rows(user, now or clock.now())]


def test_invitation_that_came_back_is_shown_to_who_sent_it(client: Client, person: Person) -> None:
    by, colleague, boss = staff("methodist"), staff("methodist"), administrator()
    invitations.invite(person=person, email=person.email, by=by, at=clock.now())
    assert (titles(by), came_back(), came_back()) == ([], True, False)
    client.force_login(by)
    page = client.get("/invitations/").content.decode()
    again = f"{reverse('centers:invitation-new')}?person={person.pk}"
    assert [words in page for words in ("Не дошло", NO_SUCH, "Отправить снова", again)] == [True] * 4
    assert client.get("/invitations/?state=returned").context["table"].page.object_list[0].person == person
    home = client.get("/").content.decode()
    assert ("Вернулось по почте" in home, again in home) == (True, True)
    shown = ["Приглашение не дошло: Ёлкина Я.Л., elkina@school.example"]
    assert (titles(by), titles(colleague), titles(boss)) == (shown, [], shown)


def test_new_invitation_takes_the_place_of_the_one_that_came_back(client: Client, person: Person) -> None:
    by = administrator()
    earlier = clock.now() - HOUR
    invitations.invite(person=person, email="wrong@school.example", by=by, at=earlier)
    came_back()
    invitations.invite(person=person, email=person.email, by=by, at=clock.now())
    assert titles(by) == []


def test_each_sending_has_a_message_id_that_nobody_guesses(person: Person) -> None:
    invitations.invite(person=person, email=person.email, by=None, at=clock.now())
    row = Invitation.objects.get()
    assert mail.outbox[-1].extra_headers["Message-ID"] == row.notice.message_id
    assert re.fullmatch(r"<notice\.[0-9a-f]{24}@rvci\.example>", row.notice.message_id)
    with nothing_changes():
        assert bounces.take(message_id="<notice.guessed@rvci.example>", status="5.1.1", at=clock.now()) is False


def test_link_to_a_new_address_that_came_back_is_shown_to_the_administrator(client: Client) -> None:
    user, boss = coordinator(), administrator()
    change = addresses.ask(user=user, email="new@school.example", by=boss, at=clock.now())
    assert bounces.take(message_id=change.notice.message_id, status="5.2.2", at=clock.now()) is True
    assert titles(boss) == [f"Ссылка на новый адрес не дошла: {user}, new@school.example"]
    client.force_login(boss)
    assert "ящик получателя переполнен" in client.get(reverse("centers:account", args=[user.pk])).content.decode()


def told(user: User) -> Notice:
    """A notice of a changed account, sent."""
    change = audit_log.record(user=user, kind=ChangeKind.PASSWORD_CHANGED, by=user, at=clock.now())
    notice = Notice.objects.get(about=planning.name_of(change))
    assert telling.tell(notice_id=notice.pk, now=clock.now()) is True
    return notice


def test_notice_that_came_back_is_shown_until_the_address_takes_mail_again(client: Client) -> None:
    user, boss, other = coordinator(), administrator(), staff("methodist")
    told(user)
    came_back()
    assert titles(boss) == [f"Сообщение о входе в портал не дошло: {user}, {user.email}"]
    assert titles(other) == []
    client.force_login(boss)
    assert NO_SUCH in client.get(reverse("centers:account", args=[user.pk])).content.decode()
    told(user)
    assert titles(boss) == []
    came_back()
    assert len(titles(boss)) == 1
    User.objects.filter(pk=user.pk).update(email="mended@school.example")
    assert titles(boss) == []


def test_account_stands_once_with_its_last_notice_and_the_day_that_is_known(client: Client) -> None:
    user, boss = coordinator(), administrator()
    for day in (1, 2):
        fates = {"status": "failed", "planned_at": clock.now() - datetime.timedelta(days=day), "claimed_at": None}
        NoticeFactory(reason=ACCOUNT.key, user=user, email=user.email, error="550", **fates)
    (row,) = returned_mail.rows(boss, clock.now())
    last = clock.now() - datetime.timedelta(days=2)
    assert row["note"] == f"550 Написано {last:%d.%m.%Y}."


@pytest.mark.parametrize(("status", "words"), [("unknown", "могла не дойти"), ("failed", "не дошла")])
def test_words_agree_with_what_did_not_arrive(status: str, words: str) -> None:
    user, boss = coordinator(), administrator()
    change = addresses.ask(user=user, email="new@school.example", by=boss, at=clock.now())
    Notice.objects.filter(pk=change.notice_id).update(status=status, sent_at=None)
    assert titles(boss) == [f"Ссылка на новый адрес {words}: {user}, new@school.example"]
