"""Verbs of prep sessions: put down with their event, counted by their lists."""

import datetime
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from events.attendance import counts
from events.models.event import EventKind
from events.models.participant_count import Category
from events.plan import plan
from olympiad.models import PrepSession, Season, Stage, Subject
from olympiad.models.rules import named
from olympiad.results import results, rules
from rcro_portal.lib.keeping import writing
from rcro_portal.lib.refusals import Refusal
from rcro_portal.lib.russian import short_date

# What an event is planned with, where it is put down together with its session.
PLANNED = ("topic", "purpose", "starts_at", "ends_at", "form", "place", "department")
SUMMER_BEGINS, SUMMER_ENDS = 7, 8
COUNTED = {Category.PUPIL: "pupils", Category.EDUCATOR: "educators"}


class NothingToCount(Refusal):
    words = "Считать нечего: по именам никто не назван, участники мероприятия не отмечены."


@transaction.atomic
def create(model: Callable[..., Any], *, by: Any, why: str = "", **fields: Any) -> PrepSession:
    """A session of an event that is in the plan already (``event``), or of a new one, a draft until it is announced.

    Without a season it gets that of its first day. Raises as ``writing.create``.
    """
    planned = {name: fields.pop(name) for name in PLANNED if name in fields}
    if not fields.get("event"):
        fields["event"] = plan.put_down(kind=EventKind.PREP_SESSION, by=by, at=timezone.now(), **planned)
    if not fields.get("season"):
        fields["season"] = season_of(fields["event"].first_day)
    return writing.create(model, by=by, why=why, **fields)


def season_named(day: datetime.date) -> Season:
    """That of the day, kept or as it will be kept; what is held in summer prepares for the next one."""
    year = day.year if day.month >= SUMMER_BEGINS else day.year - 1
    season = results.season_named(f"{year}/{(year + 1) % 100:02}")
    assert season is not None
    return season


def season_of(day: datetime.date) -> Season:
    """That of the day, kept from now on."""
    season = season_named(day)
    days = {"starts_on": season.starts_on, "ends_on": season.ends_on}
    return Season.objects.get_or_create(name=season.name, defaults=days)[0]


def odd_season(season: Season, day: datetime.date) -> str:
    """Why a session of that first day is of another season; of summer it may be either."""
    first = datetime.date(season.starts_on.year, SUMMER_BEGINS, 1)
    last = datetime.date(season.ends_on.year, SUMMER_ENDS, 31)
    if first <= day <= last:
        return ""
    term = f"с {short_date(season.starts_on)} по {short_date(season.ends_on)}"
    return f"Смена начинается {short_date(day)}, а сезон {season} – {term}."


def odd_grades(season: Season, subjects: Iterable[Subject], first: int | None, last: int | None) -> str:
    """Why there are no olympiads for these grades (``rules``: of the season's edition)."""
    edition = rules.of_season(season)
    codes = [subject.code for subject in subjects]
    lowest = min(edition.first_grade(Stage.SCHOOL, code) for code in codes or [""])
    highest = edition.last_grade(Stage.SCHOOL)
    if (first is None or first >= lowest) and (last is None or last <= highest):
        return ""
    return f"Олимпиада проводится для {lowest}–{highest}-х классов."


def listed(session: PrepSession) -> dict[str, int]:
    """What the lists of the session give, by the columns of its counts; a list that nobody has begun gives nothing."""
    found: dict[str, int] = {}
    if (people := named(session))["lecturers"]:
        found |= people
    met = counts.by_category(session.event)
    found |= {column: met[category] for category, column in COUNTED.items() if met[category]}
    return found | _listed_pupils(session, found.get("pupils", 0))


def _listed_pupils(session: PrepSession, met: int) -> dict[str, int]:
    """Of the list by name, where somebody has begun it; who gave no consent is among those ``met`` alone."""
    said = list(session.pupil_rows.values_list("new_in_season", flat=True))
    if not said:
        return {}
    is_whole = len(said) >= met and None not in said
    return {"pupils": max(len(said), met), **({"new_pupils": said.count(True)} if is_whole else {})}


def count(session: PrepSession, *, by: Any, why: str = "") -> bool:
    """The counts become what the lists give. Raises NothingToCount, and as ``writing.change``."""
    found = listed(session)
    if not found:
        raise NothingToCount
    return writing.change(session, by=by, why=why, **_not_above(session, found))


def count_named(session: PrepSession, *, by: Any) -> None:
    """The counts are raised to those who are named; who is not named stays counted."""
    found = {name: max(number, getattr(session, name)) for name, number in named(session).items()}
    found["lecturers"] = max(found["lecturers"], found["doctors"] + found["candidates"])
    found["pupils"] = max(session.pupil_rows.count(), session.pupils)
    writing.change(session, by=by, **found)


def _not_above(session: PrepSession, found: Mapping[str, int]) -> dict[str, Any]:
    """Of fewer people no more can be new; how many are is not known any more."""
    pairs = (("pupils", "new_pupils"), ("educators", "new_educators"))
    gone = {new: None for all_, new in pairs if (getattr(session, new) or 0) > found.get(all_, getattr(session, all_))}
    return {**gone, **found}
