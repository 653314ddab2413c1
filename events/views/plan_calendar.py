"""The plan month by month."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from centers.models import CalendarYear
from events import permissions
from events.models import Event, PlanItem
from events.models.event import EventStatus
from events.plan import calendar as plan_calendar
from events.plan.calendar import Month


def calendar(request: HttpRequest) -> HttpResponse:
    """What is planned for each day and what is held on it; who may see what as in the list."""
    today = timezone.localdate()
    month = Month.read(request.GET.get("month", ""), today)
    visible = Event.objects.visible_to(request.user)
    planned = PlanItem.objects.kept().within(month.first, month.last).with_state(today, visible)
    items = list(planned.order_by("first_on", "sort_key", "pk"))
    events = visible.exclude(status=EventStatus.CANCELLED).within(month.first, month.last).order_by("starts_at", "pk")
    context = {
        "month": month,
        "today": today,
        "weeks": plan_calendar.weeks(month, items, events, CalendarYear.objects.calendar()),
        "whole": plan_calendar.without_a_day(items),
        "may_plan": permissions.may_plan(request.user),
    }
    return render(request, "events/plan_calendar.html", context)
