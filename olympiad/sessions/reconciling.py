"""Whether what a session says of its people agrees: its counts with lists, quota, season and degrees.

The same words for the card of a session, for a letter that quotes figures of sessions, and for the night.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch

from events.attendance import counts
from events.models.participant_count import Category
from olympiad.models import PrepSession, SessionLecturer
from olympiad.models.rules import SAID, named
from olympiad.sessions import pupil_lists, sessions
from olympiad.sessions.pupil_lists import PupilList

ATTENDED = ((Category.PUPIL, "pupils", "обучающихся"), (Category.EDUCATOR, "educators", "педагогов"))
NEW = (("pupils", "new_pupils", "обучающихся"), ("educators", "new_educators", "педагогов"))


@dataclass(frozen=True)
class Told:
    """Of one session: what cannot be so, what is to be looked at, and why people cannot be counted once."""

    session: PrepSession
    errors: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    unknown: dict[str, str] = field(default_factory=dict)


def of(session: PrepSession, *, listed: int | None = None) -> Told:
    """As the session was read, its lecturers too if they were; ``listed`` as ``pupil_lists.of`` counts it."""
    (told,) = _of([session], None if listed is None else {session.pk: listed})
    return told


def of_all(rows: Any) -> list[Told]:
    """Of all these sessions, by a handful of queries."""
    lecturers = SessionLecturer.objects.select_related("person").prefetch_related("person__degrees")
    read = rows.select_related("event", "season").prefetch_related(Prefetch("lecturer_rows", lecturers))
    return _of(list(read.order_by("event__starts_at", "pk")))


def _of(found: Sequence[PrepSession], listed: Mapping[int, int] | None = None) -> list[Told]:
    met = counts.by_category_of(session.event_id for session in found)
    lists = pupil_lists.of(found, listed)
    return [_judged(session, met.get(session.event_id, {}), lists[session.pk]) for session in found]


def _judged(session: PrepSession, met: Any, pupils: PupilList) -> Told:
    people = named(session)
    told = Told(session)
    told.errors.extend(_named_above(session, people))
    if pupils.listed > session.pupils:
        told.errors.append(f"По именам обучающихся названо {pupils.listed}, а в числах – {session.pupils}.")
    told.doubts.extend(_attended(session, met))
    told.doubts.extend(pupils.doubts())
    if session.quota is not None and session.pupils > session.quota:
        told.doubts.append(f"Обучающихся {session.pupils}, а квота – {session.quota}.")
    if odd := sessions.odd_season(session.season, session.event.first_day):
        told.doubts.append(odd)
    told.unknown.update(_unknown(session, people))
    return told


def _named_above(session: PrepSession, people: dict[str, int]) -> Iterable[str]:
    for name, words in SAID:
        if people[name] > getattr(session, name):
            yield f"По именам {words} названо {people[name]}, а в числах – {getattr(session, name)}."


def _attended(session: PrepSession, met: Any) -> Iterable[str]:
    for category, column, words in ATTENDED:
        number = met.get(category, 0)
        if number and number != getattr(session, column):
            yield f"В смене {words} {getattr(session, column)}, а в участниках мероприятия – {number}."


def _unknown(session: PrepSession, people: dict[str, int]) -> Iterable[tuple[str, str]]:
    """By the column that cannot be counted once."""
    for column, new, words in NEW:
        if getattr(session, column) and getattr(session, new) is None:
            yield column, f"Не сказано, сколько {words} впервые в сезоне."
    if people["lecturers"] < session.lecturers:
        yield "lecturers", f"По именам названо {people['lecturers']} из {session.lecturers} преподавателей."
