"""What may not have arrived goes once more by a person's decision, never by itself."""

import datetime

import pytest
from django.core import mail

from centers.models import Person, User
from rcro_portal.lib.notices import choosing, deciding, digests, planning, telling
from rcro_portal.lib.refusals import WrongStep
from rcro_portal.models import Notice
from tests.factories.centers import administrator
from tests.factories.moments import SENT_AT, tomsk
from tests.factories.notices import NoticeFactory
from tests.rcro_portal.lib.notices.invented import DIGESTED, PLAIN
from tests.untouched import refused

pytestmark = pytest.mark.django_db
HERS, NIGHT, MORNING, NEXT = "vetrova@school.example", tomsk(3, 18, 22), tomsk(3, 19, 8), tomsk(3, 20, 8)


@pytest.fixture
def boss() -> User:
    return administrator()


@pytest.fixture
def doubtful(person: Person) -> Notice:
    row = planning.plan(reason=PLAIN, about=person, email=HERS, subject="Сообщение", at=SENT_AT)
    Notice.objects.update(status="sending", lease_until=SENT_AT, attempts=6)
    telling.tell_due(now=SENT_AT + datetime.timedelta(days=1))
    assert mail.outbox == []
    row.refresh_from_db()
    return row


def test_it_goes_once_more_and_says_who_decided(doubtful: Notice, boss: User) -> None:
    assert deciding.send_again(notice=doubtful, by=boss, at=SENT_AT) == SENT_AT
    assert telling.tell_due(now=SENT_AT) == 1
    row = Notice.objects.get()
    assert (row.status, row.attempts, row.error, row.decided_by, row.decided_at) == ("sent", 1, "", boss, SENT_AT)
    assert row.message_id != doubtful.message_id
    with refused(WrongStep):
        deciding.send_again(notice=row, by=boss, at=SENT_AT)
    assert (telling.tell_due(now=NEXT), len(mail.outbox)) == (0, 1)


def test_what_is_true_no_more_is_not_sent_again(doubtful: Notice, boss: User) -> None:
    Person.objects.update(surname="")
    deciding.send_again(notice=doubtful, by=boss, at=SENT_AT)
    telling.tell_due(now=SENT_AT)
    assert (Notice.objects.get().status, mail.outbox) == ("taken_back", [])


def test_by_night_it_waits_for_the_morning(doubtful: Notice, boss: User) -> None:
    assert deciding.send_again(notice=doubtful, by=boss, at=NIGHT) == MORNING
    assert [telling.tell_due(now=NIGHT), telling.tell_due(now=MORNING)] == [0, 1]


def test_what_is_there_is_not_sent(doubtful: Notice, boss: User) -> None:
    deciding.confirm_arrived(notice=doubtful, by=boss, at=SENT_AT)
    row = Notice.objects.get()
    assert (row.status, row.sent_at, row.error, row.decided_by) == ("sent", SENT_AT, "", boss)
    assert telling.tell_due(now=NEXT) == 0
    came_back = NoticeFactory(status="failed", email="dubov@school.example")
    with refused(WrongStep):
        deciding.confirm_arrived(notice=came_back, by=boss, at=NEXT)


def test_digest_goes_with_its_lines(person: Person, boss: User) -> None:
    line = planning.plan(reason=DIGESTED, about=person, email=HERS, subject="Записан", at=SENT_AT)
    digests.gather(now=MORNING)
    Notice.objects.update(status="unknown")
    with refused(WrongStep):
        deciding.send_again(notice=line, by=boss, at=MORNING)
    digest = Notice.objects.get(reason=digests.DIGEST)
    assert deciding.send_again(notice=digest, by=boss, at=NIGHT) == MORNING
    assert telling.tell_due(now=MORNING) == 1
    assert "В портале есть Ветрова." in str(mail.outbox[0].body)
    assert set(Notice.objects.values_list("status", flat=True)) == {"sent"}


def test_digest_that_is_there_has_its_lines_there(person: Person, boss: User) -> None:
    planning.plan(reason=DIGESTED, about=person, email=HERS, subject="Записан", at=SENT_AT)
    digests.gather(now=MORNING)
    Notice.objects.update(status="unknown")
    deciding.confirm_arrived(notice=Notice.objects.get(reason=digests.DIGEST), by=boss, at=MORNING)
    assert set(Notice.objects.values_list("status", flat=True)) == {"sent"}


def test_who_stopped_digests_gets_none_again(boss: User) -> None:
    row = NoticeFactory(reason=digests.DIGEST, status="failed", email=HERS)
    choosing.stop(email=HERS, at=SENT_AT)
    with refused(deciding.Stopped):
        deciding.send_again(notice=row, by=boss, at=SENT_AT)


def test_reason_that_no_app_knows_any_more_is_refused(boss: User) -> None:
    row = NoticeFactory(reason="former", status="unknown")
    with refused(deciding.NoSuchReason):
        deciding.send_again(notice=row, by=boss, at=SENT_AT)
