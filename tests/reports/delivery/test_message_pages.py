"""The link of a message without an account, and the recipients' block of the letter's page."""

import datetime
import html
import re

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from events.models import Commitment
from rcro_portal.lib.notices.messages import MessageStatus
from reports import halted
from reports.delivery import delivery_progress
from reports.models import Letter, Recipient
from tests import clock
from tests.factories import letters as walked
from tests.factories.centers import CenterFactory, DepartmentFactory, coordinator, staff
from tests.factories.moments import SENT_AT, tomsk
from tests.factories.reports import Office, RecipientFactory
from tests.untouched import nothing_changes

pytestmark = pytest.mark.django_db
MINUTE = datetime.timedelta(minutes=1)
BAD = {"attempts": 1, "error": "550 no such user"}


@pytest.fixture
def named(office: Office, key: None) -> Recipient:
    """An addressee without an account, of a letter with an appendix."""
    from reports.letters import letters

    letter = walked.free(office, audience="chosen", addressees=[walked.addressed()])
    walked.enclose(letter)
    letters.file_draft(letter=letter, by=office.methodist, at=SENT_AT)
    return walked.send_by_key(Letter.objects.get(pk=letter.pk), office).recipients.get()


def opened(client: Client, recipient: Recipient) -> str:
    answer = client.get(reverse("reports:message-open", args=[recipient.token]))
    assert answer.status_code == 200
    return answer.content.decode()


# -- By the link ------------------------------------------------------------------------------------


def test_link_opens_this_letter_and_nothing_else(named: Recipient, client: Client) -> None:
    page = opened(client, named)
    inside = page.partition("<main")[2].partition("</main>")[0]
    links = set(re.findall(r'(?:href|src|action)="([^"]+)"', inside))
    elsewhere = [link for link in links if f"/m/{named.token}/" not in link and not link.startswith(("/static/", "#"))]
    assert elsewhere == []
    doors = [link.replace("http://127.0.0.1:8000", "") for link in links if "/m/" in link and "acknowledge" not in link]
    assert len(doors) == 3
    assert [client.get(door).status_code for door in doors] == [200, 200, 200]


def test_opening_notes_only_that_it_was_opened(named: Recipient, client: Client) -> None:
    opened(client, named)
    row = Recipient.objects.get()
    assert (row.opened_at is None, row.acknowledged_at) == (False, None)
    with nothing_changes():
        opened(client, named)


def test_reader_without_an_account_confirms_once(named: Recipient, client: Client) -> None:
    act = reverse("reports:message-acknowledge", args=[named.token])
    answer = client.post(act)
    assert answer.headers["Location"] == reverse("reports:message-open", args=[named.token])
    assert [str(message) for message in get_messages(answer.wsgi_request)] == ["Ознакомление подтверждено. Спасибо."]
    page = opened(client, named)
    assert (f'action="{act}"' in page, "Подтверждено " in page) == (False, True)
    with nothing_changes():
        client.post(act)


def test_link_is_told_to_no_search_engine_and_kept_in_no_cache(named: Recipient, client: Client) -> None:
    answer = client.get(reverse("reports:message-open", args=[named.token]))
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert '<meta name="robots" content="noindex">' in answer.content.decode()


def test_whoever_has_an_account_acts_under_their_own_name(office: Office, client: Client) -> None:
    user = coordinator(CenterFactory())
    letter = walked.sent_on_paper(office)
    recipient = Recipient.objects.get()
    client.force_login(user)
    answer = client.get(reverse("reports:message-open", args=[recipient.token]))
    owed = letter.outcome.commitments.get()
    assert answer.headers["Location"] == reverse("events:commitment-detail", args=[owed.pk])


def test_link_alone_confirms_nothing_for_whoever_has_an_account(office: Office, client: Client) -> None:
    coordinator(CenterFactory())
    walked.sent_on_paper(office)
    recipient = Recipient.objects.get()
    answer = client.post(reverse("reports:message-acknowledge", args=[recipient.token]))
    assert answer.headers["Location"] == reverse("reports:message-open", args=[recipient.token])
    assert Recipient.objects.get().acknowledged_at is None


def test_log_in_behind_the_link_names_the_decision_and_its_term(office: Office, client: Client) -> None:
    user = coordinator(CenterFactory())
    walked.sent_on_paper(office)
    recipient = Recipient.objects.get()
    door = reverse("reports:message-open", args=[recipient.token])
    answer = client.get(door)
    assert answer.headers["Location"] == f"/accounts/login/?next={door}"
    page = html.unescape(client.get(answer.headers["Location"]).text).replace("\u00a0", " ")
    assert "Письмо № 941 от 18.03.2026" in page
    assert "Составить список приборов – <strong>до 6 апреля 2026 г.</strong>" in page
    # Still there after a password that was mistyped; and who is logged in goes on to the decision.
    again = client.post("/accounts/login/", {"login": user.email, "password": "не тот", "next": door})
    assert "Составить список приборов" in again.text
    client.force_login(user)
    decision = reverse("events:commitment-detail", args=[Commitment.objects.get().pk])
    assert client.get(door).headers["Location"] == decision


def test_log_in_tells_a_stranger_nothing(office: Office, client: Client) -> None:
    """Neither where there is no key, nor where it is guessed, nor by the address of the decision itself."""
    coordinator(CenterFactory())
    walked.sent_on_paper(office)
    recipient = Recipient.objects.get()
    for door in (
        "",
        reverse("reports:message-open", args=[recipient.token[:-1]]),
        reverse("events:commitment-detail", args=[Commitment.objects.get().pk]),
        reverse("reports:letter-detail", args=[recipient.letter_id]),
        f"https://elsewhere.example{reverse('reports:message-open', args=[recipient.token])}",
    ):
        page = client.get("/accounts/login/", {"next": door}).text
        assert ("список приборов" in page, "№ 941" in page) == (False, False), door


def test_reader_without_an_account_sees_the_decision_and_its_term(office: Office, client: Client) -> None:
    CenterFactory()
    walked.sent_on_paper(office)
    page = opened(client, Recipient.objects.get()).replace("\u00a0", " ")
    assert "Составить список приборов – <strong>до 6 апреля 2026 г.</strong>" in page


# -- The recipients' block --------------------------------------------------------------------------


@pytest.fixture
def sent(office: Office) -> Letter:
    """To six: one delivered, one each of what can go wrong, one queued."""
    letter = walked.sent_on_paper(office)
    came = {"letter": letter, "sent_at": SENT_AT, "attempts": 1}
    RecipientFactory(status=MessageStatus.SENT, acknowledged_at=SENT_AT, **came)
    RecipientFactory(status=MessageStatus.BOUNCED, bounced_at=SENT_AT, error="Вернулось", **came)
    for status in (MessageStatus.FAILED, MessageStatus.FAILED, MessageStatus.UNKNOWN):
        RecipientFactory(letter=letter, status=status, **BAD)
    RecipientFactory(letter=letter)
    return letter


def shown(client: Client, letter: Letter) -> str:
    page = client.get(reverse("reports:letter-detail", args=[letter.pk])).content.decode()
    text = re.sub(r"<[^>]+>", " ", page.partition('id="recipients"')[2].partition("</section>")[0])
    return html.unescape(" ".join(text.split()))


def test_office_sees_who_was_reached_and_what_to_do(sent: Letter, office: Office, client: Client) -> None:
    client.force_login(office.methodist)
    block = shown(client, sent)
    assert "Доставлено 1 из 6" in block
    assert "Ознакомились 1 из 6." in block
    assert "Отправить ещё раз всем, до кого не дошло (3)" in block
    assert block.count("Отправить ещё раз :") == 4
    assert block.count("Письмо пришло") == 1


def test_all_that_did_not_come_go_again_and_doubtful_ones_do_not(sent: Letter, office: Office, client: Client) -> None:
    client.force_login(office.methodist)
    assert client.post(reverse("reports:letter-send-again", args=[sent.pk])).status_code == 302
    states = list(sent.recipients.order_by("pk").values_list("status", "bounced_at"))
    assert states == [
        (MessageStatus.SENT, None),
        *[(MessageStatus.QUEUED, None)] * 3,
        (MessageStatus.UNKNOWN, None),
        (MessageStatus.QUEUED, None),
    ]
    with nothing_changes():
        assert client.post(reverse("reports:letter-send-again", args=[sent.pk])).status_code == 409


def test_person_knows_that_a_doubtful_one_came(sent: Letter, office: Office, client: Client) -> None:
    client.force_login(office.methodist)
    unknown = sent.recipients.get(status=MessageStatus.UNKNOWN)
    assert client.post(reverse("reports:recipient-settle", args=[unknown.pk])).status_code == 302
    row = Recipient.objects.get(pk=unknown.pk)
    assert (row.status, row.error, row.sent_at is None) == (MessageStatus.SENT, "", False)
    assert client.post(reverse("reports:recipient-settle", args=[unknown.pk])).status_code == 409


def test_whose_it_is_not_reads_whom_to_ask(sent: Letter, office: Office, client: Client) -> None:
    """A message in doubt is sent again by the clerk or the department; others are told so, and see no button."""
    pages = []
    for user in (staff("methodist", DepartmentFactory(name="отдел олимпиад")), office.methodist):
        client.force_login(user)
        pages.append(client.get(reverse("reports:letter-detail", args=[sent.pk])).text)
    words = f"Повторяет отправку делопроизводитель или отдел, чьё письмо: {sent.department.name}."
    again = reverse("reports:recipient-send-again", args=[sent.recipients.get(status=MessageStatus.UNKNOWN).pk])
    assert [(words in text, again in text) for text in pages] == [(True, False), (False, True)]


# -- The page that looks again by itself ------------------------------------------------------------


@pytest.fixture
def by_day(settings: Settings) -> None:
    settings.QUIET_HOURS = True


def test_block_looks_again_while_messages_leave(sent: Letter, by_day: None) -> None:
    queued = sent.recipients.filter(status=MessageStatus.QUEUED)
    assert delivery_progress.tally(delivery_progress.recipients(sent), SENT_AT + MINUTE).looks_again is True
    assert delivery_progress.tally(delivery_progress.recipients(sent), SENT_AT + 11 * MINUTE).looks_again is False
    queued.update(send_after=tomsk(3, 18, 20))
    at_night = delivery_progress.tally(delivery_progress.recipients(sent), tomsk(3, 18, 20))
    assert (at_night.leaving, at_night.by_morning, at_night.looks_again) == (1, True, False)
    waits = delivery_progress.tally(delivery_progress.recipients(sent), tomsk(3, 18, 19, 59))
    assert (waits.leaving, waits.later, waits.looks_again) == (0, 1, False)
    queued.update(send_after=tomsk(3, 19, 8))
    assert delivery_progress.tally(delivery_progress.recipients(sent), tomsk(3, 19, 8)).looks_again is True


def test_fragment_stops_when_all_have_left(sent: Letter, office: Office, client: Client, settings: Settings) -> None:
    settings.QUIET_HOURS = False
    sent.recipients.filter(status=MessageStatus.QUEUED).update(send_after=clock.now())
    client.force_login(office.methodist)
    path = reverse("reports:letter-recipients", args=[sent.pk])
    assert f'hx-get="{path}"' in client.get(path).content.decode()
    sent.recipients.filter(status=MessageStatus.QUEUED).update(status=MessageStatus.SENT, sent_at=SENT_AT)
    fragment = client.get(path).content.decode()
    assert ("hx-get" in fragment, "Доставлено 2 из 6" in fragment) == (False, True)
    assert "Показать, до кого не дошло" in fragment


def test_signed_letter_is_looked_at_until_it_is_sent(
    office: Office, key: None, client: Client, settings: Settings
) -> None:
    settings.QUIET_HOURS = False
    letter = walked.awaiting(office)
    walked.sign(letter, office, at=clock.now())
    client.force_login(office.methodist)
    page, desk = (reverse(f"reports:letter-{name}", args=[letter.pk]) for name in ("detail", "desk"))
    for path in (page, desk):
        assert f'hx-get="{desk}" hx-trigger="every 1s"' in client.get(path).content.decode()
    Letter.objects.update(status="sent")
    answer = client.get(desk)
    assert (answer.status_code, answer.headers["HX-Refresh"]) == (204, "true")
    assert "Подписано. Исх. № 941 от 18.03.2026. Письмо отправлено." in client.get(page).content.decode()


def test_signed_letter_is_left_alone_at_night_and_after_a_while(office: Office, key: None, by_day: None) -> None:
    letter = walked.signed(office)
    at = letter.signature.signed_at
    assert delivery_progress.is_being_released(letter, at + MINUTE) is True
    assert delivery_progress.is_being_released(letter, at + 2 * MINUTE) is False
    letter.signature.signed_at = tomsk(3, 18, 20)
    assert delivery_progress.is_being_released(letter, tomsk(3, 18, 20)) is False


def test_nobody_looks_while_sending_stands_still(sent: Letter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(halted, "is_halted", lambda: True)
    assert delivery_progress.tally(delivery_progress.recipients(sent), SENT_AT).looks_again is False
