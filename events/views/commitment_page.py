"""The page of a commitment, whoever asks for it: what is to be done by when, and what became of it."""

import contextlib
import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from centers.models import CalendarYear
from events.commitments import answer_files
from events.commitments.acts import COMMITMENT, CommitmentCase
from events.commitments.forms import AnswerForm, AskTermForm, DeclineForm, EnteredAnswerForm, TermForm
from events.forms import NoteForm
from events.models import Commitment
from events.models.commitment import CommitmentStatus
from events.views import assignment_step
from rcro_portal.lib import errors
from rcro_portal.lib.transitions import timeline

DONE = (CommitmentStatus.ACCEPTED, CommitmentStatus.WITHDRAWN)


def shown(request: HttpRequest, commitment: Commitment, status: int = 200, **forms: Any) -> HttpResponse:
    """A form that was refused comes back with what was typed."""
    context = {**_context(request, commitment), **forms}
    refused = [errors.status_of(form) for form in forms.values() if hasattr(form, "is_bound")]
    return render(request, "events/commitment_detail.html", context, status=max([status, *refused]))


def as_read(request: HttpRequest, commitment: Commitment) -> Commitment:
    """As the page showed it: «seen» says when it was given in the words that were read, «due» until when."""
    with contextlib.suppress(ValueError, OverflowError):
        seen = datetime.datetime.fromisoformat(request.POST.get("seen", ""))
        commitment.opened_at = seen.astimezone(datetime.UTC)
    with contextlib.suppress(ValueError):
        commitment.due_on = datetime.date.fromisoformat(request.POST.get("due", ""))
    return commitment


def _context(request: HttpRequest, commitment: Commitment) -> dict[str, Any]:
    today, case = timezone.localdate(), CommitmentCase(commitment, request.user, timezone.now())
    steps = list(commitment.transitions.select_related("by__person").order_by("at", "pk"))
    last = steps[-1] if steps else None
    by_letter = last.note if last and last.by is None and commitment.status not in DONE else ""
    answers = commitment.answers.select_related("by__person").prefetch_related("files").order_by("-at")
    return {
        "commitment": commitment,
        "answers": answers,
        "steps": timeline(steps, CommitmentStatus, {CommitmentStatus.RETURNED: "returned"}),
        "offer": COMMITMENT.offer(case),
        "fulfilment": assignment_step.of(commitment, case) if commitment.asks_for_assignment else None,
        "asked": case.asked if commitment.status not in DONE else None,
        "prepared": answer_files.prepared(commitment, request.user),
        "due_words": CalendarYear.objects.calendar().due_words(commitment.due_on, today),
        "last_note": last.note if last else "",
        # The newest of what happened is a letter that moved it or worded it anew: said above too, not only in the log.
        "said_anew": by_letter,
        "answer_form": AnswerForm(),
        "entered_form": EnteredAnswerForm(today=today),
        "note_form": NoteForm(),
        "ask_form": AskTermForm(prefix="ask", due_on=commitment.due_on, today=today),
        "term_form": term_form(case),
        "decline_form": DeclineForm(prefix="decline"),
    }


def term_form(case: CommitmentCase, data: Any = None) -> TermForm:
    """With the day and the reason of whoever asked, where somebody did."""
    asked = case.asked
    said = {"day": asked.wanted_on, "reason": asked.reason} if asked else {}
    return TermForm(data, prefix="term", initial=said, due_on=case.row.due_on, today=case.day)
