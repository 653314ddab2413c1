"""The plan-schedules and the events: put down, announced, held or called off, with everybody who was there."""

import datetime

from django.db import transaction

from centers.models import Center, Person, User
from events.attendance import attendance, registrations
from events.models import Event, EventSeries, Material, PlanItem, PlanSchedule, ProgrammeItem
from events.models.attendance import Capacity
from events.plan import items as plan_items
from events.plan import plan
from rcro_portal.demo import source, tables

HOUR = datetime.timedelta(hours=1)
COLUMNS = (
    *("kind", "form", "topic", "purpose", "starts_at", "ends_at", "place", "link"),
    *("audience", "seats", "registration_closes_at"),
)


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
        _before(event, row, people)
        _attendance(event, row, people, users)
    _plan(schedules, events)


def _plan(schedules: dict[int, PlanSchedule], events: dict[str, Event]) -> None:
    """Its items as the office's table has them; then what was done of them."""
    for sheet in ("2020", "2026", "2027"):
        tables.bring_in("plan", sheet=sheet, schedule=schedules[int(sheet)].pk)
    for row in source.read("plan_marks"):
        item = PlanItem.objects.get(schedule=schedules[row["year"]], number=row["number"])
        if "done_on" in row:
            item.done_on = row["done_on"]
            item.save(update_fields=["done_on"])
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


def _before(event: Event, row: dict, people: dict[str, Person]) -> None:
    """Its series, programme and materials."""
    if "series" in row:
        event.series, _ = EventSeries.objects.get_or_create(title=row["series"])
        event.save(update_fields=["series"])
    centers = source.centers()
    for number, part in enumerate(row.get("programme", []), start=1):
        said = source.picked(part, "title", "others")
        if "speaker" in part:
            said["speaker"] = people[part["speaker"]]
        if "organization" in part:
            said["organization"] = centers[part["organization"]].organization
        hour = datetime.time.fromisoformat(part["starts_at"])
        ProgrammeItem.objects.create(event=event, position=number, starts_at=hour, **said)
    Material.objects.bulk_create(Material(event=event, **material) for material in row.get("materials", []))


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
        registrations.register(event=event, center=centers[name], person=person, by=users[person.full_name], at=at)
    for number, said in enumerate(row.get("people", [])):
        _own_people(event, centers[said["center"]], said, users, row["announced_at"] + (50 + number) * HOUR)


def _own_people(event: Event, center: Center, said: dict, users: dict[str, User], at: datetime.datetime) -> None:
    """Somebody whom the coordinator of a centre registers; who comes when the seats are taken waits."""
    by = users[center.coordinators.in_force_on(event.first_day).get().person.full_name]
    person = Person(**source.named(said["name"]), gender=said["gender"])
    told = {"capacity": Capacity.PARTICIPANT, "post": said["post"]}
    registrations.register(event=event, center=center, person=person, by=by, at=at, **told)
