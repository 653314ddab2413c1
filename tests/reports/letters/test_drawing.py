"""«К подписанию», the drawing that follows, the release: taken once, drawn once, whatever runs twice or late."""

import datetime
import errno
import os
from collections.abc import Callable

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from events.models import Commitment
from rcro_portal.lib import store
from reports.journal import numbering
from reports.letters import drawing, letters
from reports.models import Letter, Recipient, RegisterEntry, SigningAuthority
from reports.models.letter import FileKind, LetterStatus
from reports.typesetting import rendering
from tests.factories import letters as walked
from tests.factories.centers import CenterFactory, CoordinatorFactory, coordinator
from tests.factories.moments import DRAWN_AT, REGISTERED_AT, SENT_AT, tomsk
from tests.factories.reports import Office, RegisterYearFactory, SigningAuthorityFactory
from tests.untouched import nothing_changes, refused

pytestmark = pytest.mark.django_db
SECOND = datetime.timedelta(seconds=1)


def in_database(letter: Letter) -> Letter:
    return Letter.objects.get(pk=letter.pk)


def drawn(letter: Letter, now: datetime.datetime = DRAWN_AT) -> bool:
    return drawing.draw(letter_id=letter.pk, at=DRAWN_AT, now=now)


# -- Number and date ------------------------------------------------------------------------------------


def test_number_and_date_are_taken_together_with_the_signatory(office: Office) -> None:
    letter = walked.preparing(office)
    row, entry = in_database(letter), RegisterEntry.objects.get()
    assert (row.status, row.entry, row.authority) == (LetterStatus.PREPARING, entry, office.authority)
    assert (row.signatory_post, row.signatory_name) == ("Директор", "Е.Ю. Кедрова")
    assert (entry.sequence, entry.number, entry.year) == (941, "941", 2026)
    assert (entry.registered_on, entry.letter, entry.registered_by) == (
        datetime.date(2026, 3, 18),
        row,
        office.director,
    )
    assert entry.addressee == "Руководителям и педагогам образовательных организаций Томской области"
    assert entry.prepared_by == office.methodist.person.surname_first
    assert walked.steps(letter)[-1] == ("approved", "preparing", office.director, REGISTERED_AT, "")


def test_a_worker_is_told_after_the_commit(
    office: Office, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    letter = walked.approved(office)
    with django_capture_on_commit_callbacks() as told:
        walked.register(letter, office)
    assert len(told) == 1


def test_only_who_holds_the_authority_that_day_takes_a_number(office: Office) -> None:
    letter = walked.approved(office)
    with refused(letters.NotSignatory):
        letters.assign_number(letter=letter, snapshot_id=letter.snapshot_id, by=office.head, at=REGISTERED_AT)
    SigningAuthority.objects.update(until=datetime.date(2026, 3, 17))
    with refused(letters.NotSignatory):
        walked.register(letter, office)


def test_newest_authority_of_a_person_signs(office: Office) -> None:
    acting = SigningAuthorityFactory(
        person=office.director.person, post="И.о. директора", since=datetime.date(2026, 3, 1)
    )
    assert in_database(walked.preparing(office)).authority == acting


def test_other_content_than_was_read_takes_no_number(office: Office) -> None:
    letter, other = walked.approved(office), walked.approved(office)
    with refused(letters.LetterChanged):
        letters.assign_number(letter=letter, snapshot_id=other.snapshot_id, by=office.director, at=REGISTERED_AT)


def test_number_is_taken_once(office: Office) -> None:
    letter = walked.approved(office)
    late = in_database(letter)
    walked.register(letter, office)
    for again in (letter, late):
        with refused(letters.WrongStep):
            walked.register(again, office)


def test_letter_in_review_takes_no_number(office: Office) -> None:
    letter = walked.in_review(office)
    with refused(letters.WrongStep):
        walked.register(letter, office)


def test_no_number_where_the_date_would_fall(office: Office) -> None:
    walked.preparing(office, at=tomsk(3, 19, 9))
    letter = walked.approved(office)
    with refused(numbering.DateWouldFall):
        walked.register(letter, office)


def test_no_number_without_a_journal(office: Office, without_triggers: None) -> None:
    letter = walked.approved(office)
    RegisterYearFactory(register=office.register).delete()
    office.register.delete()
    with refused(numbering.NoRegister):
        walked.register(letter, office)


# -- Drawing ----------------------------------------------------------------------------------------------


def test_drawn_letter_awaits_its_signature(office: Office) -> None:
    letter = walked.preparing(office)
    assert drawn(letter) is True
    row = in_database(letter)
    assert (row.status, row.draw_lease_until, row.draw_attempts, row.draw_error) == (LetterStatus.AWAITING, None, 1, "")
    pdf = store.read(row.final.digest)
    assert (row.final.kind, row.final.size, row.final.made_at) == (FileKind.FINAL, len(pdf), DRAWN_AT)
    assert (row.final.made_by, row.final.media_type) == (None, "application/pdf")
    assert row.final.versions == rendering.versions()
    assert walked.steps(row)[-1] == ("preparing", "awaiting", None, DRAWN_AT, "")


@pytest.mark.drawn_anew
def test_same_content_makes_the_same_bytes(office: Office) -> None:
    letter = walked.awaiting(office)
    assert rendering.draw(letters.content.final(in_database(letter))) == store.read(letter.final.digest)


def test_late_and_doubled_tasks_draw_nothing(office: Office) -> None:
    letter = walked.awaiting(office)
    with nothing_changes():
        assert drawn(letter) is False


@pytest.mark.parametrize("make", [walked.in_review, walked.approved])
def test_letter_without_a_number_is_not_drawn(office: Office, make: type) -> None:
    letter = make(office)
    with nothing_changes():
        assert drawn(letter) is False


def test_claimed_letter_is_left_to_its_worker_until_the_lease_ends(office: Office) -> None:
    letter = walked.preparing(office)
    Letter.objects.update(draw_lease_until=DRAWN_AT, draw_attempts=1)
    with nothing_changes():
        assert drawn(letter, now=DRAWN_AT) is False
    assert drawn(letter, now=DRAWN_AT + SECOND) is True
    assert in_database(letter).draw_attempts == 2


def test_full_disk_is_said_in_words_and_mended_by_the_next_attempt(
    office: Office, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = walked.preparing(office)
    with monkeypatch.context() as disk:
        disk.setattr(os, "fsync", failing(errno.ENOSPC))
        assert drawn(letter) is False
    row = in_database(letter)
    assert (row.status, row.final, row.files.count()) == (LetterStatus.PREPARING, None, 0)
    assert row.draw_error == "В хранилище нет места. Файл не сохранён, остальное не изменилось."
    assert drawn(letter, now=DRAWN_AT + datetime.timedelta(seconds=settings.LEASE_SECONDS + 1)) is True
    assert (in_database(letter).status, in_database(letter).draw_error) == (LetterStatus.AWAITING, "")


def failing(number: int) -> Callable[[int], None]:
    def fsync(descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    return fsync


def test_failure_that_nobody_foresaw_is_said_in_words_too(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    letter = walked.preparing(office)
    monkeypatch.setattr(os, "fsync", failing(errno.EIO))
    assert drawn(letter) is False
    assert in_database(letter).draw_error.startswith("Хранилище не принимает файлы.")
    monkeypatch.setattr(store, "put", failing(errno.EIO))
    with pytest.raises(OSError, match="Input/output error"):
        drawn(letter, now=DRAWN_AT + datetime.timedelta(hours=1))
    row = in_database(letter)
    assert (row.status, row.draw_error) == (LetterStatus.PREPARING, drawing.UNFORESEEN)


def test_letter_that_cannot_be_drawn_is_tried_five_times_and_again_when_a_person_says_so(office: Office) -> None:
    letter = walked.preparing(office)
    Letter.objects.update(draw_attempts=Letter.DRAW_ATTEMPTS, draw_error="Нет места")
    with nothing_changes():
        assert drawn(letter) is False
    drawing.try_again(letter=letter)
    assert drawn(letter) is True


def test_trying_again_touches_only_what_is_in_preparation(office: Office) -> None:
    letter = walked.awaiting(office)
    with nothing_changes():
        drawing.try_again(letter=letter)


# -- Release ------------------------------------------------------------------------------------------------


def test_sent_letter_has_a_recipient_and_a_commitment_for_every_centre(office: Office, key: None) -> None:
    first, second = CenterFactory(), CenterFactory()
    person = CoordinatorFactory(center=first).person
    letter = walked.signed(office)
    assert letters.release(letter_id=letter.pk, at=SENT_AT) is True
    assert in_database(letter).status == LetterStatus.SENT
    assert walked.steps(letter)[-1] == ("signed", "sent", None, SENT_AT, "")
    rows = Recipient.objects.order_by("center")
    assert list(rows.values_list("center", "person", "name", "email", "status", "send_after", "attempts")) == [
        (first.pk, person.pk, person.full_name, person.email, "queued", SENT_AT, 0),
        (second.pk, None, second.organization.short_name, second.organization.email, "queued", SENT_AT, 0),
    ]
    owed = Commitment.objects.order_by("organization__center").values_list(
        "organization__center", "status", "opened_at"
    )
    assert list(owed) == [(first.pk, "open", SENT_AT), (second.pk, "open", SENT_AT)]


def test_released_once(office: Office, key: None) -> None:
    CenterFactory()
    letter = walked.sent(office)
    with nothing_changes():
        assert letters.release(letter_id=letter.pk, at=SENT_AT) is False


def test_nothing_is_sent_before_it_is_signed(office: Office) -> None:
    CenterFactory()
    letter = walked.awaiting(office)
    with nothing_changes():
        assert letters.release(letter_id=letter.pk, at=SENT_AT) is False


def test_coordinator_sees_only_what_was_sent_to_the_own_centre(office: Office, key: None) -> None:
    center = CenterFactory()
    user, day = coordinator(center), SENT_AT.date()
    sent = walked.sent(office)
    CenterFactory()
    walked.signed(office)
    stranger = coordinator(CenterFactory())
    assert list(Letter.objects.visible_to(user, day)) == [sent]
    assert list(Letter.objects.visible_to(stranger, day)) == []
    assert Letter.objects.visible_to(office.methodist, day).count() == 2
