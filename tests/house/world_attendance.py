"""What the prepared world of the tests of rights holds of participants: who registered, a list of a platform."""

import datetime
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import SimpleUploadedFile

from events.models import CheckInCode
from events.platforms import lists as platform_lists
from rcro_portal.lib import store
from rcro_portal.models import ImportSession
from tests import clock
from tests.factories import centers, events

if TYPE_CHECKING:
    from tests.house.world import World

CODE = "482913"
LIST = "ФИО;Минуты\nСиницына Яна Павловна;90\nСиницына;80\n".encode()


def _list(world: "World") -> None:
    """Somebody registered, and a list of the event that has begun, under another one too."""
    present = {"event": world.rows["begun"], "center": world.ours, "person": world.people["own"].person}
    events.AttendanceFactory(**present, presence="registered")
    centers.PersonFactory(surname="Синицына", given_name="Яна", patronymic="Павловна")
    event, by = world.rows["begun"], world.office.methodist
    brought = platform_lists.begin(event=event, name="list.csv", data=LIST, by=by, at=clock.now())
    marked = platform_lists.begin(event=event, name="marked.csv", data=LIST, by=by, at=clock.now())
    ImportSession.objects.filter(pk=marked.pk).update(state="written", written_by=by, written_at=clock.now())
    world.args["begun.marked"] = (event.pk, marked.pk)
    CheckInCode.objects.create(event=event, code=CODE, opened_by=by, opened_at=clock.now())
    world.args |= {f"{name}.list": (world.rows[name].pk, brought.pk) for name in ("begun", "coming")}


def a_list(world: "World", row: Any) -> dict[str, Any]:
    return {"table": SimpleUploadedFile("список.csv", LIST)}


def _filling(world: "World") -> None:
    """An event to come with its programme, a file for those who come, one of ours registered; one before it."""
    event = events.announced(starts_at=clock.now() + datetime.timedelta(days=8))
    former = events.held(starts_at=clock.now() - datetime.timedelta(days=3000))
    events.ProgrammeItemFactory(event=former)
    part = events.ProgrammeItemFactory(event=event)
    digest = store.put(LIST)
    file = events.MaterialFactory(event=event, link="", file_name="план.csv", digest=digest, openness="registered")
    own = world.people["own"].person
    row = events.AttendanceFactory(event=event, center=world.ours, person=own, presence="registered")
    begun = world.rows["begun"].attendances.get(center=world.ours)
    events.AttendanceFactory(event=begun.event, center=world.ours, presence="registered", capacity="participant")
    world.rows |= {"filling": event}
    world.args |= {
        "filling.part": (event.pk, part.pk),
        "filling.file": (event.pk, file.pk),
        "filling.row": (event.pk, row.pk),
        "begun.row": (begun.event_id, begun.pk),
    }


def those_who_come(world: "World", row: Any) -> dict[str, Any]:
    return {"center": world.ours.pk, "who": world.people["own"].person_id}


def expected(world: "World", row: Any) -> dict[str, Any]:
    return {"person": world.rows["begun"].attendances.get(capacity="participant").person_id}


PREPARED = (_list, _filling)
