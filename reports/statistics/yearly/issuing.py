"""The files of a year's report: asked for by a press, made by a worker step by step under a lease.

Counted, drawn, written: each step is kept as it is done, so that whoever takes up what a dead worker left goes on from
there, with the same numbers.
"""

import datetime
import logging
from collections.abc import Callable, Mapping

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from centers.models import User
from rcro_portal.lib import store, sweeps
from rcro_portal.lib.refusals import Refusal
from reports import nudges
from reports.models import YearReport, YearReportFile, YearReportIssue
from reports.models.year_report import TRIES_AT_MOST, FileKind
from reports.statistics.yearly import content, files, kept, reports

log = logging.getLogger(__name__)
UNFORESEEN = "Файлы не готовятся из-за ошибки портала. Тексты и показатели сохранены. Обратитесь к администратору."
STEPS = {"content": "Считаем показатели", FileKind.PDF.value: "Рисуем PDF", FileKind.XLSX.value: "Пишем XLSX"}
WRITERS: Mapping[str, Callable[[YearReportIssue], bytes]] = {FileKind.PDF: files.pdf, FileKind.XLSX: files.xlsx}


class Overtaken(Exception):
    """The lease ran out and another worker has the issue."""


@transaction.atomic
def ask(*, report: YearReport, by: User, at: datetime.datetime) -> tuple[YearReportIssue, bool]:
    """Have the files made of the text as it is now, and whether this press asked for it; one at a time."""
    reports.DRAFTS.hold(report)
    under_way = report.issues.under_way().first()
    if under_way:
        return under_way, False
    text = YearReport.objects.get(pk=report.pk)
    page = reports.DRAFTS.page(text)
    issue = YearReportIssue.objects.create(report=report, version=text.version, page=page, asked_by=by, asked_at=at)
    nudges.make_year_report(issue.pk)
    return issue, True


def done(issue: YearReportIssue) -> list[str]:
    """The steps that are behind it."""
    made = set(issue.files.values_list("kind", flat=True))
    return [step for step in STEPS if step in made or (step == "content" and issue.counted_at)]


def make(*, issue_id: int, now: Callable[[], datetime.datetime]) -> bool:
    """Whether its files are made by this call. May be called twice, late, or by several workers at once."""
    issue = _claim(issue_id, now())
    if issue is None:
        return False
    try:
        _make(issue, now)
    except Overtaken:
        return False
    except Refusal as error:
        # What it says will not pass by itself: people mend the text and press again.
        log.exception("the files of year report issue %s cannot be made", issue_id)
        _claimed(issue).update(error=str(error), attempts=TRIES_AT_MOST, lease_until=None)
        return False
    except Exception:
        _claimed(issue).update(error=UNFORESEEN)
        raise
    return True


def sweep(*, now: Callable[[], datetime.datetime]) -> int:
    """What nudges lost and dead workers left; how many issues were made."""
    return sweeps.each(YearReportIssue.objects.due(now()), lambda pk: make(issue_id=pk, now=now))


def _claim(issue_id: int, now: datetime.datetime) -> YearReportIssue | None:
    issue = YearReportIssue.objects.due(now).select_related("report").filter(pk=issue_id).first()
    if issue is None:
        return None
    lease, attempts = now + datetime.timedelta(seconds=settings.LEASE_SECONDS), issue.attempts + 1
    # A worker that dies says nothing: the last attempt has said it before.
    said = {"error": UNFORESEEN} if attempts == TRIES_AT_MOST else {}
    if not _claimed(issue).update(lease_until=lease, attempts=attempts, **said):
        return None
    issue.lease_until, issue.attempts = lease, attempts
    return issue


def _claimed(issue: YearReportIssue) -> QuerySet[YearReportIssue]:
    """The issue, while its row says what this object does."""
    said = {"attempts": issue.attempts, "lease_until": issue.lease_until}
    return YearReportIssue.objects.filter(pk=issue.pk, made_at=None, **said)


def _make(issue: YearReportIssue, now: Callable[[], datetime.datetime]) -> None:
    """Slow work outside of any transaction; each step is kept while the claim stands. Raises Overtaken."""
    if issue.counted_at is None:
        at = now()
        said = content.said(issue.report.year, issue.page, at)
        _step(issue, content=kept.as_data(said), counted_at=at)
    # As read back: both files, whichever worker makes them, are of the very same row.
    issue.refresh_from_db(fields=["content", "counted_at"])
    there = set(issue.files.values_list("kind", flat=True))
    for kind in WRITERS:
        if kind not in there:
            _keep(issue, kind, WRITERS[kind](issue))
    _step(issue, made_at=now(), lease_until=None, error="")


def _keep(issue: YearReportIssue, kind: str, data: bytes) -> None:
    digest = store.put(data)
    with transaction.atomic():
        _step(issue)
        YearReportFile.objects.create(issue=issue, kind=kind, digest=digest, size=len(data))


def _step(issue: YearReportIssue, **fields: object) -> None:
    if not _claimed(issue).update(**{"attempts": issue.attempts, **fields}):
        raise Overtaken
