"""The administrator is told of a silent worker and of letters that cannot be drawn."""

import datetime

import pytest

from reports.home import inbox
from reports.models import Letter
from reports.operations import health
from tests.factories import letters as walked
from tests.factories.centers import administrator
from tests.factories.moments import REGISTERED_AT
from tests.factories.reports import Office, RecipientFactory

pytestmark = pytest.mark.django_db
MINUTE = datetime.timedelta(minutes=1)


def titles(now: datetime.datetime) -> list[str]:
    return [trouble["title"] for trouble in health.troubles(now)]


def test_nothing_waits(office: Office) -> None:
    walked.awaiting(office)
    assert titles(REGISTERED_AT + 60 * MINUTE) == []
    sections = {section["heading"]: section for section in inbox.sections(administrator(), REGISTERED_AT)}
    assert (sections["Состояние портала"]["items"], sections["Состояние портала"]["empty"]) == ([], health.FINE)


def test_a_silent_worker_is_named_with_its_minutes(office: Office) -> None:
    walked.preparing(office)
    assert titles(REGISTERED_AT + MINUTE / 2) == []
    assert titles(REGISTERED_AT + 7 * MINUTE) == ["Обработчик заданий не отвечает 7 минут"]


def test_messages_wait_for_the_worker_too() -> None:
    RecipientFactory(send_after=REGISTERED_AT)
    assert titles(REGISTERED_AT + 21 * MINUTE) == ["Обработчик заданий не отвечает 21 минуту"]


def test_a_letter_that_cannot_be_drawn_is_named_with_its_reason(office: Office) -> None:
    letter = walked.preparing(office)
    Letter.objects.filter(pk=letter.pk).update(draw_error="Нет места.", draw_attempts=Letter.DRAW_ATTEMPTS)
    (trouble,) = health.troubles(REGISTERED_AT + 7 * MINUTE)
    assert (trouble["title"], trouble["note"], trouble["url"]) == (
        f"Не готовится: {letter.subject_line}",
        "Нет места.",
        f"/letters/{letter.pk}/",
    )
