"""Reminders on bad days: a mail server that is away for a day, two beats at once. Everybody gets one, nobody two."""

import datetime
from collections import Counter
from typing import Any

import pytest
from django.core import mail

from events.attendance import registrations
from events.commitments import told
from events.coordinators import hand_overs
from events.models import Commitment
from events.plan import plan
from events.telling import nightly
from rcro_portal.lib import post
from rcro_portal.lib.notices import choosing, digests, telling
from rcro_portal.models import Notice
from tests.factories.centers import StatusGrantFactory, UserFactory, coordinator
from tests.factories.events import CommitmentFactory, EventFactory
from tests.factories.moments import SENT_AT, tomsk
from tests.faults.together import at_once
from tests.smtp import smtp_server

pytestmark = [pytest.mark.faults]
BEFORE, HOUR = tomsk(4, 1, 8), datetime.timedelta(hours=1)


def owing(number: int) -> list[str]:
    """So many centres owe by a decision each; every second coordinator wants each message by itself."""
    users = [coordinator(row.center) for row in CommitmentFactory.create_batch(number)]
    for user in users[::2]:
        choosing.choose(email=user.email, way="at_once", stops=False, at=SENT_AT)
    told.given(Commitment.objects.all(), at=SENT_AT)
    return sorted(user.email for user in users)


@pytest.mark.django_db
def test_mail_server_that_is_away_for_a_day_costs_nobody_a_reminder(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(**_: Any) -> None:
        raise post.Unreachable("Почтовый сервер не отвечает.")

    everybody = owing(4)
    with monkeypatch.context() as patched:
        patched.setattr(post, "send", away)
        for hours in range(25):
            assert telling.tell_due(now=BEFORE + hours * HOUR) == 0
            if hours == 16:
                nightly.follow(at=tomsk(4, 2, 0, 10))
    for hours in range(25, 48):
        telling.tell_due(now=BEFORE + hours * HOUR)
    assert Counter(message.to[0] for message in mail.outbox) == dict.fromkeys(everybody, 1)


@pytest.mark.django_db
def test_event_that_moves_while_the_mail_server_is_away_is_told_as_it_is_then(monkeypatch: pytest.MonkeyPatch) -> None:
    """Registered, moved, withdrawn and handed over in the same day without mail: each hears once what is so."""

    def away(**_: Any) -> None:
        raise post.Unreachable("Почтовый сервер не отвечает.")

    comes, withdraws, leaves, silent = (coordinator(StatusGrantFactory().center) for _ in range(4))
    successor, begun = UserFactory(), tomsk(2, 10, 9)
    event = EventFactory()
    plan.announce(event=event, by=event.planned_by, at=begun)
    rows = [
        registrations.register(event=event, center=center, person=user.person, by=user, at=begun + HOUR)
        for user in (comes, withdraws, leaves)
        for center in [user.person.coordinated.get().center]
    ]
    with monkeypatch.context() as patched:
        patched.setattr(post, "send", away)
        plan.change(event=event, by=event.planned_by, at=begun + 2 * HOUR, starts_at=tomsk(3, 16, 15))
        registrations.withdraw(row=rows[1], why="Болею.", by=withdraws, at=begun + 3 * HOUR)
        said = {"center": rows[2].center, "to": successor.person, "on": begun.date()}
        hand_overs.hand_over(**said, by=event.planned_by, at=begun + 4 * HOUR)
        for hours in range(25):
            assert telling.tell_due(now=begun + hours * HOUR) == 0
    for hours in range(25, 48):
        telling.tell_due(now=begun + hours * HOUR)
    heard: dict[str, list[str]] = {}
    told_of_it = [message for message in mail.outbox if "вебинар" in message.subject]
    for message in told_of_it:
        heard.setdefault(message.to[0], []).append(message.subject.partition(":")[0])
    assert {email: sorted(subjects) for email, subjects in heard.items()} == {
        comes.email: ["Изменения", "Приглашаем", "Участие заявлено"],
        withdraws.email: ["Приглашаем", "Участие отменено"],
        leaves.email: ["Приглашаем", "Участие отменено"],
        successor.email: ["Участие заявлено"],
        silent.email: ["Приглашаем"],
    }
    assert all("16 марта" in message.body.replace("\xa0", " ") for message in told_of_it)


@pytest.mark.django_db(transaction=True)
def test_two_nightly_looks_and_two_beats_remind_once() -> None:
    everybody = owing(4)
    planned = Notice.objects.count()
    at_once(*[lambda: nightly.follow(at=tomsk(4, 1, 0, 10))] * 3)
    assert Notice.objects.count() == planned == 16
    with smtp_server() as server:
        at_once(*[lambda: telling.tell_due(now=BEFORE)] * 3)
        telling.tell_due(now=BEFORE + HOUR)
        assert sorted(str(address) for address in server.addressed) == everybody
    told_of = Notice.objects.filter(fact__startswith="before-3")
    assert set(told_of.values_list("status", flat=True)) == {"sent"}
    assert Notice.objects.filter(reason=digests.DIGEST).count() == 2
