"""Problem areas of the stages: the list, the card, and those of an outcome taken over."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.safestring import SafeString

from events.models import Outcome
from events.permissions import is_office
from olympiad import permissions
from olympiad.kept import PROBLEMS
from olympiad.models import Season, Stage, StageProblem, Subject
from olympiad.problems import problems
from olympiad.problems.forms import FromOutcomeForm
from rcro_portal.lib import errors, sent_forms
from rcro_portal.lib.keeping import BulkPages, Card, Listing
from rcro_portal.lib.keeping.lists import ARCHIVE, in_archive
from rcro_portal.lib.refusals import require
from rcro_portal.lib.registers import Column, Filter, Pages, Register, answer, link, note
from rcro_portal.lib.russian import agree
from rcro_portal.lib.text import whole_number

BULK = BulkPages(PROBLEMS, "season", "stage", "subject")
PAGE = Pages("olympiad:problem-detail")
ALL_SUBJECTS = "все предметы"
SHOWN_AT_MOST = 50


def problem_list(request: HttpRequest, file: str = "") -> HttpResponse:
    require(is_office(request.user), permissions.PROBLEMS_FOR_THE_STAFF)
    listing = Listing(PROBLEMS, request.user)
    table = Register(
        in_archive(permissions.problems_seen(request.user, None), request.GET),
        request.GET,
        url_name="olympiad:problem-list",
        title="Проблемные зоны",
        nouns=("проблемная зона", "проблемные зоны", "проблемных зон"),
        columns=_columns(),
        default="season",
        empty=listing.empty("Проблемных зон пока нет", "Внесите первую или возьмите её из итогов мероприятия."),
        search="search_key",
        search_label="Что западает, что решено",
        filters={"decided": Filter(DECIDED, _decided, "Решение"), "archive": ARCHIVE},
        is_void=lambda problem: problem.is_archived,
    )
    return answer(request, table, "olympiad/problem_list.html", file, bulk=BULK, listing=listing)


DECIDED = [("no", "не принято"), ("yes", "принято")]


def _decided(rows: Any, value: str) -> Any:
    return rows.filter(decided="") if value == "no" else rows.exclude(decided="")


def _columns() -> list[Column]:
    newest = ("-season__starts_on", "stage", "subject__position")
    seasons = [(name, name) for name in Season.objects.order_by("-starts_on").values_list("name", flat=True)]
    subjects = list(Subject.objects.order_by("position").values_list("code", "name"))
    return [
        Column("text", "Что западает", "text", html=_text, names_row=True, order=("search_key",), width=60),
        Column("season", "Сезон", "season.name", order=newest, filter=Filter.by("season__name", seasons), width=12),
        Column(
            "stage",
            "Этап",
            lambda problem: problem.get_stage_display(),
            order=("stage", *newest),
            filter=Filter.by("stage", Stage.choices),
            width=18,
        ),
        Column(
            "subject",
            "Предмет",
            lambda problem: problem.subject.name if problem.subject else ALL_SUBJECTS,
            order=("subject__position", *newest),
            filter=Filter.among("subject__code", subjects),
            width=24,
        ),
        Column("decided", "Что решено", "decided", blank="не решено", width=60),
    ]


def _text(problem: StageProblem) -> SafeString:
    return link(PAGE(problem), str(problem)) + note(problem.outcome.event.days if problem.outcome else "")


def problem_detail(request: HttpRequest, pk: int) -> HttpResponse:
    problem = PROBLEMS.row(request, pk)
    others = permissions.problems_seen(request.user, None).kept().filter(subject=problem.subject_id)
    context = {
        "problem": problem,
        "card": Card(PROBLEMS, request.user, problem),
        "decision": problems.decision(problem),
        "others": others.exclude(pk=pk).order_by("-season__starts_on", "stage", "pk")[:10],
        "facts": [
            ("Сезон", problem.season),
            ("Этап", problem.get_stage_display()),
            ("Предмет", problem.subject or ALL_SUBJECTS),
        ],
    }
    return render(request, "olympiad/problem_detail.html", context)


def from_outcome(request: HttpRequest) -> HttpResponse:
    """First which outcome, then which of its areas."""
    refusal = permissions.may_keep(request.user, None)
    require(not refusal, refusal)
    if "outcome" not in request.GET:
        found = problems.outcomes()[:SHOWN_AT_MOST]
        return render(request, "olympiad/problem_outcomes.html", {"outcomes": found})
    return _areas(request, get_object_or_404(problems.outcomes(), pk=whole_number(request.GET["outcome"])))


def _areas(request: HttpRequest, outcome: Outcome) -> HttpResponse:
    taken = set(StageProblem.objects.kept().filter(outcome=outcome).values_list("text", flat=True))
    form = FromOutcomeForm(request.POST or None, outcome=outcome, taken=taken)
    if request.method == "POST" and form.is_valid():
        told, key = form.told(), form.take_key()
        try:
            rows, _ = sent_forms.once_for_all(
                lambda: problems.take(outcome=outcome, by=request.user, **told),
                key=key,
                by=request.user,
                at=timezone.now(),
            )
        except problems.TakenAlready as refusal:
            form.add_error("areas", str(refusal))
        else:
            words = agree(len(rows), "проблемная зона", "проблемные зоны", "проблемных зон")
            messages.success(request, f"Внесено: {words}.")
            return redirect("olympiad:problem-list")
    context = {"form": form, "outcome": outcome}
    return render(request, "olympiad/problem_from_outcome.html", context, status=errors.status_of(form))
