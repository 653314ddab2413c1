"""What the portal wrote to whom, who reads that, and how reminders are stopped and chosen."""

import pytest
from django.test import Client
from django.urls import reverse

from centers.accounts import mails
from rcro_portal.lib.notices import choices, choosing, stopping
from rcro_portal.models import MailChoice, Notice
from tests.factories.centers import administrator, coordinator, staff
from tests.factories.moments import SENT_AT
from tests.factories.notices import NoticeFactory

pytestmark = pytest.mark.django_db
LIST = reverse("centers:mail-list")


def reminder(**fields: object) -> Notice:
    return NoticeFactory(reason="commitment_reminder", in_digest=True, **fields)


def stop_path(notice: Notice) -> str:
    return stopping.address(notice).partition("//")[2].partition("/")[2].join(["/", ""])


def test_everybody_reads_their_own(client: Client) -> None:
    user, other = coordinator(), coordinator()
    NoticeFactory(user=user, email=user.email, subject="Срок 06.04.2026", reason="commitment_reminder")
    NoticeFactory(user=other, email=other.email, subject="Чужое письмо", reason="commitment_reminder")
    client.force_login(user)
    page = client.get(LIST).content.decode()
    assert "Срок 06.04.2026" in page
    assert "Подходит или прошёл срок поручения" in page
    assert "Чужое письмо" not in page
    assert client.get(f"{LIST}?person={other.person_id}").status_code == 404
    assert client.get(f"{LIST}?person=x").status_code == 404


def test_staff_read_what_coordinators_were_written_and_not_each_other(client: Client) -> None:
    user, colleague = coordinator(), staff("clerk")
    NoticeFactory(user=user, email=user.email, subject="Срок 06.04.2026")
    client.force_login(staff("methodist"))
    page = client.get(f"{LIST}?person={user.person_id}").content.decode()
    assert f"Письма портала: {user.person.surname_first}" in page
    assert "Срок 06.04.2026" in page
    assert client.get(f"{LIST}?person={colleague.person_id}").status_code == 404
    assert mails.may_read(administrator(), colleague.person)


def test_a_mail_program_stops_reminders_by_one_post_without_cookie_and_token() -> None:
    program = Client(enforce_csrf_checks=True)
    notice, letter = reminder(), NoticeFactory(reason="commitment_moved", in_digest=True)
    answer = program.post(stop_path(notice), {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    notice.refresh_from_db(), letter.refresh_from_db()
    assert (notice.status, notice.error) == ("taken_back", "Получатель отказался от напоминаний.")
    # What may not be stopped comes by itself from now on.
    assert (letter.status, letter.in_digest) == ("queued", False)
    choice = MailChoice.objects.get()
    assert (choice.email, choice.stopped_at is not None) == (notice.email, True)
    assert program.post(stop_path(notice)).status_code == 200
    assert MailChoice.objects.get().stopped_at == choice.stopped_at


def test_opened_by_a_robot_the_address_stops_nothing(client: Client) -> None:
    notice = reminder()
    page = client.get(stop_path(notice))
    assert "Не присылать" in page.content.decode()
    assert not MailChoice.objects.exists()
    notice.refresh_from_db()
    assert notice.status == "queued"


def test_pressed_by_mistake_it_is_taken_back(client: Client) -> None:
    notice = reminder()
    client.post(stop_path(notice))
    page = client.post(stop_path(notice), {"again": "1"})
    assert "Напоминания снова будут приходить" in page.content.decode()
    assert MailChoice.objects.get().stopped_at is None


@pytest.mark.parametrize("key", ["1.guess", "1", "x.y", "."])
def test_address_that_nobody_signed_opens_nothing(client: Client, key: str) -> None:
    reminder()
    assert client.post(reverse("centers:mail-stop", args=[key])).status_code == 404
    assert not MailChoice.objects.exists()


def test_letters_terms_and_accounts_have_no_such_address() -> None:
    for reason in ("account", "commitment_moved", "event_cancelled", "commitment_reminded"):
        assert stopping.address(NoticeFactory(reason=reason)) == ""
    assert stopping.address(NoticeFactory(reason="digest"))


def test_choice_moves_what_waits(client: Client) -> None:
    user = coordinator()
    one = reminder(user=user, email=user.email)
    returned = NoticeFactory(user=user, email=user.email, reason="commitment_returned")
    account = NoticeFactory(user=user, email=user.email, reason="account")
    client.force_login(user)
    answer = client.post(reverse("centers:mail-choice"), {"way": "at_once"}, follow=True)
    assert "Каждое сообщение – отдельным письмом, сразу" in answer.content.decode()
    for row in (one, returned, account):
        row.refresh_from_db()
    assert (one.in_digest, returned.in_digest) == (False, False)
    client.post(reverse("centers:mail-choice"), {"way": "digest"})
    for row in (one, returned, account):
        row.refresh_from_db()
    assert (one.in_digest, returned.in_digest, account.in_digest) == (True, True, False)
    assert client.post(reverse("centers:mail-choice"), {"way": "никак"}).status_code == 422
    assert choices.of([user.email])[user.email].way == "digest"


def test_choice_goes_with_whoever_changes_their_address() -> None:
    choosing.choose(email="old@school.example", way="digest", stops=False, at=SENT_AT)
    waiting, told = reminder(email="old@school.example"), NoticeFactory(reason="account", email="old@school.example")
    choosing.pass_on(old="old@school.example", new="new@school.example", at=SENT_AT)
    waiting.refresh_from_db(), told.refresh_from_db()
    assert (MailChoice.objects.get().email, waiting.email, told.email) == (
        "new@school.example",
        "new@school.example",
        "old@school.example",
    )


def test_what_the_new_address_is_told_already_does_not_go_there_twice() -> None:
    """A school's address that a colleague without an account has too."""
    old, theirs = (reminder(email=email, about="events.commitment:1") for email in ("old@x.example", "new@x.example"))
    other = reminder(email="old@x.example", about="events.commitment:2")
    choosing.pass_on(old="old@x.example", new="new@x.example", at=SENT_AT)
    for row in (old, theirs, other):
        row.refresh_from_db()
    assert (old.status, theirs.status) == ("taken_back", "queued")
    assert (other.status, other.email) == ("queued", "new@x.example")
