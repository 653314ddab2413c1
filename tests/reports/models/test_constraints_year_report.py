"""Named constraints of the year's report and its files, tried like those of ``test_constraints``."""

from collections.abc import Callable

import pytest

from reports.models import YearReport, YearReportFigure, YearReportFile, YearReportIssue
from tests.constraints import change, double, kept_by
from tests.factories.centers import UserFactory
from tests.factories.moments import SENT_AT, WRITTEN_AT

pytestmark = pytest.mark.django_db


def report() -> YearReport:
    return YearReport.objects.create(year=2025, edited_by=UserFactory(), edited_at=WRITTEN_AT)


def figure() -> YearReportFigure:
    return YearReportFigure.objects.create(report=report(), name="школы", query="centers_with_status", parameters={})


def issue() -> YearReportIssue:
    return YearReportIssue.objects.create(report=report(), version=1, page={}, asked_by=UserFactory(), asked_at=SENT_AT)


def file() -> YearReportFile:
    return YearReportFile.objects.create(issue=issue(), kind="pdf", digest="0" * 64, size=1)


# The row, and what breaks it.
BROKEN: dict[str, tuple[Callable[[], object], Callable[[object], None]]] = {
    "year_has_one_report": (report, double),
    "year_of_a_report_makes_sense": (report, lambda row: change(row, year=1)),
    "figure_of_a_report_has_a_name_of_its_own": (figure, lambda row: double(row, case="dative")),
    "yearreportfigure_is_counted_or_says_its_source": (figure, lambda row: change(row, query="")),
    "report_is_made_once_at_a_time": (issue, double),
    "issue_of_a_report_is_counted_before_it_is_made": (issue, lambda row: change(row, made_at=SENT_AT)),
    "issue_of_a_report_has_a_file_of_each_kind": (file, double),
    "kind_of_a_reports_file_is_known": (file, lambda row: change(row, kind="docx")),
}


@pytest.mark.parametrize("name", BROKEN)
def test_constraint_holds_for_plain_sql(name: str) -> None:
    make, spoil = BROKEN[name]
    row = make()
    with kept_by(name):
        spoil(row)
