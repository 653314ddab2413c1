"""From the editor to approval: what is missing, the rehearsal, the live preview, the filing."""

import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from centers.models import Center
from events import due_dates, outcomes, reopenings
from events.models import Outcome
from events.models.commitment import ChangeKind
from events.permissions import may_plan
from rcro_portal.lib import russian
from rcro_portal.lib.refusals import require
from reports import permissions
from reports.approval import reasons
from reports.composing import addressees, lint, previews, reading
from reports.letters import asked, letters


def outcome_check(request: HttpRequest, pk: int) -> HttpResponse:
    """Before filing: the letter's pages, what is missing, and who will get it."""
    outcome = _outcome(request, pk)
    outcomes.refuse_locked(outcome)
    return _check(request, outcome)


def _check(request: HttpRequest, outcome: Outcome, moved: str = "") -> HttpResponse:
    """``moved``: why it was not filed as it was read."""
    now = timezone.now()
    day = timezone.localdate(now)
    replacement = outcome.letters.under_way().filter(replaces__isnull=False).select_related("replaces__entry").first()
    recipients = asked.receivers(replacement.replaces if replacement else None, day)
    findings = [*lint.findings(outcome, at=now), *lint.without_mail(recipients, day)]
    context = {
        "outcome": outcome,
        "event": outcome.event,
        "replacement": replacement,
        "blocking": [finding for finding in findings if finding.blocks],
        "advice": [finding for finding in findings if not finding.blocks],
        "refused": "" if permissions.may_file(request.user, outcome.event, day) else _not_yours(outcome),
        **_rehearsal(outcome, recipients, day),
        "moved": moved,
        **(shown := previews.preview_of(outcome, now)),
        "act_fields": {"seen": shown["seen"]},
    }
    return render(request, "reports/outcome_check.html", context, status=409 if moved else 200)


def outcome_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The pages of the letter as it stands now, asked for by the editor after each save."""
    outcome = _outcome(request, pk)
    return render(request, "reports/outcome_preview.html", previews.preview_of(outcome, timezone.now()))


def _rehearsal(outcome: Outcome, centers: list[Center], day: datetime.date) -> dict[str, Any]:
    """Who would get the letter, what it would ask of them, and what goes with it; no number is taken."""
    receivers = addressees.receivers(centers, [], day)
    rows = asked.foreseen(outcome=outcome, centers=centers, former=asked.without_status(centers, day))
    return {
        "receivers": receivers,
        "without_address": sum(not receiver.email for receiver in receivers),
        "asked": rows,
        "left_out": [row for row in rows if row.kind == ChangeKind.WITHDRAWN],
        "identify_url": reverse("reports:outcome-identify", args=[outcome.pk]),
        "appendices": outcome.appendices.order_by("position", "pk"),
        "appendices_url": reverse("reports:appendix-list", args=["outcome", outcome.pk]),
    }


@require_POST
def outcome_postpone(request: HttpRequest, pk: int) -> HttpResponse:
    """«Поставить 11.08.2014»: the term of a decision from a day off to the next working day."""
    outcome = _outcome(request, pk)
    decision, version = (_number(request.POST.get(name)) for name in ("decision", "version"))
    due_on = due_dates.postpone(outcome=outcome, decision=decision, version=version, by=request.user, at=timezone.now())
    messages.success(request, f"Срок решения: {russian.short_date(due_on)}.")
    return redirect("reports:outcome-check", pk)


@require_POST
def outcome_identify(request: HttpRequest, pk: int) -> HttpResponse:
    """On the check of a replacing letter: which decision is the former one in other words, and which is another."""
    outcome = _outcome(request, pk)
    asked_for = {name: request.POST.get(name, "")[:50] for name in ("decision", "key")}
    version = _number(request.POST.get("version"))
    reopenings.identify(outcome=outcome, version=version, by=request.user, at=timezone.now(), **asked_for)
    messages.success(request, "Записано. Посмотрите, что теперь станет с поручениями.")
    return redirect("reports:outcome-check", pk)


def _number(text: str | None) -> int:
    """Nonsense counts as nothing."""
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0


@require_POST
def outcome_file(request: HttpRequest, pk: int) -> HttpResponse:
    """«Направить на согласование»; a second click finds the letter that the first one opened."""
    outcome = _outcome(request, pk)
    require(permissions.may_file(request.user, outcome.event, timezone.localdate()), _not_yours(outcome))
    try:
        seen = request.POST.get("seen", "")
        letter = letters.file_outcome(outcome=outcome, by=request.user, at=timezone.now(), seen=seen)
    except letters.AlreadyFiled:
        messages.info(request, "Итоги уже направлены на согласование.")
        letter = outcome.letters.living().order_by("-pk")[0]
    except lint.OutcomeNotReady:
        return redirect("reports:outcome-check", pk)
    except reading.OutcomeMoved as moved:
        return _check(request, outcome, str(moved))
    else:
        messages.success(request, "Итоги направлены на согласование.")
    return redirect("reports:letter-detail", letter.pk)


def _not_yours(outcome: Outcome) -> str:
    names = reasons.planners(outcome.event.department, timezone.localdate())
    return f"Направляет методист или начальник отдела: {outcome.event.department.name}{names}."


def _outcome(request: HttpRequest, pk: int) -> Outcome:
    rows = Outcome.objects.visible_to(request.user)
    outcome = get_object_or_404(rows.select_related("event__department", "event__schedule", "prepared_by"), pk=pk)
    require(may_plan(request.user))
    return outcome
