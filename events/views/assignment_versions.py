"""What was submitted: a version as it was, and two of them side by side."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from events.assignments import versions
from events.models import AssignmentVersion, TechnicalAssignment
from events.views.doors import seen_assignment
from rcro_portal.lib.russian import date_time
from rcro_portal.lib.text import whole_number


def version_detail(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    assignment = seen_assignment(request, pk)
    fate = _fate(assignment, number)
    remarks = {str(remark.key): remark for remark in fate.version.remarks.order_by("pk")}
    context = {
        "assignment": assignment,
        "fate": fate,
        "submitted": f"{fate.version.by.person.surname_first}, {date_time(fate.version.at)}",
        "groups": versions.shown(fate.version.page, remarks),
        "fulfils": fate.version.fulfils.order_by("due_on", "pk"),
        "others": [one for one in versions.fates(assignment) if one.version.number != number],
    }
    return render(request, "events/assignment_version.html", context)


def version_difference(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """What this version changed in the one before it, or in the one asked for («?with=2»)."""
    assignment = seen_assignment(request, pk)
    fates = versions.fates(assignment)
    after = _fate(assignment, number)
    others = [one for one in fates if one.version.number != number]
    asked = whole_number(request.GET.get("with"))
    before = next((one for one in others if one.version.number == (asked or number - 1)), None)
    if before is None and asked:
        raise Http404
    context = {
        "assignment": assignment,
        "before": before,
        "after": after,
        "others": others,
        "changes": versions.difference(before.version.page, after.version.page) if before else None,
    }
    return render(request, "events/assignment_difference.html", context)


def _fate(assignment: TechnicalAssignment, number: int) -> versions.Fate:
    get_object_or_404(AssignmentVersion, assignment=assignment, number=number)
    return next(one for one in versions.fates(assignment) if one.version.number == number)
