"""What the prepared world of the tests of rights holds of the year's reports: one written, its files made once."""

from typing import TYPE_CHECKING, Any

from rcro_portal.lib import store
from reports.figures import offers
from reports.models import YearReport, YearReportFile, YearReportIssue
from reports.statistics.yearly import issuing, reports
from tests.factories.moments import SENT_AT, WRITTEN_AT

if TYPE_CHECKING:
    from tests.house.world import World

CANARY = "канарейка"
YEAR = 2025


def _reports(world: "World") -> None:
    """With a figure, a text that lost a race, and a file that nobody drew."""
    by = world.office.methodist
    report, _ = reports.begin(year=YEAR, from_last=False, by=by, at=WRITTEN_AT)
    figure = reports.DRAFTS.add_figure(of=report, name="сеть", query="centers_with_status", parameters={"year": YEAR})
    page = {**reports.DRAFTS.written(report), "network": f"В сети [[сеть]]: {CANARY}."}
    reports.DRAFTS.save(of=report, version=report.version, by=by, at=WRITTEN_AT, **page)
    aside = reports.DRAFTS.keep_aside(of=report, by=by, at=SENT_AT, version=1, **{**page, "closing": CANARY})
    issue, _ = issuing.ask(report=report, by=by, at=WRITTEN_AT)
    YearReportIssue.objects.update(content=[], counted_at=SENT_AT, made_at=SENT_AT)
    file = YearReportFile.objects.create(issue=issue, kind="pdf", digest=store.put(b"%PDF"), size=4)
    world.rows["year-report"] = report
    world.args |= {
        "year-report.first": (report.pk, report.revisions.filter(aside=False).order_by("pk").first().pk),
        "year-report.aside": (report.pk, aside.pk),
        "year-report.figure": (report.pk, figure.pk),
        "year-report.file": (report.pk, issue.pk, file.kind),
    }


def _page(world: "World", row: Any) -> dict[str, Any]:
    report = YearReport.objects.get(pk=row.pk)
    return {**reports.DRAFTS.written(report), "network": "Сеть растёт.", "version": report.version}


def _version(world: "World", row: Any) -> dict[str, Any]:
    return {"version": _page(world, row)["version"]}


def _offered(world: "World", row: Any) -> dict[str, Any]:
    return {"name": next(iter(offers.offers(None, offers.of_year(row.year))))}


ADDED = {"query": "centers_with_status", "year": f"{YEAR}", "case": "nominative", "name": "центры"}
FIELDS = {
    "reports:year-report-new": lambda world, row: {"year": f"{YEAR + 1}", "from_last": "on"},
    "reports:year-report-save": _page,
    "reports:year-report-restore": _version,
    "reports:year-report-merge": lambda world, row: {**_version(world, row), "side-8": "mine"},
    "reports:year-figure-add": lambda world, row: ADDED,
    "reports:year-figure-quick": _offered,
    "reports:year-figure-type": lambda world, row: {"typed-typed": "более 350 школьников", "typed-source": "Отчёт"},
    "reports:year-figure-case": lambda world, row: {"case": "dative"},
}
PREPARED = (_reports,)
