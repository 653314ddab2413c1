"""Page, PDF and XLSX of a year's report say the same numbers, and each is what the registry counts."""

import io
from typing import Any

import pikepdf
import pytest
from django.conf import settings
from django.test import Client

from rcro_portal.lib import store
from rcro_portal.lib.charts import shades
from reports import figures
from reports.figures.spread import Spread
from reports.models import YearReport, YearReportIssue
from reports.statistics.plots.table import Cell, Row, Table
from reports.statistics.yearly import files, issuing, kept, reports
from reports.statistics.yearly.sections import SECTIONS
from reports.typesetting import rendering
from tests.factories.imports import table as spreadsheet
from tests.factories.moments import tomsk
from tests.factories.reports import Office, office
from tests.reports.statistics.plots import network

AT = tomsk(11, 28, 12, year=2026)
pytestmark = pytest.mark.django_db


@pytest.fixture
def portal() -> Office:
    made = office()
    network.build(made)
    return made


def begun(portal: Office, **texts: str) -> YearReport:
    report, _ = reports.begin(year=2025, from_last=True, by=portal.methodist, at=AT)
    reports.DRAFTS.add_figure(of=report, name="центры", query="centers_with_status", parameters={"year": 2025})
    page = {**reports.DRAFTS.written(report), "network": "В сети [[центры]].\n– первый", **texts}
    reports.DRAFTS.save(of=report, version=report.version, by=portal.methodist, at=AT, **page)
    return YearReport.objects.get(pk=report.pk)


def made(portal: Office, report: YearReport) -> YearReportIssue:
    issue, _ = issuing.ask(report=report, by=portal.methodist, at=AT)
    assert issuing.make(issue_id=issue.pk, now=lambda: AT) is True
    return YearReportIssue.objects.get(pk=issue.pk)


def test_page_pdf_xlsx_and_registry_agree(portal: Office, client: Client) -> None:
    """All sections at once, since the world takes longer to make than to ask."""
    report = begun(portal)
    issue = made(portal, report)
    stored = {one.kind: store.read(one.digest) for one in issue.files.all()}
    printed = " ".join(rendering.plain_text(stored["pdf"]).split())
    with pikepdf.open(io.BytesIO(stored["pdf"])) as pdf:
        assert (bool(pdf.Root.MarkInfo.Marked), str(pdf.Root.Lang)) == (True, "ru")
    plots = [plot for said in kept.of_data(issue.content) for plot in said.plots]
    numbers, *drawn, texts = (spreadsheet(stored["xlsx"], sheet) for sheet in range(len(plots) + 2))
    assert [sheet[0][0] for sheet in drawn] == [plot.title for plot in plots]
    client.force_login(portal.methodist)
    for said in kept.of_data(issue.content):
        page: Any = client.get(f"/year-reports/{report.pk}/", {"show": said.key}).context["section"]
        assert page == said, said.key
        tables = [said.figures] if said.figures else []
        for table in [*tables, *(plot.table for plot in said.plots)]:
            cells = table.cells
            assert [cell.value for cell in cells] == [figures.count(one.code, one.parameters).value for one in cells]
            for row in table.rows:
                line = " ".join([row.words, *(cell.shown if cell else "–" for cell in row.cells)])
                assert line in printed, (said.key, line)
        if said.figures:
            written = [
                [said.title, row.words, *(str(cell.value) for cell in row.cells if cell)] for row in said.figures.rows
            ]
            assert [row for row in numbers if row[0] == said.title] == written
    assert "В сети 11 образовательных организаций." in printed
    assert ["Сеть", "– первый"] in texts
    assert list(SECTIONS) == [said.key for said in kept.of_data(issue.content)]


def test_a_table_of_several_sheets_bears_the_shades_of_its_plot() -> None:
    scale = shades.Scale((1, 2))
    table = Table("Центр", ["2024", "2025"], [Row("Лицей", "1", [None, Cell("participations", {}, Spread(2, 2, 2))])])
    assert files.printed_rows(table, scale) == [("Лицей", [("–", ""), ("2", " shade-2")])]
    assert files.printed_rows(table) == [("Лицей", [("–", ""), ("2", "")])]
    css = (settings.BASE_DIR / "static" / "reports" / "tables.css").read_text()
    for step, (fill, ink) in enumerate(zip(shades.FILLS, shades.INKS, strict=True)):
        assert f".shade-{step} {{ background: {fill}; color: {ink}; }}" in css


def test_the_files_are_of_the_text_at_the_press(portal: Office) -> None:
    report = begun(portal)
    issue, is_new = issuing.ask(report=report, by=portal.head, at=AT)
    again, is_newer = issuing.ask(report=report, by=portal.director, at=AT)
    assert (is_new, is_newer, again) == (True, False, issue)
    page = {**reports.DRAFTS.written(report), "network": "Иначе."}
    reports.DRAFTS.save(of=report, version=report.version, by=portal.methodist, at=AT, **page)
    issuing.make(issue_id=issue.pk, now=lambda: AT)
    issue.refresh_from_db()
    assert issue.content[1]["text"][0] == ["paragraph", "В сети 11 образовательных организаций."]
