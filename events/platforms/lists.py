"""A list of participants from a platform: brought, looked through, its doubtful names answered, and marked from."""

import datetime
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from centers.models import User
from events.attendance import attendance
from events.models import Event
from events.models.attendance import Capacity
from events.platforms import columns
from events.platforms import people as platform_people
from events.platforms import undo as platform_undo
from events.platforms.people import ABOUT, NOBODY, Crowd, Participant
from rcro_portal.lib import store
from rcro_portal.lib.platforms import report as reports
from rcro_portal.lib.platforms.clocks import Planned
from rcro_portal.lib.refusals import Refusal, WrongStep
from rcro_portal.lib.registers.importing import reading
from rcro_portal.lib.registers.importing.asking import KEY_LIMIT, Answers
from rcro_portal.lib.registers.importing.sessions import FileGone, keep
from rcro_portal.lib.registers.importing.stored import State
from rcro_portal.lib.text import NAME_LIMIT, readable_name
from rcro_portal.models import ImportAnswer, ImportSession

KIND, ASK, ASKED_AT_MOST = "attendance", "ask", 100


class NobodyToMark(Refusal):
    words = "Отмечать по этому списку некого: никто из него не узнан или не был достаточно долго."


class Question(NamedTuple):
    """``likely``: who it may be; ``others``: who was expected and is not in the list."""

    about: Participant
    likely: list[tuple[int, str]]
    others: list[tuple[int, str]]


@dataclass(frozen=True)
class Judged:
    """``threshold``: so many minutes somebody must have been there; where the list tells no times, being listed is
    enough."""

    event: Event
    report: reports.Report
    crowd: Crowd
    threshold: int

    @cached_property
    def present(self) -> list[Participant]:
        return [one for one in self.crowd.matched if one.minutes is None or one.minutes >= self.threshold]

    @property
    def too_short(self) -> list[Participant]:
        return [one for one in self.crowd.matched if one.minutes is not None and one.minutes < self.threshold]

    @property
    def answered(self) -> list[Participant]:
        """Of whom it was said who they are, so that a slip can be mended."""
        crowd = self.crowd
        return [one for one in (*crowd.matched, *crowd.organizers, *crowd.nobody) if one.answered]

    @property
    def asked(self) -> list["Question"]:
        """About whom a person is to say who they are: first those who are like somebody."""
        away = sorted(self.crowd.absent, key=lambda pk: self.crowd.named.get(pk, ""))
        nobody = [one for one in self.crowd.nobody if not one.answered]
        some = [*self.crowd.doubtful, *nobody][:ASKED_AT_MOST]
        return [Question(one, self._named(one.likely), self._named(set(away) - {*one.likely})) for one in some]

    def _named(self, people: Iterable[int]) -> list[tuple[int, str]]:
        named = [(pk, self.crowd.named[pk]) for pk in people if pk in self.crowd.named]
        return sorted(named, key=lambda one: one[1])

    @property
    def absent(self) -> list[str]:
        return [name for _, name in self._named(self.crowd.absent)]

    @property
    def listed(self) -> dict[str, list[tuple[str, Participant]]]:
        """Who is known, as pages list them: with their names in the portal."""
        parts = {"present": self.present, "too_short": self.too_short, "organizers": self.crowd.organizers}
        parts["answered"] = self.answered
        named = self.crowd.named
        return {
            part: sorted(((named.get(one.person or 0, one.label), one) for one in people), key=lambda pair: pair[0])
            for part, people in parts.items()
        }

    def told(self) -> dict[str, Any]:
        """For machines."""
        crowd, report = self.crowd, self.report
        return {
            "format": report.platform,
            "rows": report.lines,
            "people": crowd.people,
            "matched": len(crowd.matched),
            "doubtful": len(crowd.doubtful),
            "organizers": len(crowd.organizers),
            "nobody": len(crowd.nobody),
            "absent": len(crowd.absent),
            "minutes": {str(one.person): one.minutes for one in crowd.matched if one.minutes is not None},
            "bad": [{"row": one.row, "problem": one.problem} for one in report.bad],
        }


def planned(event: Event) -> Planned:
    """By the clocks of Tomsk."""
    ends_at = timezone.localtime(event.ends_at) if event.ends_at else None
    return Planned(timezone.localtime(event.starts_at), ends_at)


def threshold_of(event: Event) -> int:
    """Half of the planned length, in minutes; of several days, of each one's hours. Nothing planned: nothing asked."""
    if event.ends_at is None:
        return 0
    begin, end = timezone.localtime(event.starts_at), timezone.localtime(event.ends_at)
    hours = datetime.datetime.combine(begin.date(), end.time()) - datetime.datetime.combine(begin.date(), begin.time())
    days = (end.date() - begin.date()).days + 1
    length = hours * days if hours > datetime.timedelta() else end - begin
    return int(length.total_seconds() / 60 / 2)


def judge(
    *,
    event: Event,
    data: bytes,
    threshold: int | None = None,
    columns: Mapping[str, str] | None = None,
    first_row: int | None = None,
) -> Judged:
    """What the list says; nothing is written. ``columns``: letter → field, of a table whose people begin in that row.

    Raises CannotRead, NoParticipants, AnotherDay.
    """
    report = reports.read(reading.read(data), planned(event), columns, first_row or 1)
    told = platform_people.crowd(event, report, Answers(ImportAnswer.objects.all()))
    return Judged(event, report, told, threshold_of(event) if threshold is None else threshold)


def begin(*, event: Event, name: str, data: bytes, by: User, at: datetime.datetime, **said: Any) -> ImportSession:
    """Keep the file, once it can be read, so that it can be come back to. ``said``: threshold, columns.

    A table whose headings are not known is kept too: somebody points its columns out, and the next one with the same
    headings is read so. Raises CannotRead, AnotherDay.
    """
    known = {} if said.get("columns") else columns.remembered(KIND, data)
    with suppress(reports.NoParticipants):
        judge(event=event, data=data, **said, **{name: known[name] for name in known if name != "heading"})
    options = {"event": event.pk, **said, **known}
    known_as = readable_name(name, "список")[-NAME_LIMIT:]
    session = ImportSession.begin(kind=KIND, options=options, name=known_as, data=data, by=by, at=at)
    keep(session, data)
    return session


def sessions(event: Event) -> Iterable[ImportSession]:
    """The newest first."""
    return ImportSession.objects.filter(kind=KIND, options__event=event.pk).order_by("-pk")


def opened(event: Event, session: ImportSession) -> Judged:
    """Judged anew, with what was answered since. Raises FileGone, NoParticipants, AnotherDay."""
    if not session.digest:
        raise FileGone
    said = {name: session.options.get(name) for name in ("threshold", "columns", "first_row")}
    return judge(event=event, data=store.read(session.digest), **said)


def point_out(*, event: Event, session: ImportSession, said: Mapping[str, Any]) -> None:
    """``said``: ``columns`` and ``first_row``. Raises FileGone, NoParticipants, AnotherDay; then nothing is kept."""
    session.options = {**session.options, **said}
    opened(event, session)
    session.save(update_fields=["options"])


@transaction.atomic
def answer(*, judged: Judged, said: Mapping[str, str], by: User, at: datetime.datetime) -> int:
    """Who a name of the list is, by its key: the person, or nobody of ours; how many answers were remembered.

    The next list knows them. ``ASK`` forgets what was said of a name.
    """
    again = [key for one in judged.answered for key in one.answered if said.get(key) == ASK]
    ImportAnswer.objects.filter(about=ABOUT, key__in=[key[:KEY_LIMIT] for key in again]).delete()
    keys = {one.key for one in (*judged.crowd.doubtful, *judged.crowd.nobody)}
    people = {NOBODY, *map(str, judged.crowd.named)}
    told = {key: value for key, value in said.items() if key in keys and value in people}
    for key, value in told.items():
        defaults = {"said": value, "by": by, "at": at}
        ImportAnswer.objects.update_or_create(about=ABOUT, key=key[:KEY_LIMIT], defaults=defaults)
    return len(told) + len(again)


@transaction.atomic
def bring_in(
    *, judged: Judged, by: User, at: datetime.datetime, why: str = "", session: ImportSession | None = None
) -> int:
    """Mark whoever was surely there for long enough; how many are marked now that were not before.

    Nobody's mark is taken off. Raises NobodyToMark, NotHeldYet, NoReason, WrongStep.
    """
    if not judged.present:
        raise NobodyToMark
    if session and not _living(session).update(state=State.WRITTEN, written_by=by, written_at=at):
        raise WrongStep("Отметки этого списка сняты. Чтобы отметить по нему снова, загрузите файл ещё раз.")
    event, rows = judged.event, {one.person: one.rows[0] for one in judged.present if one.person}
    marked = platform_undo.snapshot(event, rows)
    before = set(event.attendances.present().values_list("person", flat=True))
    centers = {person: center for center, person in attendance.coordinators(event).items()}
    stand_ins = event.attendances.filter(capacity=Capacity.REPRESENTATIVE).select_related("center")
    instead = {row.person_id: row.center for row in stand_ins if row.center}
    people = platform_people.Person.objects.in_bulk([one.person for one in judged.present])
    for pk, person in sorted(people.items()):
        said: dict[str, Any] = {"event": event, "person": person, "by": by, "at": at, "why": why}
        if person in centers:
            attendance.mark(center=centers[person], **said)
        elif pk in instead and pk not in before:
            attendance.mark_representative(center=instead[pk], **said)
        else:
            attendance.mark_guest(**said)
    if session:
        platform_undo.note(session, event, rows, marked)
    return len(people.keys() - before)


def _living(session: ImportSession) -> QuerySet[ImportSession]:
    return ImportSession.objects.filter(pk=session.pk).exclude(state=State.UNDONE)
