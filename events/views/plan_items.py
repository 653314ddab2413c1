"""An item of the plan: what it says, what became of it, and the event that is made of it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from events import permissions
from events.forms import TieForm
from events.kept import PLAN_ITEMS
from events.models import Event, PlanItem
from events.plan import facts as plan_facts
from events.plan import items as plan_items
from events.plan.choosers import free_events
from rcro_portal.lib import errors
from rcro_portal.lib.keeping import Card
from rcro_portal.lib.refusals import require

PLANNED_BY = "Мероприятия вносит и привязывает методист или начальник отдела."


def plan_item(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _item(request, pk))


@require_POST
def plan_item_tie(request: HttpRequest, pk: int) -> HttpResponse:
    require(permissions.may_plan(request.user), PLANNED_BY)
    item = _item(request, pk)
    form = TieForm(request.POST, chooser=free_events(item))
    if not form.is_valid():
        return _page(request, item, form)
    plan_items.tie(item=item, event=form.cleaned_data["event"])
    messages.success(request, "Мероприятие привязано к пункту плана.")
    return redirect("events:plan-item-detail", item.pk)


@require_POST
def plan_item_untie(request: HttpRequest, pk: int, event_pk: int) -> HttpResponse:
    require(permissions.may_plan(request.user), PLANNED_BY)
    event = get_object_or_404(Event, pk=event_pk, plan_item=pk)
    plan_items.untie(event=event)
    messages.success(request, "Мероприятие отвязано: в плане-графике оно осталось.")
    return redirect("events:plan-item-detail", pk)


def _item(request: HttpRequest, pk: int) -> Any:
    rows = PlanItem.objects.with_state(timezone.localdate(), Event.objects.visible_to(request.user))
    return get_object_or_404(rows.select_related("schedule"), pk=pk)


def _page(request: HttpRequest, item: Any, form: TieForm | None = None) -> HttpResponse:
    office, may_plan = permissions.is_office(request.user), permissions.may_plan(request.user)
    plan_facts.attach([item], Event.objects.visible_to(request.user), names=office)
    context = {
        "item": item,
        "list_url": f"{reverse('events:plan-list')}?schedule={item.schedule_id}",
        "facts": _facts(item, office=office),
        "office": office,
        "card": Card(PLAN_ITEMS, request.user, item),
        "may_plan": may_plan and not item.is_archived,
        "tie_form": form or (TieForm(chooser=free_events(item)) if may_plan else None),
    }
    return render(request, "events/plan_item.html", context, status=errors.status_of(form) if form else 200)


def _facts(item: Any, *, office: bool) -> list[tuple[str, str]]:
    days = f"{item.first_on:%d.%m.%Y} – {item.last_on:%d.%m.%Y}" if item.last_on != item.first_on else ""
    rows = [
        ("План-график", str(item.schedule)),
        ("Раздел", item.section),
        ("Форма", item.form),
        ("Срок, как в плане", item.when_said),
        ("Дни", days),
        ("Отвечает", item.responsible_said if office else item.who),
        ("Для кого", item.audience),
        ("Место", item.place),
        ("Примечание", item.remark if office else ""),
    ]
    return [(name, value) for name, value in rows if value]
