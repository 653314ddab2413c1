"""«Проверить подряд»: the answer, the judgement, and the next answer without going back."""

import contextlib
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from events import permissions
from events.commitments import review
from events.forms import NoteForm
from events.models import Answer, Commitment
from events.views.doors import seen_commitment
from rcro_portal.lib import errors
from rcro_portal.lib.refusals import require
from rcro_portal.lib.russian import agree
from rcro_portal.lib.working_days import DAYS

READERS = "Ответы проверяет методист сети."
GONE = "Этот ответ уже проверили или поручение изменилось. Показан следующий."


def review_begin(request: HttpRequest) -> HttpResponse:
    require(permissions.may_review(request.user), READERS)
    first = review.queue(_decision(request.GET)).values_list("pk", flat=True).first()
    return redirect(_address(request.GET, first)) if first else _nothing(request, request.GET)


def review_answer(request: HttpRequest, pk: int) -> HttpResponse:
    commitment = seen_commitment(request, pk)
    require(permissions.may_review(request.user), READERS)
    return walked(request, commitment, request.GET)


def walked(request: HttpRequest, commitment: Commitment, walk: QueryDict, **forms: Any) -> HttpResponse:
    """The page of one answer of the walk; ``walk`` says of which decision and how many were judged on the way."""
    decision, done = _decision(walk), _done(walk)
    place = review.place(commitment, decision=decision, done=done)
    if place is None:
        messages.warning(request, GONE)
        return onward(commitment, walk, judged=0)
    answers = commitment.answers.select_related("by__person").prefetch_related("files").order_by("-at", "-pk")
    note_form = forms.get("note_form")
    context = {
        "commitment": commitment,
        "place": place,
        "answers": answers,
        "remarks": commitment.transitions.filter(after="returned").order_by("-at"),
        "late": _late(commitment, answers),
        "skip_url": _address(walk, place.following) if place.following else "",
        "decision": decision or "",
        "done": done,
        "note_form": note_form or NoteForm(),
    }
    return render(request, "events/commitment_review.html", context, status=errors.status_of(note_form))


def _late(commitment: Commitment, answers: Iterable[Answer]) -> str:
    """«2 дня» after the term; nothing where it came in time."""
    came = next((timezone.localdate(answer.at) for answer in answers), commitment.due_on)
    return agree(days, *DAYS) if (days := (came - commitment.due_on).days) > 0 else ""


def onward(commitment: Commitment, walk: QueryDict, *, judged: int = 1) -> HttpResponse:
    """To the next answer, or to the end of the walk."""
    walk = walk.copy()
    walk["done"] = str(_done(walk) + judged)
    following = review.after(commitment, decision=_decision(walk))
    return redirect(_address(walk, following) if following else f"{reverse('events:review')}?{_asked(walk)}")


def _nothing(request: HttpRequest, walk: QueryDict) -> HttpResponse:
    return render(request, "events/commitment_review.html", {"done": _done(walk), "place": None})


def _address(walk: QueryDict, pk: int | None) -> str:
    asked = _asked(walk)
    return reverse("events:review-answer", args=[pk]) + (f"?{asked}" if asked else "")


def _asked(walk: QueryDict) -> str:
    decision, done = _decision(walk), _done(walk)
    return urlencode({**({"decision": decision} if decision else {}), **({"done": done} if done else {})})


def _decision(walk: QueryDict) -> UUID | None:
    with contextlib.suppress(ValueError):
        return UUID(walk.get("decision", ""))
    return None


def _done(walk: QueryDict) -> int:
    typed = walk.get("done", "")
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 5 else 0
