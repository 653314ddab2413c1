"""What the methodist does with a submitted assignment: reads it row by row beside the agreed one, agrees or returns."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from events.assignments import assignments, remarks, versions
from events.assignments.acts import ASSIGNMENT, AssignmentCase
from events.assignments.remarks import RemarksForm
from events.models import TechnicalAssignment
from events.views.doors import assignment_to, seen_assignment
from rcro_portal.lib.russian import date_time
from rcro_portal.lib.text import whole_number


def assignment_review(request: HttpRequest, pk: int) -> HttpResponse:
    assignment = seen_assignment(request, pk)
    ASSIGNMENT.demand("agree", AssignmentCase(assignment, request.user, timezone.now()))
    return _page(request, assignment)


def _page(request: HttpRequest, assignment: TechnicalAssignment, form: RemarksForm | None = None) -> HttpResponse:
    version = versions.newest(assignment)
    assert version
    form = form or RemarksForm(version.page)
    context: dict[str, Any] = {
        "assignment": assignment,
        "version": version,
        "form": form,
        "groups": remarks.read_beside(form, assignment.agreed.page if assignment.agreed else None),
        "changed": versions.difference(assignment.agreed.page, version.page) if assignment.agreed else None,
        "lead": f"{version}, направлена {date_time(version.at)}: {version.by.person.surname_first}",
        "difference_url": _difference_url(assignment, version.number),
        "fulfils": version.fulfils.order_by("due_on", "pk"),
    }
    return render(request, "events/assignment_review.html", context, status=422 if form.errors else 200)


def _difference_url(assignment: TechnicalAssignment, number: int) -> str:
    """From the agreed version to this one."""
    address = reverse("events:assignment-edition-difference", args=[assignment.pk, number])
    return f"{address}?with={assignment.agreed.number}" if assignment.agreed else address


@require_POST
def assignment_agree(request: HttpRequest, pk: int) -> HttpResponse:
    assignment = assignment_to("agree", request, pk)
    number = whole_number(request.POST.get("number"))
    assignments.agree(assignment=assignment, number=number, by=request.user, at=timezone.now())
    messages.success(request, f"Согласовано: {assignment}.")
    return redirect("events:assignment-detail", pk)


@require_POST
def assignment_return(request: HttpRequest, pk: int) -> HttpResponse:
    """What was typed stays on the page where it is refused."""
    assignment = assignment_to("give_back", request, pk)
    version = versions.newest(assignment)
    form = RemarksForm(version.page if version else {}, request.POST)
    if not form.is_valid():
        return _page(request, assignment, form)
    number, said = whole_number(request.POST.get("number")), form.cleaned_data["note"]
    try:
        assignments.give_back(
            assignment=assignment,
            number=number,
            note=said,
            remarks=form.remarks,
            by=request.user,
            at=timezone.now(),
        )
    except assignments.NothingToSay as refusal:
        form.add_error("note", str(refusal))
        return _page(request, assignment, form)
    messages.success(request, f"Возвращено с замечаниями: {assignment}.")
    return redirect("events:assignment-detail", pk)
