"""A worker that dies leaves its steps; whoever takes the issue up goes on, and nobody writes under a lost lease."""

import datetime
from collections.abc import Callable

import pytest
from django.conf import settings

from centers.models import User
from rcro_portal.lib import store
from reports.models import YearReport, YearReportFile, YearReportIssue
from reports.models.year_report import TRIES_AT_MOST
from reports.statistics.yearly import issuing, reports
from tests.factories.centers import UserFactory
from tests.factories.moments import WRITTEN_AT

pytestmark = pytest.mark.django_db
LEASE = datetime.timedelta(seconds=settings.LEASE_SECONDS)
LATER = WRITTEN_AT + LEASE + datetime.timedelta(seconds=1)


class Killed(BaseException):
    """What no handler of the verb sees, as a killed process's."""


def said(kind: str, counted_at: datetime.datetime | None) -> bytes:
    assert counted_at
    return f"{kind} {counted_at.timestamp()}".encode()


@pytest.fixture
def by() -> User:
    return UserFactory()


@pytest.fixture
def issue(by: User, monkeypatch: pytest.MonkeyPatch) -> YearReportIssue:
    """The files are not what is asked here: a few bytes stand for each."""
    for kind in issuing.WRITERS:
        monkeypatch.setitem(issuing.WRITERS, kind, lambda issue, kind=kind: said(kind, issue.counted_at))
    report, _ = reports.begin(year=2024, from_last=False, by=by, at=WRITTEN_AT)
    return issuing.ask(report=report, by=by, at=WRITTEN_AT)[0]


def at(moment: datetime.datetime) -> Callable[[], datetime.datetime]:
    return lambda: moment


def fresh(issue: YearReportIssue) -> YearReportIssue:
    return YearReportIssue.objects.get(pk=issue.pk)


def test_a_killed_worker_loses_no_step(issue: YearReportIssue, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = dict(issuing.WRITERS)

    def dies(_: YearReportIssue) -> bytes:
        raise Killed

    monkeypatch.setitem(issuing.WRITERS, "xlsx", dies)
    with pytest.raises(Killed):
        issuing.make(issue_id=issue.pk, now=at(WRITTEN_AT))
    assert issuing.done(fresh(issue)) == ["content", "pdf"]
    monkeypatch.setitem(issuing.WRITERS, "xlsx", whole["xlsx"])
    monkeypatch.setitem(issuing.WRITERS, "pdf", dies)
    assert issuing.sweep(now=at(WRITTEN_AT)) == 0
    assert issuing.sweep(now=at(LATER)) == 1
    made = fresh(issue)
    assert (made.made_at, made.counted_at, made.attempts, made.lease_until) == (LATER, WRITTEN_AT, 2, None)
    files = {one.kind: store.read(one.digest) for one in made.files.all()}
    assert files == {kind: said(kind, WRITTEN_AT) for kind in ("pdf", "xlsx")}
    assert issuing.make(issue_id=issue.pk, now=at(LATER + LEASE)) is False


def test_who_overslept_the_lease_writes_nothing(issue: YearReportIssue, monkeypatch: pytest.MonkeyPatch) -> None:
    """While the first draws, its lease ends and a second makes all."""
    whole = issuing.WRITERS["pdf"]

    def overtaken(row: YearReportIssue) -> bytes:
        monkeypatch.setitem(issuing.WRITERS, "pdf", whole)
        assert issuing.make(issue_id=row.pk, now=at(LATER)) is True
        return b"late"

    monkeypatch.setitem(issuing.WRITERS, "pdf", overtaken)
    assert issuing.make(issue_id=issue.pk, now=at(WRITTEN_AT)) is False
    assert fresh(issue).made_at == LATER
    assert YearReportFile.objects.count() == 2
    assert store.read(YearReportFile.objects.get(kind="pdf").digest) != b"late"


def test_what_the_text_refuses_is_told_and_a_new_press_helps(by: User, issue: YearReportIssue) -> None:
    report = issue.report
    page = {**reports.DRAFTS.written(report), "network": "В сети [[чего нет]]."}
    reports.DRAFTS.save(of=report, version=report.version, by=by, at=WRITTEN_AT, **page)
    YearReportIssue.objects.update(attempts=TRIES_AT_MOST)
    second, is_new = issuing.ask(report=report, by=by, at=WRITTEN_AT)
    assert is_new
    assert issuing.make(issue_id=second.pk, now=at(WRITTEN_AT)) is False
    assert "чего нет" in fresh(second).error
    assert issuing.sweep(now=at(LATER)) == 0
    report = YearReport.objects.get(pk=report.pk)
    reports.DRAFTS.save(of=report, version=report.version, by=by, at=WRITTEN_AT, **{**page, "network": "Слова."})
    third, is_new = issuing.ask(report=report, by=by, at=WRITTEN_AT)
    assert (is_new, issuing.make(issue_id=third.pk, now=at(WRITTEN_AT))) == (True, True)


def test_an_unforeseen_fault_is_said_and_tried_again(issue: YearReportIssue, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(_: YearReportIssue) -> bytes:
        raise OSError

    monkeypatch.setitem(issuing.WRITERS, "pdf", breaks)
    for attempt in range(1, TRIES_AT_MOST + 1):
        moment = WRITTEN_AT + attempt * (LEASE + datetime.timedelta(seconds=1))
        assert issuing.sweep(now=at(moment)) == 0
        assert (fresh(issue).attempts, fresh(issue).error) == (attempt, issuing.UNFORESEEN)
    assert not fresh(issue).is_under_way
    assert issuing.ask(report=issue.report, by=issue.asked_by, at=WRITTEN_AT)[1]
