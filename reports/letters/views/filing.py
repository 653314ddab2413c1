"""From the editor to approval: what is missing, the rehearsal, the live preview, the filing."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from events.commitments.changes import Source
from events.models import Outcome
from events.models.commitment import ChangeKind
from events.outcomes import due_dates, outcomes, reopenings
from events.views.outcomes import PAGES
from rcro_portal.lib import russian
from rcro_portal.lib.text import whole_number
from reports.composing import addressees, lint, previews, reading
from reports.letters import asked, letters, receivers
from reports.letters.outcome_acts import OUTCOME, OutcomeCase
from reports.letters.views import checking


def outcome_check(request: HttpRequest, pk: int) -> HttpResponse:
    """Before filing: the letter's pages, what is missing, and who will get it."""
    outcome = PAGES.of_writer(request, pk)
    outcomes.DRAFTS.refuse_locked(outcome)
    return _check(request, outcome)


def _check(request: HttpRequest, outcome: Outcome, moved: str = "") -> HttpResponse:
    now = timezone.now()
    day = timezone.localdate(now)
    replacement = outcome.letters.under_way().filter(replaces__isnull=False).select_related("replaces__entry").first()
    centers = receivers.centers(replacement.replaces if replacement else None, day)
    others = receivers.others(outcome, centers)
    former = receivers.without_status(centers, day)
    rows = asked.foreseen(source=Source.of_outcome(outcome), centers=centers, others=others, former=former)
    named = addressees.by_name(replacement, others)
    return checking.page(
        request,
        PAGES,
        outcome,
        template="reports/outcome_check.html",
        findings=[*lint.findings(outcome, at=now), *lint.without_mail(centers, day), *lint.others_without_mail(others)],
        receivers=addressees.receivers(centers, named, day),
        now=now,
        moved=moved,
        outcome=outcome,
        replacement=replacement,
        may_mend=True,
        refused=OUTCOME.rule("file_outcome", OutcomeCase(outcome, request.user, now)).why,
        consequence="Итоги закроются для правки, показатели замрут, письмо пойдёт на согласование.",
        file_url=reverse("reports:outcome-file", args=[outcome.pk]),
        asked=rows,
        left_out=[row for row in rows if row.kind == ChangeKind.WITHDRAWN],
        identify_url=reverse("reports:outcome-identify", args=[outcome.pk]),
        text_version=outcome.version,
        appendices_url=reverse("reports:appendix-list", args=["outcome", outcome.pk]),
    )


def outcome_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The pages of the letter as it stands now, asked for by the editor after each save."""
    outcome = PAGES.of_writer(request, pk)
    return render(request, "reports/outcome_preview.html", previews.preview_of(outcome, timezone.now()))


@require_POST
def outcome_postpone(request: HttpRequest, pk: int) -> HttpResponse:
    """«Поставить 11.08.2014»: the term of a decision from a day off to the next working day."""
    outcome = PAGES.of_writer(request, pk)
    decision, version = (whole_number(request.POST.get(name)) for name in ("decision", "version"))
    due_on = due_dates.postpone(of=outcome, decision=decision, version=version, by=request.user, at=timezone.now())
    messages.success(request, f"Срок решения: {russian.short_date(due_on)}.")
    return redirect("reports:outcome-check", pk)


@require_POST
def outcome_identify(request: HttpRequest, pk: int) -> HttpResponse:
    """On the check of a replacing letter: which decision is the former one in other words, and which is another."""
    outcome = PAGES.of_writer(request, pk)
    asked_for = {name: request.POST.get(name, "")[:50] for name in ("decision", "key")}
    version = whole_number(request.POST.get("version"))
    reopenings.identify(outcome=outcome, version=version, by=request.user, at=timezone.now(), **asked_for)
    messages.success(request, "Записано. Посмотрите, что теперь станет с поручениями.")
    return redirect("reports:outcome-check", pk)


@require_POST
def outcome_file(request: HttpRequest, pk: int) -> HttpResponse:
    """«Направить на согласование»; a second click finds the letter that the first one opened."""
    outcome = PAGES.seen(request, pk)
    OUTCOME.admit("file_outcome", OutcomeCase(outcome, request.user, timezone.now()))
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
