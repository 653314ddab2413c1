"""What the prepared world of the tests of rights holds of requests for information."""

import datetime
from typing import TYPE_CHECKING, Any

from events.models import DataSheet
from events.requests import drafts, sheets
from tests import clock
from tests.factories import requests
from tests.factories.moments import SENT_AT

if TYPE_CHECKING:
    from tests.house.world import World

CANARY = "канарейка"  # in a draft that staff alone see, and in what our centre answers


def _requests(world: "World") -> None:
    """A draft; requests sent to our centre: one that it answers now, answered, accepted, not waited for."""
    later = clock.today() + datetime.timedelta(days=30)
    draft = requests.DataQuestionFactory(request__title=f"Черновик: {CANARY}", request__due_on=later)
    away = requests.DataRequestFactory(title=f"Не нужен: {CANARY}", archived_at=SENT_AT, archive_reason="Повтор")
    world.rows |= {"asking": draft.request, "put-away": away, "sheet": _sheet(world)}
    world.rows["asked"] = world.rows["sheet"].request
    own, methodist = world.people["own"], world.office.methodist
    world.rows["sheet-answered"] = requests.submitted(_sheet(world), by=own, q1=CANARY)
    world.rows["sheet-taken"] = requests.accepted(_sheet(world), by=own, q1=CANARY)
    world.rows["sheet-excused"] = excused = _sheet(world)
    sheets.excuse(sheet=excused, reason=CANARY, by=methodist, at=SENT_AT)
    world.args |= {
        "asking.question": (draft.request_id, draft.pk),
        "asked.question": (world.rows["asked"].pk, world.rows["asked"].questions.get().pk),
        "asked.history": ("data-request", world.rows["asked"].pk),
    }
    _two_texts(world, world.rows["sheet"])


def _sheet(world: "World") -> DataSheet:
    return requests.asked(world.ours, questions=({"key": "q1", "kind": "text"},))[0]


def _two_texts(world: "World", row: DataSheet) -> None:
    by = world.people["own"]
    drafts.DRAFTS.save(of=row, version=1, q1=CANARY, by=by, at=SENT_AT)
    aside = drafts.DRAFTS.keep_aside(of=row, version=1, q1=f"иначе: {CANARY}", by=by, at=SENT_AT)
    first = row.revisions.order_by("pk")[0]
    world.rows["sheet"] = DataSheet.objects.get(pk=row.pk)
    world.args |= {"sheet.first": (row.pk, first.pk), "sheet.aside": (row.pk, aside.pk)}


QUESTION = {"label": "Сколько учеников", "kind": "number", "position": "1"}
TOLD = {"way": "telephone", "said_by": "Иволгина В.П.", "said_on": "2026-03-20"}


def a_request(world: "World", row: Any) -> dict[str, Any]:
    """What the form of a request would send; also of one that is cloned."""
    return {"title": "Сведения", "as_of": "2031-01-10", "due_on": "2031-02-10"}


def read(world: "World", row: Any) -> dict[str, Any]:
    """What any act on a sheet sends: its version, its remark, how it came, the side of a merge."""
    return {"version": row.version, "note": "Поправьте.", "side-0": "mine", "q1": "иначе", **TOLD}


POSTS = {
    "events:request-new": a_request,
    "events:request-edit": a_request,
    "events:request-clone": a_request,
    "events:question-new": lambda world, row: QUESTION,
    "events:question-edit": lambda world, row: QUESTION,
    "events:request-remind": lambda world, row: {"to": world.rows["sheet"].pk},
    "events:request-send": lambda world, row: {"whom": "all"},
    **{
        f"events:answer-sheet-{page}": read
        for page in ("save", "restore", "merge", "submit", "enter", "accept", "give-back", "excuse")
    },
}
PREPARED = (_requests,)
