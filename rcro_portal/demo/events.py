"""The plan-schedules and the events: put down, announced, held or called off, with everybody who was there."""

import datetime

from django.db import transaction

from centers.models import Person, User
from events import attendance, plan, plan_items
from events.models import Event, PlanItem, PlanSchedule
from rcro_portal.demo import source
from rcro_portal.lib import written_terms

HOUR = datetime.timedelta(hours=1)
ITEM_COLUMNS = (
    *("section", "number", "title", "form"),
    *("responsible_said", "audience", "place", "remark", "done_on"),
)
COLUMNS = ("kind", "form", "topic", "purpose", "starts_at", "ends_at", "place")


@transaction.atomic
def load() -> None:
    if PlanSchedule.objects.exists():
        return
    PlanSchedule.objects.bulk_create(PlanSchedule(**row) for row in source.read("plan_schedules"))
    schedules = {schedule.year: schedule for schedule in PlanSchedule.objects.all()}
    people, users = source.people(), source.users()
    events = {}
    for row in source.read("events"):
        events[row["key"]] = event = enter(row, users, schedule=schedules.get(row["schedule"]))
        _attendance(event, row, people, users)
    for row in source.read("plan_items"):
        _plan_item(row, schedules[row["year"]], people, events)


def _plan_item(row: dict, schedule: PlanSchedule, people: dict[str, Person], events: dict[str, Event]) -> None:
    """Its term is read as an office writes it; whoever answers is a person or a department by name."""
    term = PlanItem.term_columns(row["when"], written_terms.read(row["when"], schedule.year))
    item = PlanItem.objects.create(schedule=schedule, **source.picked(row, *ITEM_COLUMNS), **term)
    departments = source.departments()
    for name in row.get("responsible", []):
        item.responsible.create(person=people.get(name), department=departments.get(name))
    for key in row.get("events", []):
        plan_items.tie(item=item, event=events[key])


def enter(row: dict, users: dict[str, User], **fields: object) -> Event:
    """The event with the steps that its row tells."""
    by = users[row["planned_by"]]
    department = source.departments()[row["department"]]
    about = source.picked(row, *COLUMNS) | {"department": department} | fields
    event = plan.put_down(by=by, at=row["planned_at"], **about)
    if row["announced_at"]:
        plan.announce(event=event, by=by, at=row["announced_at"])
    if "cancelled_at" in row:
        plan.cancel(event=event, note=row["cancelled_note"], by=by, at=row["cancelled_at"])
    if "held_at" in row:
        plan.hold(event=event, by=by, at=row["held_at"])
    return event


def _attendance(event: Event, row: dict, people: dict[str, Person], users: dict[str, User]) -> None:
    day = event.starts_at.date()
    centers = source.centers()
    if "present" in row:
        coordinators = attendance.coordinators(event)
        by, at = users[row["marked_by"]], row["marked_at"]
        for center in (centers[name] for name in row["present"]):
            if person := coordinators.get(center):
                attendance.mark(event=event, center=center, person=person, by=by, at=at)
        for name in row.get("speakers", []):
            attendance.mark_speaker(event=event, person=people[name], by=by, at=at)
    for number, name in enumerate(row.get("registered", [])):
        person = centers[name].coordinators.in_force_on(day).get().person
        at = row["announced_at"] + number * HOUR
        attendance.register(event=event, center=centers[name], person=person, by=users[person.full_name], at=at)
