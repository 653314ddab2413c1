"""The year's report as files, both of what the issue's row says: tagged PDF, and an XLSX with a sheet for each plot."""

from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone

from rcro_portal.lib import xlsx as workbook
from rcro_portal.lib.charts import shades
from rcro_portal.lib.russian import short_date
from reports.composing import content as composing
from reports.models import YearReportIssue
from reports.statistics.plots import drawing
from reports.statistics.plots.files import as_sheet
from reports.statistics.plots.registry import PLOTS
from reports.statistics.plots.table import Table
from reports.statistics.yearly import kept
from reports.statistics.yearly.content import Drawn, Said
from reports.typesetting import rendering

NUMBERS, TEXTS = "Показатели", "Тексты"


def pdf(issue: YearReportIssue) -> bytes:
    """Raises rendering.CannotDraw."""
    sections = [one for one in _said(issue) if not one.is_empty]
    context: dict[str, Any] = {
        "year": issue.report.year,
        "at": issue.counted_at,
        "institution": _institution(issue),
        "is_over": _is_over(issue),
        "sections": [(one, [_picture(plot) for plot in one.plots]) for one in sections],
    }
    return rendering.table_document(render_to_string("reports/statistics/year_report_document.html", context))


def _said(issue: YearReportIssue) -> list[Said]:
    assert issue.content
    return kept.of_data(issue.content)


def _institution(issue: YearReportIssue) -> list[str]:
    """The lines of the letterhead of that day; a portal that has none yet prints none."""
    assert issue.counted_at
    try:
        head = composing.letterhead_on(timezone.localdate(issue.counted_at))
    except composing.NoLetterhead:
        return []
    return [line for line in (head.body_above, *head.institution.split("\n")) if line]


def _is_over(issue: YearReportIssue) -> bool:
    assert issue.counted_at
    return timezone.localdate(issue.counted_at).year > issue.report.year


def _picture(plot: Drawn) -> dict[str, Any]:
    """A heat table of several sheets would say the same again without whole names: its shades go into the table."""
    drawn = drawing.on_paper(PLOTS[plot.key], plot.table, title=plot.title)
    if len(drawn.pictures) < 2:
        return {"plot": plot, "drawn": drawn, "rows": printed_rows(plot.table)}
    scale = shades.Scale.among({cell.value for cell in plot.table.cells})
    return {"plot": plot, "drawn": drawn._replace(pictures=[]), "rows": printed_rows(plot.table, scale)}


def printed_rows(table: Table, scale: shades.Scale | None = None) -> list[tuple[str, list[tuple[str, str]]]]:
    """Of each row its words, and of each cell what it says and the class of its shade."""
    return [
        (
            row.words,
            [
                (cell.shown if cell else "–", f" shade-{scale.step(cell.value)}" if cell and scale else "")
                for cell in row.cells
            ],
        )
        for row in table.rows
    ]


def xlsx(issue: YearReportIssue) -> bytes:
    """Numbers of all sections, the table of each plot, the texts."""
    sections = _said(issue)
    plots = [as_sheet(PLOTS[plot.key].tab, plot.table, title=plot.title) for one in sections for plot in one.plots]
    return workbook.book([_numbers(issue, sections), *plots, _texts(sections)])


def _numbers(issue: YearReportIssue, sections: list[Said]) -> workbook.Sheet:
    tables = [(one.title, one.figures) for one in sections if one.figures]
    years = tables[0][1].columns
    columns = [
        workbook.Column("Раздел", 30),
        workbook.Column("Показатель", 60),
        *(workbook.Column(y, 12) for y in years),
    ]
    rows = [
        [title, row.words, *(cell.value if cell else None for cell in row.cells)]
        for title, table in tables
        for row in table.rows
    ]
    assert issue.counted_at
    day = short_date(timezone.localdate(issue.counted_at))
    return workbook.Sheet(NUMBERS, columns, rows, f"{issue.report}, показатели на {day}")


def _texts(sections: list[Said]) -> workbook.Sheet:
    columns = [workbook.Column("Раздел", 30), workbook.Column("Текст", 100)]
    return workbook.Sheet(TEXTS, columns, [[one.title, _plain(block)] for one in sections for block in one.text])


def _plain(block: list[Any]) -> str:
    kind, value = block
    return "\n".join(" | ".join(row) for row in value) if kind == "table" else value
