"""The plan: a new event, a change, and the acts of announcing and cancelling."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from centers.models import CalendarYear
from events import permissions
from events.forms import NewPlanForm, NoteForm, PlanForm, next_working_day_at_three
from events.models import PlanItem
from events.plan import items as plan_items
from events.plan import plan
from events.views.doors import event_to
from rcro_portal.lib import errors, sent_forms
from rcro_portal.lib.records import Moved
from rcro_portal.lib.refusals import require
from rcro_portal.lib.text import whole_number


def event_new(request: HttpRequest) -> HttpResponse:
    require(permissions.may_plan(request.user))
    now = timezone.now()
    item = _item(request)
    begun = plan_items.beginning(item) if item else {}
    form = NewPlanForm(request.POST or None, initial={**_usual(request, now), **begun}, plan_item=item)
    if request.method == "POST" and form.is_valid():
        event, _ = sent_forms.once(
            partial(plan.put_down, by=request.user, at=now, **form.columns()),
            key=form.take_key(),
            by=request.user,
            at=now,
        )
        messages.success(request, "Мероприятие внесено в план. Объявите его, когда всё готово.")
        return redirect("reports:event-page", event.pk)
    context = {"form": form, "item": item}
    return render(request, "events/event_new.html", context, status=errors.status_of(form))


def _item(request: HttpRequest) -> PlanItem | None:
    """The item of the plan that the event is made of, where the address names one."""
    pk = request.GET.get("item")
    return get_object_or_404(PlanItem.objects.kept(), pk=whole_number(pk)) if pk else None


def _usual(request: HttpRequest, now: Any) -> dict[str, Any]:
    """What a new event of this person most likely is."""
    today = timezone.localdate(now)
    post = request.user.person.posts.in_force_on(today).order_by("pk").first()
    starts_at = next_working_day_at_three(CalendarYear.objects.calendar(), today)
    return {"starts_at": starts_at, "department": post.department if post else None}


def event_edit(request: HttpRequest, pk: int) -> HttpResponse:
    event = event_to("edit", request, pk)
    form = PlanForm(request.POST or None, held=plan.held(event), plan_item=event.plan_item)
    if request.method == "POST" and form.is_valid():
        try:
            plan.change(event=event, by=request.user, at=timezone.now(), **form.columns())
        except Moved:
            return event_edit(request, pk)
        messages.success(request, "Изменения сохранены.")
        return redirect("reports:event-page", event.pk)
    return render(request, "events/event_edit.html", {"form": form, "event": event}, status=errors.status_of(form))


@require_POST
def event_announce(request: HttpRequest, pk: int) -> HttpResponse:
    event = event_to("announce", request, pk)
    plan.announce(event=event, by=request.user, at=timezone.now())
    messages.success(request, "Мероприятие объявлено: его видят координаторы центров.")
    return redirect("reports:event-page", event.pk)


@require_POST
def event_hold(request: HttpRequest, pk: int) -> HttpResponse:
    """Held without a coordinator: ticks would say so of themselves."""
    event = event_to("hold", request, pk)
    plan.hold(event=event, by=request.user, at=timezone.now())
    messages.success(request, "Мероприятие проведено, координаторов не было. Теперь можно внести итоги.")
    return redirect("reports:event-page", event.pk)


@require_POST
def event_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    event = event_to("cancel", request, pk)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return errors.say(request, 400, "Напишите, почему мероприятие отменено: причину увидят участники.")
    plan.cancel(event=event, note=form.cleaned_data["note"], by=request.user, at=timezone.now())
    messages.success(request, "Мероприятие отменено.")
    return redirect("reports:event-page", event.pk)
