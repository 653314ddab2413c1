"""Another term: asked for by the centre, granted or declined by the setter, moved for everybody."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from events.commitments import terms
from events.commitments.acts import CommitmentCase
from events.commitments.forms import AskTermForm, DeclineForm, TermForm
from events.models import Commitment
from events.views.commitment_page import as_read, shown, term_form
from events.views.doors import commitment_to
from rcro_portal.lib import errors, russian


@require_POST
def ask_term(request: HttpRequest, pk: int) -> HttpResponse:
    commitment = commitment_to("ask_term", request, pk)
    form = AskTermForm(request.POST, prefix="ask", due_on=commitment.due_on, today=timezone.localdate())
    if not form.is_valid():
        return shown(request, commitment, ask_form=form)
    day, reason = form.cleaned_data["day"], form.cleaned_data["reason"]
    read = as_read(request, commitment)
    terms.ask(commitment=read, wanted_on=day, reason=reason, by=request.user, at=timezone.now())
    messages.success(request, "Просьба направлена. О решении сообщим на почту; пока действует прежний срок.")
    return redirect("events:commitment-detail", pk)


@require_POST
def move_term(request: HttpRequest, pk: int) -> HttpResponse:
    commitment = commitment_to("move_term", request, pk)
    form = term_form(CommitmentCase(commitment, request.user, timezone.now()), request.POST)
    if not form.is_valid():
        return shown(request, commitment, term_form=form)
    day, reason = form.cleaned_data["day"], form.cleaned_data["reason"]
    read = as_read(request, commitment)
    terms.move(commitment=read, to=day, reason=reason, by=request.user, at=timezone.now())
    messages.success(request, f"Срок перенесён на {russian.short_date(day)}. Исполнителю сообщим на почту.")
    return redirect("events:commitment-detail", pk)


@require_POST
def decline_term(request: HttpRequest, pk: int) -> HttpResponse:
    commitment = commitment_to("decline_term", request, pk)
    form = DeclineForm(request.POST, prefix="decline")
    if not form.is_valid():
        return shown(request, commitment, decline_form=form)
    read, words = as_read(request, commitment), form.cleaned_data["note"]
    terms.decline(commitment=read, words=words, by=request.user, at=timezone.now())
    messages.success(request, "Срок остаётся прежним. Исполнителю сообщим на почту.")
    return redirect("events:commitment-detail", pk)


@require_http_methods(["GET", "POST"])
def move_term_for_all(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is concerned stands on the page before anything is pressed."""
    commitment = commitment_to("move_term_for_all", request, pk)
    owing = Commitment.objects.alike(commitment).unfinished()
    rows = owing.select_related("organization").order_by("due_on", "organization__sort_key")
    earliest, today = rows[0].due_on, timezone.localdate()
    form = TermForm(request.POST or None, due_on=earliest, today=today)
    if request.method == "POST" and form.is_valid():
        day, reason = form.cleaned_data["day"], form.cleaned_data["reason"]
        moves = terms.move_for_all(commitment=commitment, to=day, reason=reason, by=request.user, at=timezone.now())
        told = russian.agree(len(moves), "исполнителю", "исполнителям", "исполнителям")
        messages.success(request, f"Срок перенесён на {russian.short_date(day)}: сообщим {told}.")
        return redirect("events:commitment-detail", pk)
    context = {"commitment": commitment, "rows": rows, "form": form}
    return render(request, "events/commitment_move_all.html", context, status=errors.status_of(form))
