"""Marks that a platform's list made are noted with what was there before, and taken back as a whole."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.db import transaction

from centers.models import User
from events.attendance import attendance
from events.models import Attendance, Event
from rcro_portal.lib.refusals import WrongStep
from rcro_portal.lib.registers.importing.held import held
from rcro_portal.lib.registers.importing.stored import State
from rcro_portal.models import ImportedRow, ImportSession

FIELDS = ("center", "capacity", "presence")


class Undone(NamedTuple):
    """``kept``: so many marks were changed by people since, and stay."""

    taken_back: int
    kept: int


def snapshot(event: Event, people: Iterable[int]) -> dict[int, dict[str, Any]]:
    """What the marks of these people say, by the key of the mark."""
    return {row.pk: held(row, FIELDS) for row in event.attendances.filter(person__in=people)}


def note(session: ImportSession, event: Event, rows: Mapping[int, int], before: Mapping[int, Any]) -> None:
    """``rows``: in which row of the file each person stands. Of a mark that was noted already, what was first stays."""
    marks = event.attendances.filter(person__in=rows)
    told = [(mark, before.get(mark.pk), held(mark, FIELDS)) for mark in marks]
    table = Attendance._meta.db_table
    ImportedRow.objects.bulk_create(
        [
            ImportedRow(session=session, table=table, row=rows[mark.person_id], record=mark.pk, was=was, now=now)
            for mark, was, now in told
            if was != now
        ],
        update_conflicts=True,
        update_fields=["now"],
        unique_fields=["session", "table", "record"],
    )


@transaction.atomic
def undo(*, session: ImportSession, event: Event, by: User, at: datetime.datetime, why: str = "") -> Undone:
    """What the list marked says again what it said; what was not there is taken off. Raises WrongStep, NoReason."""
    written = ImportSession.objects.filter(pk=session.pk, state=State.WRITTEN)
    if not written.update(state=State.UNDONE, undone_by=by, undone_at=at):
        raise WrongStep("Снимать нечего: по этому списку не отмечали, или его отметки уже сняты.")
    noted = {one.record: one for one in session.rows.all()}
    marks = event.attendances.select_for_update(of=("self",)).filter(pk__in=noted).order_by("pk")
    same = [mark for mark in marks if held(mark, FIELDS) == noted[mark.pk].now]
    for mark in same:
        attendance.put_back(mark, noted[mark.pk].was, by=by, at=at, why=why)
    return Undone(len(same), len(noted) - len(same))
