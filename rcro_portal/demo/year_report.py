"""One year's report of the demo: written by a methodist, its files made."""

from django.db import transaction

from rcro_portal.demo import source
from reports.models import YearReport
from reports.statistics.yearly import content, issuing, reports


def load() -> None:
    if YearReport.objects.exists():
        return
    row = source.read("year_report")
    by, year = source.users()[row["by"]], row["year"]
    with transaction.atomic():
        report, _ = reports.begin(year=year, from_last=False, by=by, at=row["begun_at"])
        for figure in row["figures"]:
            reports.DRAFTS.add_figure(of=report, **figure, parameters=content.over(figure["query"], year))
        reports.DRAFTS.save(of=report, version=report.version, by=by, at=row["at"], **row["texts"])
        issue, _ = issuing.ask(report=report, by=by, at=row["made_at"])
    issuing.make(issue_id=issue.pk, now=lambda: row["made_at"])
