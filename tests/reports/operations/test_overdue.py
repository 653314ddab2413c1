"""Nothing is due for longer than five minutes without a worker's lease."""

import datetime

import pytest
from pytest_django import Settings

from reports.models import Halt, Letter
from reports.operations import overdue
from reports.statistics.yearly import issuing, reports
from tests.factories import letters as walked
from tests.factories.centers import UserFactory
from tests.factories.moments import REGISTERED_AT, SENT_AT, SIGNED_AT, tomsk
from tests.factories.notices import NoticeFactory
from tests.factories.reports import Office, RecipientFactory

pytestmark = [pytest.mark.django_db, pytest.mark.any_moment]
MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture(autouse=True)
def no_night(settings: Settings) -> None:
    settings.QUIET_HOURS = False


def found(now: datetime.datetime) -> list[str]:
    return list(overdue.overdue(now))


def test_letter_that_nobody_draws(office: Office) -> None:
    letter = walked.preparing(office)
    assert found(REGISTERED_AT + 5 * MINUTE) == []
    words = f"Письмо {letter.pk} не нарисовано и ждёт обработчика с 18.03.2026 09:30."
    assert found(REGISTERED_AT + 6 * MINUTE) == [words]


def test_letter_that_a_worker_has_claimed_or_has_just_left(office: Office) -> None:
    letter = walked.preparing(office)
    later = REGISTERED_AT + 30 * MINUTE
    Letter.objects.filter(pk=letter.pk).update(draw_lease_until=later, draw_attempts=1)
    assert found(later - MINUTE) == []
    assert found(later + 5 * MINUTE) == []
    assert len(found(later + 6 * MINUTE)) == 1


def test_letter_that_waits_for_a_person_does_not_wait_for_a_worker(office: Office) -> None:
    letter = walked.preparing(office)
    Letter.objects.filter(pk=letter.pk).update(draw_attempts=Letter.DRAW_ATTEMPTS)
    assert found(REGISTERED_AT + 60 * MINUTE) == []


def test_signed_letter_that_nobody_releases(office: Office, key: None) -> None:
    letter = walked.signed(office)
    assert found(SIGNED_AT + 5 * MINUTE) == []
    words = f"Подписанное письмо {letter.pk} не отправлено и ждёт обработчика с 18.03.2026 10:00."
    assert found(SIGNED_AT + 6 * MINUTE) == [words]


def test_report_that_nobody_makes() -> None:
    by = UserFactory()
    report, _ = reports.begin(year=2025, from_last=False, by=by, at=SENT_AT)
    issuing.ask(report=report, by=by, at=SENT_AT)
    assert found(SENT_AT + 5 * MINUTE) == []
    assert found(SENT_AT + 6 * MINUTE) == ["Отчёт за 2025 год не готов и ждёт обработчика с 18.03.2026 10:01."]


def test_message_that_nobody_sends() -> None:
    row = RecipientFactory(send_after=SENT_AT)
    assert found(SENT_AT - MINUTE) == []
    words = f"Сообщение {row.pk} не отправлено и ждёт обработчика с 18.03.2026 10:01."
    assert found(SENT_AT + 6 * MINUTE) == [words]


def test_notice_that_nobody_sends() -> None:
    row = NoticeFactory(send_after=SENT_AT)
    line = NoticeFactory(send_after=SENT_AT, in_digest=True)
    said = f"Сообщение портала {row.pk} не отправлено и ждёт обработчика с 18.03.2026 10:01."
    assert found(SENT_AT + 6 * MINUTE) == [said], "a line of a digest is no message"
    NoticeFactory(status="sending", lease_until=SENT_AT + 9 * MINUTE)
    assert found(SENT_AT + 6 * MINUTE) == []
    assert line.status == "queued"


def test_broken_off_message_that_nobody_notices() -> None:
    row = RecipientFactory(status="sending", lease_until=SENT_AT)
    words = f"Прерванная отправка {row.pk} не отмечена и ждёт обработчика с 18.03.2026 10:01."
    assert (found(SENT_AT + MINUTE), found(SENT_AT + 6 * MINUTE)) == ([], [words])


def test_messages_of_the_night_are_due_from_the_morning_on(settings: Settings) -> None:
    settings.QUIET_HOURS = True
    RecipientFactory(send_after=tomsk(3, 18, 22))
    assert found(tomsk(3, 19, 3)) == []
    assert found(tomsk(3, 19, 8, 4)) == []
    assert len(found(tomsk(3, 19, 8, 6))) == 1


def test_nothing_is_sent_while_the_portal_stands_still(office: Office, key: None) -> None:
    walked.signed(office)
    RecipientFactory(send_after=SENT_AT)
    Halt.objects.create(reason="Копия", since_at=SENT_AT)
    assert found(SENT_AT + 60 * MINUTE) == []
