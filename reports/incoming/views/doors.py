"""The door of acts: the incoming letter, where this person may do the act now; else 403 or 409 in the table's words."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from events.permissions import is_office
from rcro_portal.lib.refusals import require
from reports.incoming.acts import INCOMING, OFFICE_ONLY, IncomingCase
from reports.models import IncomingLetter

READ = (
    *("sender", "replies_to__entry", "replies_to__outcome", "commitment__organization"),
    *("registered_by__person", "executor", "department"),
)


def incoming_of(request: HttpRequest, pk: int) -> IncomingLetter:
    require(is_office(request.user), OFFICE_ONLY)
    return get_object_or_404(IncomingLetter.objects.select_related(*READ), pk=pk)


def incoming_to(act: str, request: HttpRequest, pk: int) -> IncomingLetter:
    incoming = incoming_of(request, pk)
    INCOMING.demand(act, case_of(request, incoming))
    return incoming


def case_of(request: HttpRequest, incoming: IncomingLetter) -> IncomingCase:
    return IncomingCase(incoming, request.user, timezone.now())
