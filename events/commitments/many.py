"""Terms of many commitments moved at once, from their list."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from events import permissions
from events.commitments import terms
from events.commitments.acts import COMMITMENT, SETTER, CommitmentCase
from events.commitments.forms import check_term
from events.models import Commitment, TermRequest
from events.models.term import TermRequestStatus
from rcro_portal.lib import russian
from rcro_portal.lib.fields import Day
from rcro_portal.lib.keeping.bulk import TOLD_AFTER, Line, Subject, Written, as_json


class MoveTerms(Subject):
    """«Перенести срок»: each by the act of its own page, so whose right it is and what must come first is said there.

    Mails wait until the move cannot be taken back any more.
    """

    model = Commitment
    title = "Перенос срока поручений"
    label = "Перенести"
    ticked, found = "Перенести срок отмеченных", "Перенести срок всех найденных"
    why = ("Причина", "Её прочтут исполнители. Письмо уйдёт, когда пройдёт минута, за которую перенос можно отменить.")

    def why_not(self, user: Any) -> str:
        return "" if permissions.may_move_terms(user) else SETTER

    def fields(self, user: Any) -> dict[str, forms.Field]:  # noqa: ARG002
        return {"day": Day(label="Новый срок")}

    def check(self, values: Mapping[str, Any]) -> None:
        today = timezone.localdate()
        try:
            check_term(values["day"], today=today, after=today)
        except ValidationError as error:
            raise ValidationError({"day": error.messages}) from error

    def read(self, rows: QuerySet) -> QuerySet:
        waiting = TermRequest.objects.filter(status=TermRequestStatus.ASKED)
        asking = Prefetch("term_requests", waiting, to_attr="asking")
        return rows.select_related("organization", "department").prefetch_related(asking)

    def line(self, row: Any, values: Mapping[str, Any], *, by: Any, at: datetime.datetime) -> Line:
        day = values["day"]
        said = [("срок", russian.short_date(row.due_on), russian.short_date(day))]
        return Line(row, said, _refusal(row, day, by=by, at=at)) if row.due_on != day else Line(row)

    def write(
        self, rows: Sequence[Any], values: Mapping[str, Any], *, by: Any, at: datetime.datetime, why: str
    ) -> Written:
        day: datetime.date = values["day"]
        before = {str(row.pk): [as_json(row.due_on), as_json(row.letter_due_on)] for row in rows}
        terms.move_many(commitments=_whole(rows), to=day, reason=why, by=by, at=at, tell_from=at + TOLD_AFTER)
        return Written({"due_on": as_json(day), "at": at.isoformat()}, before)

    def take_back(
        self, rows: Iterable[tuple[Any, Any]], written: Mapping[str, Any], *, by: Any, at: datetime.datetime
    ) -> None:
        held = {row.pk: (_day(due_on), letter and _day(letter)) for row, (due_on, letter) in rows}
        whole = {row: held[row.pk] for row in _whole([row for row, _ in rows])}
        to, moved_at = _day(written["due_on"]), datetime.datetime.fromisoformat(written["at"])
        terms.take_back(before=whole, to=to, moved_at=moved_at, by=by, at=at)


def _refusal(row: Any, day: datetime.date, *, by: Any, at: datetime.datetime) -> str:
    ruling = COMMITMENT.rule("move_term", CommitmentCase(row, by, at))
    if not ruling.is_open:
        return ruling.why
    if row.asking:
        return terms.DECIDE_FIRST
    if day < row.due_on:
        return f"Новый срок должен быть позже нынешнего – {russian.short_date(row.due_on)}."
    return ""


def _whole(rows: Iterable[Any]) -> list[Commitment]:
    """With what those who are told of them want to know."""
    keys = [row.pk for row in rows]
    return list(
        Commitment.objects.filter(pk__in=keys).select_related("organization__center", "outcome__event").order_by("pk")
    )


_day = datetime.date.fromisoformat
