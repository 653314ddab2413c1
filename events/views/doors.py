"""The doors of acts: the row, where this person may do the act now; else 404, 403 or 409 in the table's words."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from events.acts import EVENT, EventCase
from events.assignments.acts import ASSIGNMENT, AssignmentCase
from events.commitments.acts import COMMITMENT, CommitmentCase
from events.kept import REQUESTS
from events.models import Commitment, DataRequest, DataSheet, Event, TechnicalAssignment
from events.requests.acts import REQUEST, SHEET, RequestCase, SheetCase


def event_to(act: str, request: HttpRequest, pk: int) -> Event:
    event = get_object_or_404(Event.objects.visible_to(request.user).select_related("department"), pk=pk)
    EVENT.demand(act, EventCase(event, request.user, timezone.now()))
    return event


def commitment_to(act: str, request: HttpRequest, pk: int) -> Commitment:
    commitment = seen_commitment(request, pk)
    COMMITMENT.demand(act, CommitmentCase(commitment, request.user, timezone.now()))
    return commitment


def seen_commitment(request: HttpRequest, pk: int) -> Commitment:
    rows = Commitment.objects.visible_to(request.user, timezone.localdate())
    return get_object_or_404(rows.select_related("organization__center", "outcome__event", "department"), pk=pk)


def request_to(act: str, request: HttpRequest, pk: int) -> DataRequest:
    row: DataRequest = REQUESTS.row(request, pk)
    REQUEST.demand(act, RequestCase(row, request.user, timezone.now()))
    return row


def sheet_to(act: str, request: HttpRequest, pk: int) -> DataSheet:
    sheet = seen_sheet(request, pk)
    SHEET.demand(act, SheetCase(sheet, request.user, timezone.now()))
    return sheet


def seen_sheet(request: HttpRequest, pk: int) -> DataSheet:
    rows = DataSheet.objects.visible_to(request.user, timezone.localdate())
    related = rows.select_related("center__organization", "request__setter", "edited_by__person")
    return get_object_or_404(related, pk=pk)


def assignment_to(act: str, request: HttpRequest, pk: int) -> TechnicalAssignment:
    assignment = seen_assignment(request, pk)
    ASSIGNMENT.demand(act, AssignmentCase(assignment, request.user, timezone.now()))
    return assignment


def seen_assignment(request: HttpRequest, pk: int) -> TechnicalAssignment:
    rows = TechnicalAssignment.objects.visible_to(request.user, timezone.localdate())
    related = ("center__organization", "period__department", "agreed", "edited_by__person")
    return get_object_or_404(rows.select_related(*related), pk=pk)
