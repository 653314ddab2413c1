"""What is due is sent once; what became of it stands in its row."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from pytest_django import Settings

from centers.models import Person
from rcro_portal.lib import post
from rcro_portal.lib.notices import mail_fault, planning, telling
from rcro_portal.models import Notice
from tests.factories.moments import SENT_AT, tomsk
from tests.rcro_portal.lib.notices import invented
from tests.rcro_portal.lib.notices.invented import NIGHTLY, PLAIN
from tests.untouched import nothing_changes

pytestmark = pytest.mark.django_db
MINUTE = datetime.timedelta(minutes=1)
TO = {"email": "vetrova@school.example", "subject": "Сообщение"}


@pytest.fixture
def planned(person: Person) -> Notice:
    return planning.plan(reason=PLAIN, about=person, at=SENT_AT, **TO)


def state() -> tuple[object, ...]:
    row = Notice.objects.get()
    return row.status, row.attempts, row.error, row.sent_at, row.lease_until


def server(answer: Exception | None, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    def send(**_: Any) -> None:
        if answer:
            raise answer

    monkeypatch.setattr(post, "send", send)
    return send


def test_message_is_sent_once_in_its_own_words(planned: Notice) -> None:
    assert telling.tell_due(now=SENT_AT) == 1
    assert state() == ("sent", 1, "", SENT_AT, None)
    (message,) = mail.outbox
    assert (message.to, message.subject) == (["vetrova@school.example"], "Сообщение")
    assert "В портале есть Ветрова.\nhttps://rvci.example/" in message.body
    assert message.extra_headers["Message-ID"] == planned.message_id
    with nothing_changes():
        assert (telling.tell_due(now=SENT_AT), telling.tell(notice_id=planned.pk, now=SENT_AT)) == (0, False)
    assert len(mail.outbox) == 1


def test_words_are_made_at_sending_and_kept_nowhere(planned: Notice, person: Person) -> None:
    Person.objects.filter(pk=person.pk).update(surname="Новикова")
    telling.tell_due(now=SENT_AT)
    assert "В портале есть Новикова." in str(mail.outbox[0].body)
    assert not [value for value in Notice.objects.values().get().values() if "Новикова" in str(value)]


def test_what_is_no_longer_so_is_taken_back_at_the_last_moment(planned: Notice, person: Person) -> None:
    Person.objects.filter(pk=person.pk).update(surname="")
    assert telling.tell_due(now=SENT_AT) == 0
    row = Notice.objects.get()
    assert (row.status, row.error, row.taken_back_at) == ("taken_back", invented.FORGOTTEN, SENT_AT)
    assert mail.outbox == []


def test_server_that_is_away_for_a_day_gets_it_afterwards(
    planned: Notice, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.QUIET_HOURS, now = False, SENT_AT
    with monkeypatch.context() as patched:
        server(post.NotNow("сервер не отвечает"), patched)
        for attempt, wait in enumerate(telling.WAITS, 1):
            assert telling.tell(notice_id=planned.pk, now=now) is False
            assert state() == ("queued", attempt, "сервер не отвечает", None, None)
            with nothing_changes():
                assert telling.tell(notice_id=planned.pk, now=now + wait - MINUTE / 2) is False
            now += wait
    assert now - SENT_AT > datetime.timedelta(days=1)
    assert telling.tell_due(now=now) == 1
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    ("answer", "ends"),
    [
        (post.Refused("550 нет такого ящика"), "failed"),
        (post.Unknown("Связь прервалась, письмо могло уйти."), "unknown"),
    ],
)
def test_refused_and_doubtful_ones_are_left_to_a_person(
    planned: Notice, answer: Exception, ends: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        server(answer, patched)
        assert telling.tell_due(now=SENT_AT) == 0
    assert state() == (ends, 1, str(answer), None, None)
    with nothing_changes():
        assert telling.tell_due(now=SENT_AT + datetime.timedelta(hours=3)) == 0


def test_fault_of_the_set_up_costs_no_attempt_and_is_the_administrators(
    planned: Notice, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        server(post.NotSetUp("Пароль портала не принят."), patched)
        assert telling.tell_due(now=SENT_AT) == 0
    assert state() == ("queued", 0, mail_fault.HELD, None, None)
    assert mail_fault.standing().words == "Пароль портала не принят."
    assert telling.tell_due(now=SENT_AT + MINUTE / 2) == 0, "one a minute finds out"
    assert telling.tell_due(now=SENT_AT + MINUTE) == 1
    assert mail_fault.standing() is None


def test_by_night_only_what_does_not_wait_leaves(person: Person) -> None:
    for reason in (PLAIN, NIGHTLY):
        planning.plan(reason=reason, about=person, at=SENT_AT, **TO)
    night = tomsk(3, 18, 23)
    assert telling.tell_due(now=night) == 1
    assert list(Notice.objects.order_by("reason").values_list("reason", "status")) == [
        ("nightly", "sent"),
        ("plain", "queued"),
    ]
    assert telling.tell_due(now=tomsk(3, 19, 8)) == 1


def test_dead_workers_message_is_a_persons_matter_or_goes_again(person: Person) -> None:
    for reason in (PLAIN, NIGHTLY):
        planning.plan(reason=reason, about=person, at=SENT_AT, **TO)
    Notice.objects.update(status="sending", attempts=1, lease_until=SENT_AT)
    with nothing_changes():
        assert telling.tell_due(now=SENT_AT) == 0
    assert telling.tell_due(now=SENT_AT + MINUTE) == 1
    rows = dict(Notice.objects.values_list("reason", "status"))
    assert rows == {"plain": "unknown", "nightly": "sent"}
    assert Notice.objects.get(reason="plain").error == telling.BROKEN_OFF
    assert Notice.objects.get(reason="nightly").attempts == 2


def test_sent_while_a_person_waits_it_says_what_came_of_it(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    row = planning.plan(reason=NIGHTLY, about=person, at=SENT_AT, here=True, **TO)
    with monkeypatch.context() as patched:
        server(post.NotNow("сервер не отвечает"), patched)
        with pytest.raises(post.NotNow):
            telling.tell_here(notice=row, at=SENT_AT)
    row.refresh_from_db()
    assert (row.status, row.error, row.taken_back_at) == ("taken_back", "сервер не отвечает", SENT_AT)
    again = planning.plan(reason=NIGHTLY, about=person, at=SENT_AT, here=True, **TO)
    telling.tell_here(notice=again, at=SENT_AT)
    with nothing_changes():
        telling.tell_here(notice=again, at=SENT_AT)
    assert len(mail.outbox) == 1


def test_sent_while_a_person_waits_doubt_stays(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    row = planning.plan(reason=NIGHTLY, about=person, at=SENT_AT, here=True, **TO)
    server(post.Unknown("Письмо могло уйти."), monkeypatch)
    with pytest.raises(post.Unknown):
        telling.tell_here(notice=row, at=SENT_AT)
    assert state() == ("unknown", 1, "Письмо могло уйти.", None, None)


def test_after_a_restore_what_was_due_may_have_gone(person: Person) -> None:
    for fact, reason, days in (("due", PLAIN, 0), ("ahead", PLAIN, 7), ("account", NIGHTLY, 0)):
        later = SENT_AT + datetime.timedelta(days=days)
        planning.plan(reason=reason, about=person, fact=fact, not_before=later, at=SENT_AT, **TO)
    assert telling.doubt_what_was_due(words="Могло уйти.", now=SENT_AT) == 1
    rows = dict(Notice.objects.values_list("fact", "status"))
    assert rows == {"due": "unknown", "ahead": "queued", "account": "queued"}


def test_reason_that_no_app_knows_is_refused_in_words(planned: Notice) -> None:
    Notice.objects.update(reason="former")
    assert telling.tell_due(now=SENT_AT) == 0
    status, _, error, *_ = state()
    assert (status, "Письмо не составить" in str(error)) == ("failed", True)
