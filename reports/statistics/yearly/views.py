"""The year's reports: the list of years, one report section by section, its editor, its files."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from rcro_portal.lib import downloads, errors, store
from rcro_portal.lib.drafts.views.pages import EditorPages
from rcro_portal.lib.refusals import require
from rcro_portal.lib.registers.files import XLSX
from rcro_portal.lib.russian import short_date
from reports import permissions
from reports.figures import UnknownFigure, offers
from reports.letters.views.figure_slot import FigureSlot
from reports.models import YearReport, YearReportFile, YearReportIssue
from reports.models.year_report import FileKind
from reports.statistics.plots import drawing
from reports.statistics.plots.registry import PLOTS
from reports.statistics.yearly import content, issuing, reports
from reports.statistics.yearly.forms import NewYearReport
from reports.statistics.yearly.sections import SECTIONS

READERS = "Отчёты за год читают сотрудники центра."
WRITERS = "Отчёт за год пишут методисты."
ISSUERS = "Файлы отчёта готовят методисты, начальники отделов и директор."
YEARS_BACK = 10
MEDIA = {FileKind.PDF.value: "application/pdf", FileKind.XLSX.value: XLSX}


def year_reports(request: HttpRequest) -> HttpResponse:
    """The list, and for methodists the form that begins one."""
    require(permissions.is_office(request.user), READERS)
    may_write = permissions.may_write_year_reports(request.user)
    return _list(request, _new_form() if may_write else None)


@require_POST
def year_report_new(request: HttpRequest) -> HttpResponse:
    require(permissions.may_write_year_reports(request.user), WRITERS)
    form = _new_form(request.POST)
    if not form.is_valid():
        return _list(request, form)
    report, is_new = reports.begin(by=request.user, at=timezone.now(), **form.cleaned_data)
    if not is_new:
        messages.info(request, "Отчёт за этот год уже начат: вот он.")
    return redirect("reports:year-report-edit", report.pk)


def _list(request: HttpRequest, form: NewYearReport | None) -> HttpResponse:
    rows = YearReport.objects.select_related("edited_by__person").order_by("-year")
    made = YearReportIssue.objects.exclude(made_at=None).order_by("made_at").values_list("report", "made_at")
    latest = dict(made)
    context = {"rows": [(row, latest.get(row.pk)) for row in rows], "form": form}
    return render(request, "reports/statistics/year_reports.html", context, status=errors.status_of(form))


def _new_form(data: Any = None) -> NewYearReport:
    """Of this year and those before it that have none."""
    known = set(YearReport.objects.values_list("year", flat=True))
    this = timezone.localdate().year
    return NewYearReport(
        data, years=[one for one in range(this, this - YEARS_BACK, -1) if one not in known], known=known
    )


class YearReportPages(EditorPages[YearReport]):
    """The editor of a report, its history and two texts of it."""

    drafts = reports.DRAFTS
    name, slug = "reports:year-report", "year-report"
    template = "reports/statistics/year_report_edit.html"
    back = "К отчёту"
    lead = "Таблицы и рисунки разделов портал поставит сам."
    saved = "Отчёт сохранён."
    writers = WRITERS
    then = "reports:year-report-detail"

    def seen(self, request: HttpRequest, pk: int) -> YearReport:
        require(permissions.is_office(request.user), READERS)
        return get_object_or_404(YearReport.objects.select_related("edited_by__person", "started_from"), pk=pk)

    def may_write(self, request: HttpRequest) -> bool:
        return permissions.may_write_year_reports(request.user)

    def heading(self, of: YearReport) -> str:  # noqa: ARG002
        return "Тексты отчёта"

    def home(self, of: YearReport) -> str:
        return reverse("reports:year-report-detail", args=[of.pk])

    def context(self, request: HttpRequest, of: YearReport) -> dict[str, Any]:  # noqa: ARG002
        return {"report": of}


PAGES = YearReportPages()
FIGURES = FigureSlot("year-figure", PAGES, lambda _: None, lambda report: offers.of_year(report.year))


def year_report_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One section with its text, figures and plots as they are now; the last files and who makes new ones."""
    report, now = PAGES.seen(request, pk), timezone.now()
    asked = request.GET.get("show", "")
    key = asked if asked in SECTIONS else "opening"
    page, failure = reports.DRAFTS.page(report), ""
    try:
        (section,) = content.said(report.year, page, now, [key])
    except UnknownFigure as error:
        # The text cannot be counted; everything else can.
        (section,) = content.said(report.year, {**page, key: ""}, now, [key])
        failure = str(error)
    context = {
        "report": report,
        "lead": f"Текст изменён {_edited_on(report)}, {report.edited_by.person.surname_first}",
        "section": section,
        "failure": failure,
        "is_untouched": key in reports.untouched(report),
        "plots": list(_drawn(section.plots)),
        "tabs": [(one.title, f"?show={other}", other == key) for other, one in SECTIONS.items()],
        "is_running": report.year >= timezone.localdate(now).year,
        "may_write": permissions.may_write_year_reports(request.user),
        "writers": WRITERS,
        **_issues(request, report),
    }
    return render(request, "reports/statistics/year_report.html", context)


def _edited_on(report: YearReport) -> str:
    return short_date(timezone.localdate(report.edited_at))


def _drawn(plots: Iterable[content.Drawn]) -> Iterable[tuple[content.Drawn, Any]]:
    return ((one, drawing.drawn(PLOTS[one.key], one.table, title=one.title)) for one in plots)


def _issues(request: HttpRequest, report: YearReport) -> dict[str, Any]:
    """The issue under way or failed, and the last that is whole with its files."""
    last = report.issues.order_by("-pk").first()
    whole = report.issues.exclude(made_at=None).select_related("asked_by__person").order_by("-pk").first()
    return {
        "last": last,
        "whole": whole,
        "files": list(whole.files.order_by("kind")) if whole else [],
        "may_issue": permissions.may_issue_year_reports(request.user),
        "issuers": ISSUERS,
        **_progress(last),
    }


def _progress(issue: YearReportIssue | None) -> dict[str, Any]:
    if issue is None or not issue.is_under_way:
        return {}
    behind = issuing.done(issue)
    ahead = [words for step, words in issuing.STEPS.items() if step not in behind]
    return {"done": len(behind), "steps": len(issuing.STEPS), "step": ahead[0] if ahead else "Готово"}


@require_POST
def year_report_issue(request: HttpRequest, pk: int) -> HttpResponse:
    """«Подготовить PDF и XLSX»; a second press finds the first at work."""
    report = PAGES.seen(request, pk)
    require(permissions.may_issue_year_reports(request.user), ISSUERS)
    _, is_new = issuing.ask(report=report, by=request.user, at=timezone.now())
    if not is_new:
        messages.info(request, "Файлы уже готовятся.")
    return redirect("reports:year-report-detail", pk)


def year_report_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """What stands beside the button while a worker makes the files; asked for every second."""
    report = PAGES.seen(request, pk)
    context = {"report": report, **_issues(request, report)}
    return render(request, "reports/statistics/year_report.html#files", context)


def year_report_file(request: HttpRequest, pk: int, issue_pk: int, kind: str) -> HttpResponse:
    report = PAGES.seen(request, pk)
    issue = get_object_or_404(YearReportIssue, pk=issue_pk, report=report)
    row = get_object_or_404(YearReportFile, issue=issue, kind=kind)
    name = f"{downloads.ascii_name('otchet-seti', report.year)}.{row.kind}"
    return downloads.response(store.read(row.digest), MEDIA[row.kind], name, inline=row.kind == FileKind.PDF)
