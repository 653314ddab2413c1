"""Who was there: ticks for the centres, and somebody who came instead of a coordinator."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from centers.models import Center, Coordinator, Person
from events import attendance, permissions
from events.forms import AttendanceForm, RepresentativeForm
from events.models import Event
from events.models.attendance import Capacity
from rcro_portal import errors
from rcro_portal.refusals import require


def attendance_edit(request: HttpRequest, pk: int) -> HttpResponse:
    event = _event(request, pk)
    return _page(request, event, AttendanceForm(centers=_centers(event), initial={"present": _present(event)}))


@require_POST
def attendance_mark(request: HttpRequest, pk: int) -> HttpResponse:
    event = _event(request, pk)
    form = AttendanceForm(request.POST, centers=_centers(event))
    if not form.is_valid():
        return _page(request, event, form)
    here = attendance.mark(
        event=event,
        coordinators=_coordinators(event),
        present=form.cleaned_data["present"],
        by=request.user,
        at=timezone.now(),
    )
    messages.success(request, f"Отмечено участников: {here}. Теперь можно внести итоги.")
    return redirect("reports:event-page", event.pk)


@require_POST
def attendance_represent(request: HttpRequest, pk: int) -> HttpResponse:
    event = _event(request, pk)
    form = RepresentativeForm(request.POST, centers=_centers(event))
    if not form.is_valid():
        return _page(request, event, AttendanceForm(centers=_centers(event)), form)
    attendance.mark_representative(
        event=event, center=form.cleaned_data["center"], person=form.person(), by=request.user, at=timezone.now()
    )
    messages.success(request, "Представитель отмечен.")
    return redirect("events:attendance-edit", event.pk)


def _event(request: HttpRequest, pk: int) -> Event:
    event = get_object_or_404(Event.objects.visible_to(request.user), pk=pk)
    require(permissions.may_plan(request.user))
    return event


def _page(request: HttpRequest, event: Event, form: Any, representative: Any = None) -> HttpResponse:
    centers = _centers(event)
    context = {
        "event": event,
        "form": form,
        "representative": representative or RepresentativeForm(centers=centers),
        "rows": _rows(event, form),
        "representatives": event.attendances.filter(capacity=Capacity.REPRESENTATIVE).select_related(
            "person", "center__organization"
        ),
        "begun": event.starts_at <= timezone.now(),
    }
    status = max(errors.status_of(form), errors.status_of(representative))
    return render(request, "events/attendance_edit.html", context, status=status)


def _rows(event: Event, form: Any) -> list[dict[str, Any]]:
    """A line per centre with its coordinator and the tick of the form."""
    people = _coordinators(event)
    registered = set(event.attendances.values_list("person", flat=True))
    ticks = {int(str(tick.data["value"])): tick for tick in form["present"]}
    return [
        {
            "center": center,
            "person": people.get(center),
            "tick": ticks.get(center.pk),
            "registered": center in people and people[center].pk in registered,
        }
        for center in _centers(event)
    ]


def _day(event: Event) -> Any:
    return timezone.localtime(event.starts_at).date()


def _centers(event: Event) -> Any:
    rows = Center.objects.with_status_on(_day(event)).select_related("organization")
    return rows.order_by("organization__search_key", "pk")


def _coordinators(event: Event) -> dict[Center, Person]:
    """The coordinator of each centre on the day of the event."""
    posts = Coordinator.objects.in_force_on(_day(event)).filter(center__in=_centers(event))
    return {post.center: post.person for post in posts.select_related("center__organization", "person")}


def _present(event: Event) -> list[int]:
    rows = event.attendances.present().coordinators()
    return list(rows.values_list("center", flat=True))
