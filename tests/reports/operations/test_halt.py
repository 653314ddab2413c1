"""After a restore numbering and sending stand still until a person states the last number issued."""

import datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

from rcro_portal.lib.notices.messages import MessageStatus
from rcro_portal.lib.refusals import WrongStep
from reports import halted
from reports.delivery import dispatch
from reports.journal import entries, numbering
from reports.journal import invariants as journal_invariants
from reports.letters import letters
from reports.models import Halt, Letter, NumberBlock, OutgoingRegister, Recipient, RegisterEntry, RegisterYear
from reports.models.letter import LetterStatus
from reports.operations import halt, invariants, sweeping
from tests import clock
from tests.factories import letters as walked
from tests.factories.centers import CoordinatorFactory, UserFactory, administrator
from tests.factories.moments import APPROVED_AT, REGISTERED_AT, SENT_AT, tomsk
from tests.factories.notices import NoticeFactory
from tests.factories.reports import Office, OutgoingRegisterFactory, RecipientFactory, RegisterYearFactory
from tests.untouched import refused

pytestmark = pytest.mark.django_db
RESTORED_AT = tomsk(3, 19, 9)
LIFTED_AT = tomsk(3, 19, 11)
REASON = "портал восстановлен из копии от 18.03.2026 03:00"


@pytest.fixture(autouse=True)
def by_day(settings: Settings) -> None:
    settings.QUIET_HOURS = False
    settings.SECOND_FACTOR_REQUIRED = False


def register_key(office: Office, year: int = 2026) -> str:
    return f"{office.register.pk}-{year}"


def begin_halt() -> Halt:
    return halt.halt(reason=REASON, at=RESTORED_AT)


def lift(office: Office, number: int, at: datetime.datetime = LIFTED_AT) -> None:
    halt.lift(stated={register_key(office): number}, by=office.clerk, at=at)


# -- What stands still ----------------------------------------------------------------------------------


def test_no_number_is_taken(office: Office) -> None:
    letter = walked.approved(office)
    begin_halt()
    with refused(halted.Halted):
        letters.assign_number(letter=letter, snapshot_id=letter.snapshot_id, by=office.director, at=LIFTED_AT)
    with refused(halted.Halted):
        entries.give(register=office.register, details=entries.Details(), by=office.clerk, at=LIFTED_AT)
    lift(office, 940)
    walked.register(Letter.objects.get(pk=letter.pk), office, at=LIFTED_AT)
    assert Letter.objects.get(pk=letter.pk).entry.sequence == 941


def test_nothing_is_released_or_sent(office: Office, key: None) -> None:
    CoordinatorFactory()
    row = walked.sent_on_paper(office).recipients.get()
    letter = walked.signed(office)
    Halt.objects.create(reason=REASON, since_at=RESTORED_AT)
    assert dispatch.deliver(recipient_id=row.pk, at=RESTORED_AT, now=RESTORED_AT) is False
    assert letters.release(letter_id=letter.pk, at=RESTORED_AT) is False
    assert set(sweeping.sweep(now=RESTORED_AT).values()) == {0}
    assert mail.outbox == []
    lift(office, 942)
    assert dispatch.deliver(recipient_id=row.pk, at=LIFTED_AT, now=LIFTED_AT) is True
    assert letters.release(letter_id=letter.pk, at=LIFTED_AT) is True


def test_what_the_copy_believes_to_wait_is_left_to_a_person(office: Office, key: None) -> None:
    """Signed letters owe their commitments; their messages may have gone before the loss."""
    CoordinatorFactory()
    letter = walked.signed(office)
    waiting = RecipientFactory(send_after=SENT_AT)
    sending = RecipientFactory(status="sending", lease_until=SENT_AT)
    gone = RecipientFactory(status="sent", sent_at=SENT_AT, attempts=1)
    begin_halt()
    assert Letter.objects.get(pk=letter.pk).status == LetterStatus.SENT
    for row in (waiting, sending, letter.recipients.get()):
        row.refresh_from_db()
        assert (row.status, row.lease_until, row.error) == (MessageStatus.UNKNOWN, None, halt.MAY_HAVE_GONE)
    assert Recipient.objects.get(pk=gone.pk).status == MessageStatus.SENT
    lift(office, 944)
    assert set(sweeping.sweep(now=LIFTED_AT).values()) == {0}
    assert mail.outbox == []
    dispatch.send_again(recipient=letter.recipients.get(), at=LIFTED_AT)
    assert sweeping.sweep(now=LIFTED_AT)["delivered"] == 1


def test_notices_that_the_copy_holds_as_due_are_left_to_a_person(office: Office) -> None:
    due, ahead = NoticeFactory(send_after=SENT_AT), NoticeFactory(send_after=LIFTED_AT)
    begin_halt()
    due.refresh_from_db(), ahead.refresh_from_db()
    assert (due.status, due.error, ahead.status) == (MessageStatus.UNKNOWN, halt.MAY_HAVE_GONE, MessageStatus.QUEUED)


def test_letter_that_came_too_late_to_replace_another_stops_no_halt(office: Office) -> None:
    """Two signed in place of one: the first is released, the other waits for a person, and all stands still."""
    CoordinatorFactory()
    old = walked.free_sent(office)
    for _ in range(2):
        letter = walked.free_in_review(office)
        Letter.objects.filter(pk=letter.pk).update(replaces=old, replacement_reason="Опечатка.")
        walked.signed_on_paper(Letter.objects.get(pk=letter.pk), office)
    begin_halt()
    statuses = sorted(Letter.objects.filter(replaces=old).values_list("status", flat=True))
    assert (statuses, halted.is_halted()) == ([LetterStatus.SENT, LetterStatus.SIGNED], True)


# -- Going on -------------------------------------------------------------------------------------------


def test_numbers_in_between_become_rows_to_be_explained(office: Office) -> None:
    walked.preparing(office)
    begun = begin_halt()
    lift(office, 944)
    begun.refresh_from_db()
    assert (begun.stated_number, begun.lifted_by, begun.lifted_at) == (944, office.clerk, LIFTED_AT)
    rows = RegisterEntry.objects.filter(origin="unknown").order_by("sequence")
    assert [(row.sequence, row.number, row.registered_on, row.note, row.letter) for row in rows] == [
        (number, str(number), datetime.date(2026, 3, 19), halt.UNKNOWN, None) for number in (942, 943, 944)
    ]
    year = RegisterYear.objects.get()
    assert (year.last_sequence, year.last_on) == (944, datetime.date(2026, 3, 19))
    assert [*journal_invariants.registers(), *invariants.halts()] == []
    letter = walked.approved(office)
    walked.register(letter, office, at=LIFTED_AT)
    assert Letter.objects.get(pk=letter.pk).entry.sequence == 945


def test_nothing_was_issued_after_the_copy(office: Office) -> None:
    walked.preparing(office)
    begin_halt()
    lift(office, 941)
    assert RegisterEntry.objects.filter(origin="unknown").count() == 0
    assert RegisterYear.objects.get().last_sequence == 941


def test_year_that_the_copy_has_not_opened(office: Office) -> None:
    RegisterEntry.objects.all().delete()
    begin_halt()
    halt.lift(stated={register_key(office, 2027): 2}, by=office.clerk, at=tomsk(1, 12, 9, year=2027))
    rows = RegisterEntry.objects.filter(origin="unknown").order_by("sequence")
    assert [(row.year, row.sequence, row.registered_on) for row in rows] == [
        (2027, 1, datetime.date(2027, 1, 12)),
        (2027, 2, datetime.date(2027, 1, 12)),
    ]


def test_numbers_of_the_old_year_stay_in_it(office: Office) -> None:
    walked.preparing(office)
    begin_halt()
    stated = {register_key(office): 942, register_key(office, 2027): 1}
    halt.lift(stated=stated, by=office.clerk, at=tomsk(1, 12, 9, year=2027))
    rows = RegisterEntry.objects.filter(origin="unknown").order_by("year")
    assert [(row.year, row.sequence, row.registered_on) for row in rows] == [
        (2026, 942, datetime.date(2026, 12, 31)),
        (2027, 1, datetime.date(2027, 1, 12)),
    ]
    assert list(journal_invariants.registers()) == []
    assert Halt.objects.get().stated_number == 1


def test_blocks_are_used_up_in_their_order(office: Office) -> None:
    register = OutgoingRegister.objects.get(pk=office.register.pk)
    OutgoingRegister.objects.filter(pk=register.pk).update(mode="block")
    given = {"register": register, "year": 2026, "given_by": office.clerk}
    first = NumberBlock.objects.create(
        first_sequence=100, last_sequence=102, last_taken=100, given_at=APPROVED_AT, **given
    )
    second = NumberBlock.objects.create(
        first_sequence=50, last_sequence=59, last_taken=49, given_at=REGISTERED_AT, **given
    )
    begin_halt()
    assert [(one.year, one.last) for one in halt.series(RESTORED_AT.date())] == [(2026, 100)]
    lift(office, 51)
    rows = RegisterEntry.objects.filter(origin="unknown").order_by("pk")
    assert [(row.sequence, row.block) for row in rows] == [(101, first), (102, first), (50, second), (51, second)]
    assert list(NumberBlock.objects.order_by("pk").values_list("last_taken", flat=True)) == [102, 51]


def test_number_of_no_block_or_before_the_last(office: Office) -> None:
    OutgoingRegister.objects.filter(pk=office.register.pk).update(mode="block")
    given = {"register": office.register, "year": 2026, "given_by": office.clerk, "given_at": APPROVED_AT}
    NumberBlock.objects.create(first_sequence=100, last_sequence=102, last_taken=102, **given)
    NumberBlock.objects.create(first_sequence=50, last_sequence=59, last_taken=51, **given)
    begin_halt()
    for number in (50, 101):
        with refused(halt.NumberBeforeTheLast):
            lift(office, number)
    with refused(halt.NumberOfNoBlock):
        lift(office, 7)


def test_typed_numbers_are_not_asked_for(office: Office) -> None:
    OutgoingRegister.objects.filter(pk=office.register.pk).update(mode="typed")
    begin_halt()
    assert halt.series(RESTORED_AT.date()) == []
    halt.lift(stated={}, by=office.clerk, at=LIFTED_AT)
    assert halted.is_halted() is False


def test_row_that_stands_there_already_is_not_doubled(office: Office) -> None:
    walked.preparing(office)
    RegisterEntry.objects.create(
        register=office.register,
        year=2026,
        sequence=943,
        number="943",
        registered_on=datetime.date(2026, 3, 19),
        origin="paper",
        registered_by=office.clerk,
    )
    begin_halt()
    lift(office, 944)
    rows = RegisterEntry.objects.order_by("sequence").values_list("sequence", "origin")
    assert list(rows) == [(941, "portal"), (942, "unknown"), (943, "paper"), (944, "unknown")]


def test_refused_numbers(office: Office) -> None:
    walked.preparing(office)
    begin_halt()
    with refused(halt.NumberBeforeTheLast, "Журнал исходящих: номер 941 портал уже выдал. Укажите его или больший."):
        lift(office, 940)
    with refused(halt.TooManyNumbers):
        lift(office, 1942)
    with refused(halt.NothingStated):
        halt.lift(stated={}, by=office.clerk, at=LIFTED_AT)
    with refused(numbering.DateWouldFall):
        lift(office, 942, at=tomsk(3, 17, 9))


def test_lifted_once(office: Office) -> None:
    begin_halt()
    begin_halt()
    lift(office, 941)
    assert not Halt.objects.filter(lifted_at=None).exists()
    with refused(WrongStep):
        lift(office, 950)


def test_command(office: Office) -> None:
    said = StringIO()
    call_command("halt", reason=REASON, stdout=said)
    assert said.getvalue() == f"Номера и рассылка остановлены: {REASON}.\n"
    assert halted.is_halted() is True


# -- Pages ----------------------------------------------------------------------------------------------


def test_who_is_told_and_who_may_go_on(office: Office, client: Client) -> None:
    begin_halt()
    words = "Портал восстановлен из копии от 18.03.2026 03:00. Номера не выдаются и письма не рассылаются"
    for user, told, may in [
        (office.clerk, True, True),
        (administrator(), True, True),
        (office.director, True, False),
        (office.methodist, False, False),
        (UserFactory(), False, False),
    ]:
        client.force_login(user)
        text = client.get("/").content.decode()
        assert (words in text, "Укажите последний выданный номер" in text) == (told, may)


def test_clerk_states_the_number(office: Office, client: Client, settings: Settings, tmp_path: Path) -> None:
    RegisterYearFactory(register=office.register)
    begin_halt()
    client.force_login(office.clerk)
    year = halt.series(clock.today())[0]
    page = client.get("/halt/").content.decode()
    assert f"Журнал исходящих, {year.year} год: последний выданный номер" in page
    for number, words in [
        ("", "Обязательное поле."),
        ("7", "Номер 940 портал уже выдал"),
        ("9000", "больше 1000 номеров"),
    ]:
        refused_page = client.post("/halt/lift/", {year.key: number})
        assert refused_page.status_code == 422
        assert words in refused_page.content.decode()
    assert client.post("/halt/lift/", {year.key: "943"}).status_code == 302
    assert RegisterEntry.objects.filter(origin="unknown").count() == 3
    assert "Остановки нет" in client.get("/halt/").content.decode()
    assert client.post("/halt/lift/", {year.key: "950"}).status_code == 409


def test_two_journals_are_two_questions(office: Office, client: Client) -> None:
    other = OutgoingRegisterFactory(code="announcements", name="Объявления", mode="own", letter_kinds=["announcement"])
    begin_halt()
    client.force_login(office.clerk)
    page = client.get("/halt/").content.decode()
    assert "Объявления, " in page
    assert f'name="{other.pk}-' in page
