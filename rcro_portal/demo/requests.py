"""Two yearly requests: last year's with its accepted answers, and this year's, half answered."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from centers.models import Center, User
from events.models import DataQuestion, DataRequest, DataSheet
from events.models.commitment import AnswerWay
from events.models.request import QuestionKind
from events.requests import drafts, questions, requests, sheets
from rcro_portal.demo import source

# Of this year's request each centre in its turn: what became of it.
COURSE = (
    "accepted",
    "in_review",
    "silent",
    "accepted",
    "begun",
    "returned",
    "in_review",
    "silent",
    "telephone",
    "silent",
)
DAY = datetime.timedelta(days=1)


@transaction.atomic
def load() -> None:
    if DataRequest.objects.exists():
        return
    told = source.read("requests")
    users = source.users()
    by = next(user for name, user in users.items() if name.startswith(told["asks"]))
    last = _made(told, by)
    for number, sheet in enumerate(_sent(last, told["last"]["sent_at"], by)):
        _answered(sheet, told, number, by, told["last"]["sent_at"] + (3 + number % 10) * DAY)
        if number % 12 != 11:
            _accepted(sheet, by)
    present = requests.clone(source=last, by=by, **source.picked(told["now"], "title", "as_of", "due_on"))
    for number, sheet in enumerate(_sent(present, told["now"]["sent_at"], by)):
        _went(COURSE[number % len(COURSE)], sheet, told, number, by)
    _drafted(told["next"], by)


def _made(told: dict, by: User) -> DataRequest:
    columns = source.picked(told["last"], "title", "as_of", "due_on")
    made = requests.create(DataRequest, by=by, lead=told["lead"], **columns)
    DataQuestion.objects.bulk_create(
        DataQuestion(request=made, position=place, **row) for place, row in enumerate(told["questions"], 1)
    )
    return made


def _drafted(told: dict, by: User) -> None:
    """One that is still made."""
    made = requests.create(DataRequest, by=by, lead="", **source.picked(told, "title", "as_of", "due_on"))
    for question in told["questions"]:
        questions.create(DataQuestion, by=by, request=made, **question)


def _sent(request: DataRequest, at: datetime.datetime, by: User) -> list[DataSheet]:
    centers = Center.objects.with_status_on(timezone.localdate(at)).select_related("organization")
    ordered = list(centers.order_by("organization__sort_key", "pk"))
    return requests.send(request=request, centers=ordered, by=by, at=at)


def _went(course: str, sheet: DataSheet, told: dict, number: int, by: User) -> None:
    at = told["now"]["sent_at"] + (1 + number % 7) * DAY
    if course == "silent":
        return
    if course == "begun":
        _typed(sheet, {**_answers(sheet, told, number), "q0000a005": "около 10"}, by, at)
        return
    said = {"way": AnswerWay.TELEPHONE, "said_by": "секретарь приёмной", "said_on": timezone.localdate(at)}
    _answered(sheet, told, number + 1, by, at, **(said if course == "telephone" else {}))
    if course == "returned":
        sheets.give_back(sheet=sheet, version=sheet.version, remarks=told["remark"], by=by, at=at + DAY)
    elif course == "accepted":
        _accepted(sheet, by)


def _answered(sheet: DataSheet, told: dict, number: int, by: User, at: datetime.datetime, **said: Any) -> None:
    coordinator = sheet.center.coordinator_on(timezone.localdate(at))
    user = source.users().get(coordinator.full_name) if coordinator else None
    _typed(sheet, _answers(sheet, told, number), user or by, at)
    sheets.submit(sheet=sheet, version=sheet.version, by=user or by, at=at, **said)


def _accepted(sheet: DataSheet, by: User) -> None:
    assert sheet.submitted_at
    sheets.accept(sheet=sheet, version=sheet.version, by=by, at=sheet.submitted_at + DAY)


def _typed(sheet: DataSheet, answers: dict[str, str], by: User, at: datetime.datetime) -> None:
    drafts.DRAFTS.save(of=sheet, version=sheet.version, by=by, at=at, **answers)
    sheet.refresh_from_db()


def _answers(sheet: DataSheet, told: dict, number: int) -> dict[str, str]:
    """What the portal filled in stays; the rest follows the number of the centre."""
    pupils = 180 + sheet.center_id * 37 % 900 + number % 5 * 9
    typed = {
        "q0000a003": str(pupils * (3 if number % 17 == 6 else 1)),
        "q0000a005": str(4 + number % 9),
        "q0000a010": f"{40 + number * 13 % 90},{number % 10}",
        "q0000a006": next(one for one in told["questions"] if "choices" in one)["choices"].split("\n")[number % 3],
        "q0000a007": "да" if number % 4 else "нет",
        "q0000a008": "\n".join(told["published"][: number % 4]),
        "q0000a009": told["help"][number % 4],
    }
    named = {"q0000a001": sheet.answers.get("q0000a001") or "Руководитель не назван"}
    kept = {one.key: sheet.answers.get(one.key, "") for one in sheet.asked if one.kind != QuestionKind.DATE}
    return {**kept, **named, **typed}
