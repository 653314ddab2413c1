"""The files of a technical assignment, drawn when they are asked for."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from events.models import AssignmentVersion, TechnicalAssignment
from rcro_portal.lib import downloads
from reports.statistics import assignment_paper as paper
from reports.typesetting.docx_tables import Printed


def assignment_pdf(request: HttpRequest, pk: int, number: int = 0) -> HttpResponse:
    assignment, printed = _printed(request, pk, number)
    return downloads.response(paper.pdf(printed), "application/pdf", f"{_stem(assignment, number)}.pdf", inline=True)


def assignment_docx(request: HttpRequest, pk: int, number: int = 0) -> HttpResponse:
    assignment, printed = _printed(request, pk, number)
    return downloads.response(paper.docx(printed), paper.DOCX, f"{_stem(assignment, number)}.docx")


def _printed(request: Any, pk: int, number: int) -> tuple[TechnicalAssignment, Printed]:
    day = timezone.localdate()
    seen = TechnicalAssignment.objects.visible_to(request.user, day)
    related = ("center__organization", "period__department", "agreed")
    assignment = get_object_or_404(seen.select_related(*related), pk=pk)
    version = get_object_or_404(AssignmentVersion, assignment=assignment, number=number) if number else None
    return assignment, paper.printed(assignment, version, day)


def _stem(assignment: TechnicalAssignment, number: int) -> str:
    end = f"-{number}" if number else ""
    return downloads.ascii_name("tehnicheskoe-zadanie", assignment.center, assignment.period) + end
