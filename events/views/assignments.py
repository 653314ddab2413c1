"""The page of a technical assignment, its editor, and the acts of its coordinator."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from centers.models import CalendarYear, Center
from events import permissions
from events.assignments import assignments, owed, remarked, versions
from events.assignments.acts import ASSIGNMENT, AssignmentCase
from events.models import AssignmentPeriod, Commitment, TechnicalAssignment
from events.models.assignment import WRITTEN_IN, AssignmentStatus
from events.views import assignment_step
from events.views.doors import assignment_to, seen_assignment
from rcro_portal.lib.drafts.views.pages import EditorPages
from rcro_portal.lib.refusals import require
from rcro_portal.lib.text import whole_number
from rcro_portal.lib.transitions import timeline

WRITERS = "Техническое задание пишет координатор центра."


def assignment_detail(request: HttpRequest, pk: int) -> HttpResponse:
    assignment, now = seen_assignment(request, pk), timezone.now()
    case = AssignmentCase(assignment, request.user, now)
    steps = assignment.transitions.select_related("by__person").order_by("at", "pk")
    last = assignment.transitions.order_by("-at", "-pk").first()
    is_written = assignment.status in WRITTEN_IN
    agreed = assignment.agreed.page if assignment.agreed else None
    context = {
        "assignment": assignment,
        "offer": ASSIGNMENT.offer(case),
        "is_own": case.is_own,
        "is_written": is_written,
        "lead": f"Техническое задание, {assignment.period}",
        "groups": versions.shown(case.page, remarked.last(assignment) if is_written else {}),
        "last_note": last.note if last and assignment.status == AssignmentStatus.RETURNED else "",
        "fates": versions.fates(assignment),
        "changed": versions.difference(agreed, case.page).words if agreed and is_written else "",
        "asked": list(owed.asked_of(assignment)) if case.is_own and is_written else [],
        "aside": _aside(request, assignment) if case.is_own else None,
        "steps": timeline(steps, AssignmentStatus, {AssignmentStatus.RETURNED: "returned"}),
        "due_words": CalendarYear.objects.calendar().due_words(assignment.period.due_on, case.day),
        "list_url": f"{reverse('events:assignment-list')}?period={assignment.period_id}",
    }
    return render(request, "events/assignment_detail.html", context)


def _aside(request: HttpRequest, assignment: TechnicalAssignment) -> Any:
    """The person's own text that lost a race and that nothing saved since has taken in."""
    mine = assignment.revisions.filter(aside=True, by=request.user).order_by("-at", "-pk").first()
    return mine if mine and mine.at > assignment.edited_at else None


def assignment_new(request: HttpRequest, pk: int, center_pk: int) -> HttpResponse:
    """Of a centre that has not begun: what is asked of whom; for its coordinator «Начать»."""
    day = timezone.localdate()
    period = get_object_or_404(AssignmentPeriod.objects.select_related("department"), pk=pk)
    seen = Center.objects.visible_to(request.user, day).select_related("organization")
    center = get_object_or_404(seen, pk=center_pk)
    is_own = Center.objects.coordinated_by(request.user.person, day).filter(pk=center.pk).exists()
    if request.method == "POST":
        require(is_own, WRITERS)
        begun = assignments.begin(center=center, period=period, by=request.user, at=timezone.now())
        return redirect("events:assignment-edit", begun.pk)
    if there := TechnicalAssignment.objects.filter(center=center, period=period).first():
        return redirect("events:assignment-detail", there.pk)
    has_status = center.grants.in_force_on(day).exists()
    context = {
        "period": period,
        "center": center,
        "coordinator": center.coordinator_on(day),
        "why_not": "" if is_own and has_status else WRITERS if has_status else assignments.NoStatus.words,
        "due_words": CalendarYear.objects.calendar().due_words(period.due_on, day),
        "list_url": f"{reverse('events:assignment-list')}?period={period.pk}",
    }
    return render(request, "events/assignment_new.html", context)


@require_POST
def assignment_submit(request: HttpRequest, pk: int) -> HttpResponse:
    assignment = assignment_to("submit", request, pk)
    keys = [key for key in map(whole_number, request.POST.getlist("fulfils")) if key]
    version, now = whole_number(request.POST.get("version")), timezone.now()
    made = assignments.submit(assignment=assignment, version=version, fulfils=keys, by=request.user, at=now)
    messages.success(request, f"{made} направлена на согласование. О решении сообщим на почту и на этой странице.")
    return redirect("events:assignment-detail", pk)


@require_POST
def assignment_recall(request: HttpRequest, pk: int) -> HttpResponse:
    assignment = assignment_to("recall", request, pk)
    assignments.recall(assignment=assignment, by=request.user, at=timezone.now())
    messages.success(request, "Задание отозвано: его снова можно править.")
    return redirect("events:assignment-detail", pk)


@require_POST
def assignment_amend(request: HttpRequest, pk: int) -> HttpResponse:
    """«Внести изменения»; from a commitment to the very rows that it asks to amend."""
    assignment = assignment_to("amend", request, pk)
    assignments.amend(assignment=assignment, by=request.user, at=timezone.now())
    messages.info(request, "Внесите изменения. Пока новую редакцию не согласуют, в силе прежняя.")
    asked = _asked(assignment, request.POST.get("commitment"))
    return redirect(
        assignment_step.to_rows(assignment, asked) if asked else reverse("events:assignment-edit", args=[pk])
    )


def _asked(assignment: TechnicalAssignment, key: str | None) -> Commitment | None:
    return owed.asked_of(assignment).filter(pk=whole_number(key)).first()


class AssignmentPages(EditorPages[TechnicalAssignment]):
    """The editor of an assignment, its history and two texts of it."""

    drafts = assignments.DRAFTS
    name, slug = "events:assignment", "assignment"
    template = "events/assignment_edit.html"
    back = "К техническому заданию"
    button, saved = "Сохранить и проверить", "Техническое задание сохранено."
    writers = WRITERS
    then = "events:assignment-detail"

    def seen(self, request: HttpRequest, pk: int) -> TechnicalAssignment:
        return seen_assignment(request, pk)

    def may_write(self, request: HttpRequest) -> bool:
        return "coordinator" in request.user.roles

    def may_write_this(self, request: HttpRequest, of: TechnicalAssignment) -> bool:
        return permissions.may_write_assignment(request.user, of, timezone.localdate())

    def heading(self, of: TechnicalAssignment) -> str:
        return f"Техническое задание, {of.period}"

    def topic(self, of: TechnicalAssignment) -> str:
        return str(of.center)

    def home(self, of: TechnicalAssignment) -> str:
        return reverse("events:assignment-detail", args=[of.pk])

    def context(self, request: HttpRequest, of: TechnicalAssignment) -> dict[str, Any]:
        return {"assignment": of, "commitment": _asked(of, request.GET.get("commitment"))}

    def beside(self, of: TechnicalAssignment) -> dict[str, Any]:
        last = of.transitions.order_by("-at", "-pk").first()
        returned = last.note if last and of.status == AssignmentStatus.RETURNED else ""
        in_force = versions.shown(of.agreed.page, {}) if of.agreed else []
        return {"returned": returned, "headings": versions.HEADINGS, "agreed": of.agreed, "groups": in_force}


PAGES = AssignmentPages()
