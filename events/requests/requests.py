"""A request: made, cloned from last year's, sent to centres once, and those reminded who are silent."""

import datetime
from collections.abc import Callable, Collection, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from centers.models import Center
from events.models import DataQuestion, DataRequest, DataRequestTransition, DataSheet
from events.models.request import QuestionKind, RequestStatus
from events.requests import checks, known, past, told
from events.telling import requests as telling
from rcro_portal.lib.keeping import writing
from rcro_portal.lib.refusals import Refusal, WrongStep
from rcro_portal.lib.transitions import move

# What a question takes into the next year's request.
CARRIED = (
    *("position", "key", "section", "label", "help_text", "kind", "unit"),
    *("least", "most", "choices", "required", "known", "writes"),
)


class SentAlready(WrongStep):
    words = "Запрос уже разослан. Вопросы в нём больше не меняются: центры отвечают на те, что получили."


class NothingToAsk(Refusal):
    words = "В запросе нет вопросов. Сначала добавьте их."


class NobodyToAsk(Refusal):
    words = "Не выбран ни один центр. Отметьте, кому направить запрос."


class TooLate(Refusal):
    words = "Срок ответа уже прошёл. Сначала поправьте срок в карточке запроса."


class NobodySilent(Refusal):
    words = "Напоминать некому: все центры ответили."


def create(model: Callable[..., Any], *, by: Any, why: str = "", **fields: Any) -> DataRequest:
    """Asked in the name of whoever made it. Raises as ``writing.create``."""
    return writing.create(model, by=by, why=why, setter=by.person, **fields)


@transaction.atomic
def change(row: DataRequest, *, by: Any, held: Mapping[str, Any] | None = None, why: str = "", **fields: Any) -> bool:
    """Of one that is sent only the term moves, and never to an earlier day. Reminders follow it.

    Raises as ``writing.change``, SentAlready where it was sent since it was read.
    """
    if not row.is_sent:
        hold(row)
    due_on = fields.get("due_on", row.due_on)
    if row.is_sent and due_on < row.due_on:
        raise ValidationError({"due_on": "Запрос разослан: срок можно перенести только на более поздний день."})
    changed = writing.change(row, by=by, held=held, why=why, **fields)
    if changed and row.is_sent:
        told.term_moved(row, at=timezone.now())
    return changed


def hold(draft: DataRequest) -> None:
    """Nobody sends it until the commit: what is sent is what its maker saw. Raises SentAlready."""
    if not DataRequest.objects.drafts().filter(pk=draft.pk).update(due_on=F("due_on")):
        raise SentAlready


@transaction.atomic
def clone(*, source: DataRequest, title: str, as_of: datetime.date, due_on: datetime.date, by: Any) -> DataRequest:
    """«Взять из прошлого»: the same questions under the same keys, so that last year's answers stand beside them."""
    made = DataRequest.objects.create(
        title=title, lead=source.lead, as_of=as_of, due_on=due_on, follows=source, setter=by.person
    )
    rows = source.questions.order_by("position", "pk").values(*CARRIED)
    DataQuestion.objects.bulk_create(DataQuestion(request=made, **row) for row in rows)
    return made


@transaction.atomic
def send(*, request: DataRequest, centers: Collection[Center], by: Any, at: datetime.datetime) -> list[DataSheet]:
    """A sheet for each centre, filled in by what the registers know, else by last year's accepted answer.

    Raises SentAlready, NothingToAsk, NobodyToAsk, TooLate, InArchive; then nothing is sent to anybody.
    """
    if request.is_archived:
        raise writing.InArchive
    if timezone.localdate(at) > request.due_on:
        raise TooLate
    if not centers:
        raise NobodyToAsk
    try:
        seen = {"archived_at": None}
        move(request, RequestStatus.SENT, by=by, at=at, seen=seen, transitions=DataRequestTransition, sent_at=at)
    except (WrongStep, KeyError) as error:
        raise SentAlready from error
    questions = list(request.questions.order_by("position", "pk"))
    if not questions:
        raise NothingToAsk
    sheets = DataSheet.objects.bulk_create(_sheets(request, questions, centers, by, at))
    told.sent(sheets, at=at)
    return sheets


def _sheets(
    request: DataRequest, questions: list[DataQuestion], centers: Collection[Center], by: Any, at: datetime.datetime
) -> list[DataSheet]:
    day = min(request.as_of, timezone.localdate(at))
    registers = known.values((one.known for one in questions if one.known), centers, day)
    last = past.answers(request, [center.pk for center in centers])
    made = []
    for center in centers:
        knows = {one.key: registers[center.pk].get(one.known, "") for one in questions if one.known}
        answers = {one.key: knows.get(one.key) or last[center.pk].get(one.key, "") for one in questions}
        fitting = {one.key: _fitting(one, answers[one.key]) for one in questions}
        made.append(DataSheet(request=request, center=center, answers=fitting, known=knows, edited_by=by, edited_at=at))
    return made


def _fitting(question: DataQuestion, text: str) -> str:
    """An answer that the question of this year does not take is not filled in: a choice that is gone, say."""
    is_fixed = question.kind in (QuestionKind.CHOICE, QuestionKind.YES_NO, QuestionKind.DATE)
    return "" if is_fixed and checks.fault(question, text) else text


@transaction.atomic
def remind(*, request: DataRequest, to: Collection[int], at: datetime.datetime) -> int:
    """Those of the chosen sheets that are still silent are written to, once a day; how many messages that is.

    Raises NobodySilent.
    """
    rows = list(request.sheets.silent().filter(pk__in=to).select_related("center__organization", "request"))
    if not rows:
        raise NobodySilent
    last, today = telling.last_reminded(rows), timezone.localdate(at)
    return told.reminded([row for row in rows if last.get(row.pk) != today], at=at)
