"""Notices when workers die, beats come twice and many send at once: none is lost, none goes twice by itself."""

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from pytest_django import Settings

from centers.models import AccountChange, ChangeKind
from rcro_portal.lib.notices import digests, planning, telling
from rcro_portal.models import Notice
from reports.models import CheckRun
from reports.operations import notices
from tests.factories.centers import UserFactory, administrator
from tests.factories.moments import SENT_AT, tomsk
from tests.faults.dying import Mortal
from tests.faults.together import at_once
from tests.smtp import smtp_server

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]
MINUTE = datetime.timedelta(minutes=1)
LEASE_IS_OVER = 20 * MINUTE
MORNING = tomsk(3, 19, 8)


@pytest.fixture(autouse=True)
def no_night(settings: Settings) -> None:
    settings.QUIET_HOURS = False


@pytest.fixture(scope="module")
def mortal(django_db_setup: None, django_db_blocker: Any) -> Iterator[Mortal]:
    with django_db_blocker.unblock(), Mortal() as process:
        yield process


def changed() -> AccountChange:
    return AccountChange.objects.create(user=UserFactory(), kind=ChangeKind.CLOSED, at=SENT_AT)


def found() -> CheckRun:
    return CheckRun.objects.create(begun_at=SENT_AT, ended_at=SENT_AT, findings={"Номера": ["нет № 7."]})


def test_many_plan_one_fact_once() -> None:
    run = found()

    def plan() -> int:
        told = {"email": "vetrova@school.example", "subject": "Проверка", "at": SENT_AT}
        return planning.plan(reason=notices.INSPECTION, about=run, **told).pk

    assert len(set(at_once(*[plan] * 6))) == 1
    assert Notice.objects.count() == 1


def test_two_beats_and_a_task_send_each_once() -> None:
    for _ in range(5):
        administrator()
    notices.tell_findings(found())
    with smtp_server() as server:
        at_once(*[lambda: telling.tell_due(now=MORNING)] * 4)
        telling.tell_due(now=MORNING)
        assert (len(server.received), len(set(server.addressed))) == (5, 5)
    assert set(Notice.objects.values_list("status", flat=True)) == {"sent"}
    assert Notice.objects.filter(reason=digests.DIGEST).count() == 5


POINTS = [
    ("before rcro_portal.lib.post:send", 0),
    ("before smtplib:SMTP.data", 0),
    ("after smtplib:SMTP.data", 1),
    ("before rcro_portal.lib.notices.sending:settle", 1),
    ("end", 1),
]


def test_digest_of_a_dead_worker_is_left_to_a_person(mortal: Mortal) -> None:
    administrator()
    for days, (point, received) in enumerate(POINTS):
        now = MORNING + datetime.timedelta(days=days)
        run = CheckRun.objects.create(begun_at=now, ended_at=now, findings={"Номера": ["нет № 7."]})
        notices.tell_findings(run)
        with smtp_server() as server:
            mortal.dies("tell_due", point, port=server.server_address[1], at=now.isoformat())
            assert telling.tell_due(now=now + LEASE_IS_OVER) == 0, point
            assert len(server.received) == received, point
        fates = {row.status for row in Notice.objects.filter(send_after__gte=now, reason__in=["digest", "inspection"])}
        assert fates == {"sent" if point == "end" else "unknown"}, point


def test_notice_of_a_changed_account_goes_again_when_its_worker_died(mortal: Mortal) -> None:
    """Twice does no harm, never hides a theft."""
    from centers.accounts import audit_log

    for days, (point, received) in enumerate(POINTS):
        now = MORNING + datetime.timedelta(days=days)
        change = audit_log.record(user=UserFactory(), kind=ChangeKind.OPENED, by=None, at=now)
        with smtp_server() as server:
            mortal.dies("tell_due", point, port=server.server_address[1], at=now.isoformat())
            telling.tell_due(now=now + LEASE_IS_OVER)
            assert len(server.received) == received + (point != "end"), point
        assert Notice.objects.get(about=planning.name_of(change)).status == "sent", point
