"""The sweep finds what a lost task, a dead broker or a killed worker left undone."""

import datetime
import time

import pytest
from django.core import mail
from django.test import Client
from pytest_django import Settings

from rcro_portal.lib.notices.messages import MessageStatus
from reports.letters import drawing, letters, replacements
from reports.models import Letter, Recipient, Snapshot
from reports.models.letter import LetterStatus
from reports.operations import overdue, sweeping
from tests.factories import letters as walked
from tests.factories.centers import CenterFactory
from tests.factories.moments import DRAWN_AT, SENT_AT
from tests.factories.reports import Office, RecipientFactory
from tests.untouched import nothing_changes, refused

pytestmark = pytest.mark.django_db
NOTHING = {"drawn": 0, "released": 0, "doubtful": 0, "delivered": 0}


@pytest.fixture(autouse=True)
def no_night(settings: Settings) -> None:
    settings.QUIET_HOURS = False


def status(letter: Letter) -> str:
    return Letter.objects.get(pk=letter.pk).status


def test_nothing_to_do(office: Office) -> None:
    walked.awaiting(office)
    with nothing_changes():
        assert sweeping.sweep(now=SENT_AT) == NOTHING


def test_lost_nudges_are_made_good(office: Office, key: None) -> None:
    CenterFactory()
    waiting, signed = walked.preparing(office), walked.signed(office)
    assert sweeping.sweep(now=SENT_AT) == {"drawn": 1, "released": 1, "doubtful": 0, "delivered": 1}
    assert (status(waiting), status(signed)) == (LetterStatus.AWAITING, LetterStatus.SENT)
    assert len(mail.outbox) == 1
    with nothing_changes():
        assert sweeping.sweep(now=SENT_AT) == NOTHING


def test_expired_lease_of_a_dead_worker(office: Office) -> None:
    letter = walked.preparing(office)
    Letter.objects.update(draw_lease_until=DRAWN_AT, draw_attempts=1)
    assert sweeping.sweep(now=DRAWN_AT) == NOTHING
    assert sweeping.sweep(now=DRAWN_AT + datetime.timedelta(seconds=1)) == NOTHING | {"drawn": 1}
    assert status(letter) == LetterStatus.AWAITING


def test_broken_off_message_becomes_doubtful_and_is_not_sent() -> None:
    RecipientFactory(status=MessageStatus.SENDING, lease_until=DRAWN_AT)
    assert sweeping.sweep(now=SENT_AT) == NOTHING | {"doubtful": 1}
    assert Recipient.objects.get().status == MessageStatus.UNKNOWN
    assert sweeping.sweep(now=SENT_AT) == NOTHING
    assert mail.outbox == []


def test_letter_that_fails_holds_up_no_other(office: Office, without_triggers: None) -> None:
    poisoned, sound = walked.preparing(office), walked.preparing(office)
    Snapshot.objects.filter(letter=poisoned).update(content=5)
    assert sweeping.sweep(now=SENT_AT) == NOTHING | {"drawn": 1}
    assert (status(poisoned), status(sound)) == (LetterStatus.PREPARING, LetterStatus.AWAITING)
    assert Letter.objects.get(pk=poisoned.pk).draw_error == drawing.UNFORESEEN


def test_what_does_not_fit_into_the_time_is_left_to_the_next_sweep(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = walked.preparing(office), walked.preparing(office)
    with monkeypatch.context() as clock:
        readings = iter([0.0, 1.0, 30.0, 30.0, 30.0])
        clock.setattr(time, "monotonic", lambda: next(readings))
        assert sweeping.sweep(now=SENT_AT) == NOTHING | {"drawn": 1}
    assert (status(first), status(second)) == (LetterStatus.AWAITING, LetterStatus.PREPARING)
    assert sweeping.sweep(now=SENT_AT) == NOTHING | {"drawn": 1}


def test_letter_that_came_too_late_to_replace_another_waits_for_a_person(office: Office, client: Client) -> None:
    """It is told of on its page and by the inspection, and no sweep tries it again and again."""
    CenterFactory()
    old = walked.free_sent(office)
    first = replacements.begin(letter=old, reason="Опечатка.", by=office.methodist, at=SENT_AT)
    letters.file_draft(letter=first, by=office.methodist, at=SENT_AT)
    first = walked.signed_on_paper(Letter.objects.get(pk=first.pk), office)
    other = walked.free_sent(office)
    Letter.objects.filter(pk=old.pk).update(replaced_by=other)
    with refused(replacements.AlreadyReplaced):
        letters.release(letter_id=first.pk, at=SENT_AT)
    assert sweeping.sweep(now=SENT_AT)["released"] == 0
    assert Letter.objects.get(pk=first.pk).status == LetterStatus.SIGNED
    assert any(f"Подписанное письмо {first.pk} не отправлено" in words for words in overdue.overdue(SENT_AT))
    client.force_login(office.methodist)
    assert "Письмо не отправлено и само не уйдёт" in client.get(f"/letters/{first.pk}/").text


def test_replacement_that_was_sent_is_not_sent_again(office: Office) -> None:
    CenterFactory()
    old = walked.free_sent(office)
    new = replacements.begin(letter=old, reason="Опечатка.", by=office.methodist, at=SENT_AT)
    letters.file_draft(letter=new, by=office.methodist, at=SENT_AT)
    new = walked.send_on_paper(Letter.objects.get(pk=new.pk), office)
    with nothing_changes():
        assert letters.release(letter_id=new.pk, at=SENT_AT) is False
