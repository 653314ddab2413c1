"""The editor of an outcome: opened from the event, saved by itself while it is written."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from centers import people
from events import outcomes, permissions
from events.forms import NewPersonForm
from events.models import Event, Outcome, OutcomeRevision
from events.models.outcome import OutcomeStatus
from events.outcome_forms import Editor
from events.views import revisions
from events.views.revisions import outcome_of
from rcro_portal.lib import errors, sessions
from rcro_portal.lib.refusals import require


@require_POST
def outcome_begin(request: HttpRequest, pk: int) -> HttpResponse:
    """«Внести итоги»: from the event to the editor."""
    event = get_object_or_404(Event.objects.visible_to(request.user), pk=pk)
    now = timezone.now()
    require(permissions.may_plan(request.user))
    outcome = outcomes.begin(event=event, by=request.user, at=now)
    return redirect("events:outcome-edit", outcome.pk)


def outcome_edit(request: HttpRequest, pk: int) -> HttpResponse:
    outcome = outcome_of(request, pk)
    if outcome.status != OutcomeStatus.DRAFT:
        raise outcomes.OutcomeLocked
    return _page(request, outcome, Editor(outcome))


@require_POST
def outcome_save(request: HttpRequest, pk: int) -> HttpResponse:
    """Save what stands on the page; by itself or by the button. Whatever is refused stays on the page or is kept."""
    outcome = outcome_of(request, pk)
    editor = Editor(outcome, request.POST)
    by_itself = bool(request.headers.get("HX-Request"))
    if not editor.is_valid():
        return _not_saved(request, outcome, editor, by_itself)
    now = timezone.now()
    if by_itself and outcomes.is_saved(outcome=outcome, **editor.cleaned()):
        sessions.rest(request)
    try:
        outcomes.save(outcome=outcome, by=request.user, at=now, **editor.cleaned())
    except (outcomes.OutcomeChanged, outcomes.OutcomeLocked) as refusal:
        again = revisions.number(request.POST.get("aside"))
        aside = outcomes.keep_aside(outcome=outcome, by=request.user, at=now, again=again, **editor.cleaned())
        return _kept_aside(request, aside, str(refusal), by_itself)
    if by_itself:
        return render(request, "events/outcome_edit.html#saved", {"outcome": outcome})
    messages.success(request, "Итоги сохранены.")
    return redirect("reports:outcome-check", outcome.pk)


def outcome_version(request: HttpRequest, pk: int) -> JsonResponse:
    """Asked by the open editor: whether somebody else has saved meanwhile."""
    outcome = outcome_of(request, pk)
    who = f"{outcome.edited_by.person.surname_first}, {timezone.localtime(outcome.edited_at):%H:%M}"
    words = f"Этот текст изменён: {who}. На странице прежний. Написанное вами не пропадёт: при сохранении сравните оба."
    if outcome.status != OutcomeStatus.DRAFT:
        words = str(outcomes.OutcomeLocked())
    return JsonResponse({"version": outcome.version, "words": words})


def _kept_aside(request: HttpRequest, aside: OutcomeRevision, words: str, by_itself: bool) -> HttpResponse:
    if not by_itself:
        return revisions.compare_page(request, aside, words, status=409)
    context = {"aside": aside, "words": words, "outcome": aside.outcome, "version": aside.version}
    return render(request, "events/outcome_edit.html#aside", context, status=409)


def _not_saved(request: HttpRequest, outcome: Outcome, editor: Editor, by_itself: bool) -> HttpResponse:
    if by_itself:
        # The version that this page holds, not the newest: a later save must still see that somebody else was first.
        context = {"version": request.POST.get("version", ""), "outcome": outcome}
        return render(request, "events/outcome_edit.html#unsaved", context, status=422)
    return _page(request, outcome, editor, status=422)


def _page(request: HttpRequest, outcome: Outcome, editor: Editor, status: int = 200) -> HttpResponse:
    context = {"outcome": outcome, "event": outcome.event, "editor": editor, "status": status}
    return render(request, "events/outcome_edit.html", context, status=status)


def speaker_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody who spoke and whom the portal does not know yet."""
    outcome = outcome_of(request, pk)
    form = NewPersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = people.known_or_new(form.person())
        messages.success(request, f"{person.full_name}: теперь можно выбрать в выступлениях.")
        return redirect("events:outcome-edit", outcome.pk)
    context = {"form": form, "outcome": outcome, "event": outcome.event}
    return render(request, "events/speaker_new.html", context, status=errors.status_of(form))
