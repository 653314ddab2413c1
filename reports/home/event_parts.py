"""What the page of an event shows of the time before it: programme, materials, registration, series."""

from typing import Any

from events import permissions
from events.acts import EVENT, EventCase
from events.attendance import registrations
from events.kept import EVENTS, MATERIALS, PROGRAMME
from events.models import Event
from events.models.event import EventKind, EventStatus
from events.programme import items as programme_items
from events.programme import past
from olympiad.permissions import may_keep
from rcro_portal.lib.keeping import Card


def shown(case: EventCase) -> dict[str, Any]:
    """The parts for this person; who keeps them has links to add and change."""
    event, user = case.row, case.user
    office = permissions.is_office(user)
    comes = office or registrations.comes(event, user, case.day)
    card = Card(EVENTS, user, event)
    programme = programme_items.shown(event, event.programme.all())
    part = card.section(PROGRAMME, [one.item for one in programme])
    materials = event.materials.open_to(office=office, comes=comes).order_by("pk")
    return {
        "programme": programme,
        "programme_part": part,
        "programme_lines": [{"shown": one, "line": line} for one, line in zip(programme, part.lines, strict=True)],
        "materials": materials,
        "materials_part": card.section(MATERIALS, materials),
        "link": event.link if comes else "",
        "link_is_hidden": bool(event.link) and not comes,
        "seats": registrations.seats_of(event) if event.status == EventStatus.ANNOUNCED else None,
        "own": _own(event, case),
        "others_of_series": past.others_of(event, user),
        "may": {key: EVENT.is_open(key, case) for key in ("terms", "register_people")},
        "may_clone": permissions.may_plan(user),
        "may_keep_session": event.kind == EventKind.PREP_SESSION and not may_keep(user, None),
        "past": None if programme or not EVENT.is_open("take", case) else past.last_of_kind(event),
    }


def _own(event: Event, case: EventCase) -> list[Any]:
    """Who comes from the centre of this coordinator."""
    if case.center is None:
        return []
    mine = (row for row in event.attendances.all() if row.center_id == case.center.pk)
    return [row for row in mine if row.presence in registrations.COMING]
