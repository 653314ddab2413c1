"""The editor of an outcome: opened from the event, saved by itself while it is written."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from events import outcomes, permissions
from events.forms import NewPersonForm
from events.models import Event, Outcome
from events.models.outcome import OutcomeStatus
from events.outcome_forms import Editor
from rcro_portal import errors
from rcro_portal.refusals import require


@require_POST
def outcome_begin(request: HttpRequest, pk: int) -> HttpResponse:
    """«Внести итоги»: from the event to the editor."""
    event = get_object_or_404(Event.objects.visible_to(request.user), pk=pk)
    now = timezone.now()
    require(permissions.may_plan(request.user))
    outcome = outcomes.begin(event=event, by=request.user, at=now)
    return redirect("events:outcome-edit", outcome.pk)


def outcome_edit(request: HttpRequest, pk: int) -> HttpResponse:
    outcome = _outcome(request, pk)
    if outcome.status != OutcomeStatus.DRAFT:
        raise outcomes.OutcomeLocked
    return _page(request, outcome, Editor(outcome))


@require_POST
def outcome_save(request: HttpRequest, pk: int) -> HttpResponse:
    """Save what stands on the page; by itself (htmx) or by the button. Whatever is refused stays on the page."""
    outcome = _outcome(request, pk)
    editor = Editor(outcome, request.POST)
    by_itself = bool(request.headers.get("HX-Request"))
    if not editor.is_valid():
        return _not_saved(request, outcome, editor, by_itself)
    try:
        outcomes.save(outcome=outcome, by=request.user, at=timezone.now(), **editor.cleaned())
    except outcomes.OutcomeChanged as changed:
        if by_itself:
            return errors.say(request, 409, str(changed))
        outcome.refresh_from_db()
        return _page(request, outcome, editor, status=409, changed=str(changed))
    if by_itself:
        return _saved(request, outcome)
    messages.success(request, "Итоги сохранены.")
    return redirect("reports:outcome-check", outcome.pk)


def _saved(request: HttpRequest, outcome: Outcome) -> HttpResponse:
    response = render(request, "events/outcome_edit.html#saved", {"outcome": outcome})
    response.headers["HX-Trigger"] = "saved"
    return response


def _not_saved(request: HttpRequest, outcome: Outcome, editor: Editor, by_itself: bool) -> HttpResponse:
    if by_itself:
        return render(request, "events/outcome_edit.html#unsaved", {"outcome": outcome}, status=422)
    return _page(request, outcome, editor, status=422)


def _page(request: HttpRequest, outcome: Outcome, editor: Editor, status: int = 200, changed: str = "") -> HttpResponse:
    context = {"outcome": outcome, "event": outcome.event, "editor": editor, "changed": changed, "status": status}
    return render(request, "events/outcome_edit.html", context, status=status)


def speaker_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody who spoke and whom the portal does not know yet."""
    outcome = _outcome(request, pk)
    form = NewPersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = form.person()
        if person.pk is None:
            person.save()
        messages.success(request, f"{person.full_name}: теперь можно выбрать в выступлениях.")
        return redirect("events:outcome-edit", outcome.pk)
    context = {"form": form, "outcome": outcome, "event": outcome.event}
    return render(request, "events/speaker_new.html", context, status=errors.status_of(form))


def _outcome(request: HttpRequest, pk: int) -> Outcome:
    rows = Outcome.objects.visible_to(request.user).select_related(
        "event__department", "event__schedule", "prepared_by", "edited_by__person"
    )
    outcome = get_object_or_404(rows, pk=pk)
    require(permissions.may_plan(request.user))
    return outcome
