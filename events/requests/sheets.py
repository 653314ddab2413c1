"""A centre's sheet: submitted by its coordinator or entered for the centre, accepted, given back, not waited for."""

import datetime
from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction

from events.models import DataAnswer, DataRemark, DataSheet, DataSheetTransition
from events.models.commitment import AnswerWay
from events.models.request_sheet import SheetStatus
from events.requests import cards, checks, told
from rcro_portal.lib.refusals import Refusal, WrongStep
from rcro_portal.lib.transitions import move


class NotComplete(Refusal):
    """Some answers are missing or wrong; the page shows which."""

    words = "Не все ответы заполнены верно. Исправьте отмеченные и направьте ещё раз: введённое сохранено."


class TypedMeanwhile(WrongStep):
    words = "Пока страница была открыта, ответы изменили. Обновите её и посмотрите, что теперь написано."


class NothingToSay(Refusal):
    words = "Напишите, что исправить: общее замечание или замечание хотя бы к одному ответу."


class NoReason(Refusal):
    words = "Напишите, почему ответа не ждём: причину прочтут и центр, и коллеги."


@transaction.atomic
def submit(
    *,
    sheet: DataSheet,
    version: int,
    by: Any,
    at: datetime.datetime,
    way: str = AnswerWay.PORTAL,
    said_by: str = "",
    said_on: datetime.date | None = None,
) -> None:
    """The answers go to the methodist as they stand in this version, after the term too.

    Of one that was entered for the centre ``way``, ``said_by`` and ``said_on`` say how it came. Raises NotComplete,
    TypedMeanwhile where the text has another version by now, WrongStep.
    """
    said: dict[str, Any] = {"way": way, "said_by": said_by, "said_on": said_on}
    _move(sheet, SheetStatus.IN_REVIEW, version, by=by, at=at, submitted_at=at, **said)
    # Read after the row is ours: what is judged is what goes.
    sheet.answers = DataSheet.objects.values_list("answers", flat=True).get(pk=sheet.pk)
    if checks.faults(sheet.asked, sheet.answers):
        raise NotComplete
    _keep(sheet)
    told.submitted(sheet, at=at)


def _keep(sheet: DataSheet) -> None:
    """A row for each answer; one that was submitted before keeps its key, by which letters name what they counted."""
    rows = [
        DataAnswer(
            sheet=sheet,
            question=one,
            text=text,
            number=checks.counted(one, text),
            amount=checks.measured(one, text),
        )
        for one in sheet.asked
        if (text := sheet.answers.get(one.key, ""))
    ]
    sheet.submitted.exclude(question__in=[row.question_id for row in rows]).delete()
    DataAnswer.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["sheet", "question"], update_fields=["text", "number", "amount"]
    )


@transaction.atomic
def accept(
    *, sheet: DataSheet, version: int, by: Any, at: datetime.datetime, seen: str = "", write: Collection[str] = ()
) -> list[str]:
    """Accept, and write the chosen answers (``write``: columns) into the organisation's card, as its page was ``seen``.

    Gives the labels of what was written. Raises ``cards.CardChanged``, TypedMeanwhile, WrongStep; then nothing is
    accepted either.
    """
    _move(sheet, SheetStatus.ACCEPTED, version, by=by, at=at)
    written = cards.write(sheet, write, seen=seen, by=by) if write else []
    told.accepted(sheet, at=at)
    return written


@transaction.atomic
def give_back(
    *,
    sheet: DataSheet,
    version: int,
    note: str = "",
    remarks: Mapping[str, str],
    by: Any,
    at: datetime.datetime,
) -> None:
    """With a remark to the whole or to single answers, by the keys of their questions. Also what was accepted before.

    Raises NothingToSay, WrongStep.
    """
    said = {key: words.strip() for key, words in remarks.items() if words.strip()}
    if not said and not note.strip():
        raise NothingToSay
    _move(sheet, SheetStatus.RETURNED, version, by=by, at=at, note=note.strip())
    step = last_return(sheet)
    questions = {one.key: one for one in sheet.asked}
    DataRemark.objects.bulk_create(
        DataRemark(step=step, question=questions[key], text=words) for key, words in said.items() if key in questions
    )
    told.returned(sheet, at=at)


@transaction.atomic
def excuse(*, sheet: DataSheet, reason: str, by: Any, at: datetime.datetime) -> None:
    """«Не ждать ответа»: the centre has lost its status, or has nothing to say. Raises NoReason, WrongStep."""
    if not reason.strip():
        raise NoReason
    _move(sheet, SheetStatus.EXCUSED, sheet.version, by=by, at=at, note=reason.strip())
    told.excused(sheet, at=at)


@transaction.atomic
def await_again(*, sheet: DataSheet, by: Any, at: datetime.datetime) -> None:
    """What was typed before is still there. Raises WrongStep."""
    _move(sheet, SheetStatus.OPEN, sheet.version, by=by, at=at)
    told.awaited(sheet, at=at)


def last_return(sheet: DataSheet) -> DataSheetTransition | None:
    """The step by which it was last given back."""
    steps = DataSheetTransition.objects.filter(sheet=sheet.pk, after=SheetStatus.RETURNED)
    return steps.order_by("-at", "-pk").first()


def remarks(sheet: DataSheet) -> dict[str, str]:
    """Of the last return, by the keys of the questions; nothing once it was submitted anew."""
    step = last_return(sheet) if sheet.status == SheetStatus.RETURNED else None
    return dict(step.remarks.values_list("question__key", "text")) if step else {}


def _move(
    sheet: DataSheet, after: str, version: int, *, by: Any, at: datetime.datetime, note: str = "", **fields: Any
) -> None:
    seen = {"version": version}
    try:
        move(sheet, after, by=by, at=at, note=note, transitions=DataSheetTransition, seen=seen, **fields)
    except WrongStep:
        if DataSheet.objects.exclude(version=version).filter(pk=sheet.pk, status=sheet.status).exists():
            raise TypedMeanwhile from None
        raise
