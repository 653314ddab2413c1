"""Reminders on bad days: a mail server that is away for a day, two beats at once. Everybody gets one, nobody two."""

import datetime
from collections import Counter
from typing import Any

import pytest
from django.core import mail

from events.commitments import told
from events.models import Commitment
from events.telling import nightly
from rcro_portal.lib import post
from rcro_portal.lib.notices import choosing, digests, telling
from rcro_portal.models import Notice
from tests.factories.centers import coordinator
from tests.factories.events import CommitmentFactory
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
