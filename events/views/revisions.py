"""The history of an outcome: who wrote what when, what differs, and how to bring it back or put two texts together."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from events import outcome_pages, outcomes, permissions
from events.models import Outcome, OutcomeRevision
from events.models.outcome import OutcomeStatus
from rcro_portal.lib.drafts import revisions
from rcro_portal.lib.refusals import require

LOCKED = "Итоги направлены на согласование. Отзовите письмо, чтобы изменить их."
NOT_A_WRITER = "Итоги пишут методисты, начальники отделов и администратор."


def outcome_history(request: HttpRequest, pk: int) -> HttpResponse:
    outcome = seen_outcome(request, pk)
    skip = number(request.GET.get("skip"))
    entries, older = revisions.history(outcome.revisions, outcome_pages.parts, skip=skip)
    context = {
        "outcome": outcome,
        "event": outcome.event,
        "rows": [(entry, _address(outcome, entry.revision)) for entry in entries],
        "older": skip + revisions.PER_PAGE if older else None,
        "may_edit": permissions.may_plan(request.user) and outcome.status == OutcomeStatus.DRAFT,
    }
    return render(request, "events/outcome_history.html", context)


def _address(outcome: Outcome, revision: OutcomeRevision) -> str:
    return reverse("events:outcome-difference", args=[outcome.pk, revision.pk])


def outcome_difference(request: HttpRequest, pk: int, revision_pk: int) -> HttpResponse:
    """What this revision changed in the one before it, or in the one asked for."""
    outcome = seen_outcome(request, pk)
    revision = _revision(outcome, revision_pk)
    others = outcome.revisions.exclude(pk=revision_pk).select_related("by__person").order_by("-at", "-pk")
    asked = number(request.GET.get("with"))
    before = others.filter(pk=asked).first() if asked else revisions.previous(outcome.revisions, revision)
    pairs = revisions.compare(before, revision, outcome_pages.parts) if before else []
    context = {
        "outcome": outcome,
        "event": outcome.event,
        "revision": revision,
        "before": before,
        "others": others[: revisions.PER_PAGE],
        "changed": revisions.differing(pairs),
        "parts": outcome_pages.parts(revision.page),
        "reason": "Этот вариант и есть нынешний текст." if _is_now(revision) else _why_not(request, outcome),
    }
    return render(request, "events/outcome_difference.html", context)


def _is_now(revision: OutcomeRevision) -> bool:
    return revision == revisions.current(revision.outcome.revisions)


def _why_not(request: HttpRequest, outcome: Outcome) -> str:
    if not permissions.may_plan(request.user):
        return NOT_A_WRITER
    return "" if outcome.status == OutcomeStatus.DRAFT else LOCKED


@require_POST
def outcome_restore(request: HttpRequest, pk: int, revision_pk: int) -> HttpResponse:
    """«Вернуть этот вариант»."""
    outcome = outcome_of(request, pk)
    revision = _revision(outcome, revision_pk)
    version = number(request.POST.get("version"))
    outcomes.restore(outcome=outcome, revision=revision, version=version, by=request.user, at=timezone.now())
    messages.success(request, "Вариант возвращён. Прежний текст остался в истории правок.")
    return redirect("events:outcome-edit", pk)


def outcome_aside(request: HttpRequest, pk: int, revision_pk: int) -> HttpResponse:
    """Two texts side by side: the saved one, and the one of who came second."""
    return compare_page(request, _revision(outcome_of(request, pk), revision_pk))


@require_POST
def outcome_merge(request: HttpRequest, pk: int, revision_pk: int) -> HttpResponse:
    """Of each difference the side that was chosen."""
    outcome = outcome_of(request, pk)
    aside = _revision(outcome, revision_pk)
    places = [place for place, _ in revisions.differing(outcomes.difference(outcome, aside))]
    chosen = {place: request.POST.get(f"side-{place}") for place in places}
    if not all(chosen.values()):
        return compare_page(request, aside, "Выберите вариант в каждом месте, где тексты расходятся.", status=422)
    mine = {place for place, side in chosen.items() if side == "mine"}
    version = number(request.POST.get("version"))
    outcomes.merge(outcome=outcome, aside=aside, mine=mine, version=version, by=request.user, at=timezone.now())
    messages.success(request, "Сохранено выбранное. Оба прежних варианта остались в истории правок.")
    return redirect("events:outcome-edit", pk)


def compare_page(request: HttpRequest, aside: OutcomeRevision, words: str = "", status: int = 200) -> HttpResponse:
    outcome = outcome_of(request, aside.outcome_id)
    differing = revisions.differing(outcomes.difference(outcome, aside))
    base = outcome.revisions.filter(aside=False, version=aside.version).first()
    known = outcome_pages.parts(base.page) if base else None
    context = {
        "outcome": outcome,
        "event": outcome.event,
        "aside": aside,
        "words": words,
        "rows": [(place, pair, revisions.side(pair, known)) for place, pair in differing],
        "reason": _why_not(request, outcome),
    }
    return render(request, "events/outcome_aside.html", context, status=status)


def _revision(outcome: Outcome, pk: int) -> OutcomeRevision:
    return get_object_or_404(outcome.revisions.select_related("by__person"), pk=pk)


def number(text: str | None) -> int:
    """Nonsense counts as nothing."""
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0


def outcome_of(request: HttpRequest, pk: int) -> Outcome:
    """For who writes outcomes."""
    outcome = seen_outcome(request, pk)
    require(permissions.may_plan(request.user))
    return outcome


def seen_outcome(request: HttpRequest, pk: int) -> Outcome:
    """For the whole office."""
    rows = Outcome.objects.visible_to(request.user).select_related(
        "event__department", "event__schedule", "prepared_by", "edited_by__person"
    )
    return get_object_or_404(rows, pk=pk)
