"""The history of marks: what each was and became, by whom, when and – once the outcome is filed always – why."""

import datetime
from typing import Any

from django.db.models import Q, QuerySet

from centers.models import User
from events.models import Attendance, AttendanceChange, Event, Outcome
from events.models.outcome import OutcomeStatus
from rcro_portal.lib.refusals import Refusal
from rcro_portal.lib.transitions import Act, columns


class NoReason(Refusal):
    words = (
        "Итоги этого мероприятия уже направлены в письме, поэтому изменение отметки требует причины. "
        "Откройте список участников заново: портал её спросит."
    )


def is_filed(event: Event) -> bool:
    """A letter speaks of those who came: filed, signed or sent, also while another is written in its place."""
    spoken = Q(status=OutcomeStatus.FILED) | Q(reopening__isnull=False)
    return Outcome.objects.filter(spoken, event=event).exists()


def refuse_unexplained(event: Event, why: str) -> None:
    """Raises NoReason."""
    if not why.strip() and is_filed(event):
        raise NoReason


def note(row: Attendance, before: dict[str, Any] | None, *, by: User | None, at: datetime.datetime, why: str) -> None:
    """Call it in the transaction of the change; ``before`` are the row's columns, nothing where it is new; nobody is
    ``by`` where the portal itself changed it.

    A mark that says the same again is no change.
    """
    after = columns(row)
    if before and _said(before) == _said(after):
        return
    AttendanceChange.objects.create(
        table=Attendance._meta.db_table,
        record=row.pk,
        by=by,
        at=at,
        act=Act.UPDATE if before else Act.INSERT,
        before=before,
        after=after,
        why=why.strip(),
        event=row.event,
        about=", ".join(str(one) for one in (row.person.surname_first, row.center) if one),
    )


def _said(mark: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in mark.items() if not name.startswith("marked_")}


def attendance_changes(event: Event) -> QuerySet[AttendanceChange]:
    """The newest first."""
    return event.attendance_changes.select_related("by__person").order_by("-at", "-pk")


def since(event: Event, moment: datetime.datetime) -> QuerySet[AttendanceChange]:
    """Those made after that moment, such as the one at which the letter's figures were frozen."""
    return attendance_changes(event).filter(at__gt=moment)
