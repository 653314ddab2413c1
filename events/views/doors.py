"""The doors of acts: the row, where this person may do the act now; else 404, 403 or 409 in the table's words."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from events.acts import EVENT, EventCase
from events.commitments.acts import COMMITMENT, CommitmentCase
from events.models import Commitment, Event


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
