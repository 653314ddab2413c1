"""Items of the plan and the events that they become: begun from an item, tied to it, loosed again."""

import datetime
import re
from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from events.models import Event, PlanItem, PlanSchedule
from events.models.event import EventForm, EventKind
from events.models.plan_item import TermPrecision
from rcro_portal.lib import quotes, records, written_terms
from rcro_portal.lib.keeping import writing
from rcro_portal.lib.refusals import Refusal

TIED = "К пункту привязаны мероприятия этого плана: сначала отвяжите их."
USUAL_HOUR = datetime.time(10)
# By what the plan calls it; the first that is found.
_KINDS = (
    ("вебинар", EventKind.WEBINAR),
    ("панорам", EventKind.PANORAMA_SEMINAR),
    ("семинар", EventKind.METHODS_SEMINAR),
    ("совещани", EventKind.MEETING),
    ("смена", EventKind.PREP_SESSION),
    ("сборы", EventKind.PREP_SESSION),
    ("олимпиад", EventKind.OLYMPIAD),
    ("первенств", EventKind.CHAMPIONSHIP),
    ("конкурс", EventKind.CONTEST),
    ("событи", EventKind.OPEN_EVENT),
)
_QUOTED = re.compile(r"[^«]*«(.+)»[.\s]*")


class OfAnotherPlan(Refusal):
    words = "Это мероприятие другого года или плана-графика. Привязать можно мероприятие того же года."


class NoLongerPlanned(Refusal):
    words = "Пункт плана в архиве. Верните его из архива и привяжите мероприятие ещё раз."


class TiedAlready(Refusal):
    words = "Это мероприятие уже привязано к пункту плана. Откройте его ещё раз и сверьте."


def create(model: Callable[..., Any], *, by: Any, why: str = "", **fields: Any) -> PlanItem:
    """An item whose days follow from what the plan says, unless they are given. Raises as ``writing.create``."""
    return writing.create(model, by=by, why=why, **_with_days(fields, fields["schedule"]))


def change(item: PlanItem, *, by: Any, held: Mapping[str, Any] | None = None, why: str = "", **fields: Any) -> bool:
    """As ``writing.change``; the days follow from other words, unless they are changed too."""
    schedule = fields.get("schedule", item.schedule)
    if schedule != item.schedule and item.events.exists():
        raise ValidationError({"schedule": TIED})
    return writing.change(item, by=by, held=held, why=why, **_with_days(fields, schedule, item))


def change_schedule(
    schedule: PlanSchedule, *, by: Any, held: Mapping[str, Any] | None = None, why: str = "", **fields: Any
) -> bool:
    """As ``writing.change``; the year of a plan whose items or events have days of it stays."""
    used = schedule.items.exists() or schedule.events.exists()
    if used and fields.get("year", schedule.year) != schedule.year:
        raise ValidationError({"year": "В плане-графике уже есть пункты или мероприятия этого года."})
    return writing.change(schedule, by=by, held=held, why=why, **fields)


def _with_days(fields: Mapping[str, Any], schedule: PlanSchedule, item: PlanItem | None = None) -> dict[str, Any]:
    """The fields with the days that they mean; nothing is added where they say nothing of days."""
    columns = {**fields}
    if not {"when_said", "first_on", "last_on", "schedule"} & set(fields):
        return columns
    said = str(fields.get("when_said", item.when_said if item else ""))
    days = tuple(fields.get(name, getattr(item, name, None)) for name in ("first_on", "last_on"))
    before = (item.first_on, item.last_on) if item else (None, None)
    if days == before and (item is None or said != item.when_said or schedule != item.schedule):
        return columns | PlanItem.term_columns(said, written_terms.read(said, schedule.year))
    if days != before:
        columns |= _typed_days(*days)
    return columns


def _typed_days(first: datetime.date | None, last: datetime.date | None) -> dict[str, Any]:
    """One day typed is first and last."""
    first, last = first or last, last or first
    precision = TermPrecision.WORDS if first is None else TermPrecision.DAY if first == last else TermPrecision.PERIOD
    return {"first_on": first, "last_on": last, "precision": precision}


@transaction.atomic
def tie(*, item: PlanItem, event: Event) -> None:
    """The event is what became of the item, and belongs to its plan-schedule.

    Raises NoLongerPlanned, OfAnotherPlan, TiedAlready.
    """
    if PlanItem.objects.archived().filter(pk=item.pk).exists():
        raise NoLongerPlanned
    of_a_plan = event.schedule_id not in (None, item.schedule_id)
    if of_a_plan or timezone.localdate(event.starts_at).year != item.schedule.year:
        raise OfAnotherPlan
    if event.plan_item_id is not None:
        raise TiedAlready
    held = {"plan_item": None, "schedule": event.schedule_id, "starts_at": event.starts_at}
    try:
        records.change(event, held=held, plan_item=item, schedule=item.schedule)
    except records.Moved as moved:
        raise TiedAlready from moved


def untie(*, event: Event) -> None:
    """It stays in the plan-schedule, and is no item's. Raises TiedAlready where another request was first."""
    try:
        records.change(event, held={"plan_item": event.plan_item_id}, plan_item=None)
    except records.Moved as moved:
        raise TiedAlready from moved


def beginning(item: PlanItem) -> dict[str, Any]:
    """Where the form of a new event begins that is made from the item."""
    words = f"{item.form} {item.title}".casefold()
    kind = next((kind for word, kind in _KINDS if word in words), EventKind.MEETING)
    begun: dict[str, Any] = {"topic": _topic(item.title), "kind": kind, "form": _form(words), "place": item.place}
    return {**begun, **_days(item), "schedule": item.schedule_id}


def _topic(title: str) -> str:
    """«Вебинар «Разбор заданий»» is about «Разбор заданий»."""
    named = _QUOTED.fullmatch(title)
    return quotes.bare(named[1] if named else title)


def _form(words: str) -> EventForm:
    online, on_site = "онлайн" in words or "дистанц" in words, "очн" in words.replace("заочн", "")
    if online and on_site:
        return EventForm.MIXED
    return EventForm.ON_SITE if on_site and not online else EventForm.ONLINE


def _days(item: PlanItem) -> dict[str, Any]:
    """The day that the plan names; of days the first and the last."""
    if item.first_on is None or item.precision not in (TermPrecision.DAY, TermPrecision.PERIOD, TermPrecision.UNTIL):
        return {}
    days = {"starts_at": _at(item.first_on, USUAL_HOUR)}
    if item.last_on and item.last_on != item.first_on:
        days["ends_at"] = _at(item.last_on, datetime.time(17))
    return days


def _at(day: datetime.date, hour: datetime.time) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, hour))
