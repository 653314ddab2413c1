"""What the prepared world of the tests of rights holds of participants: who registered, a list of a platform."""

from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import SimpleUploadedFile

from events.models import CheckInCode
from events.platforms import lists as platform_lists
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


PREPARED = (_list,)
