"""When something is planned, as plans of offices write it: a day, days, a month, a quarter. Knows no clock.

«19.01.2027», «25–29 января», «до 10 февраля», «февраль 2027 г.», «I квартал», «в течение года».
"""

import calendar
import datetime
import re
from enum import StrEnum
from typing import NamedTuple

from rcro_portal.lib import written_days
from rcro_portal.lib.written_days import NOMINATIVES

YEARS = range(2000, 2101)


class Precision(StrEnum):
    """How exactly the text says it."""

    DAY = "day"
    UNTIL = "until"  # not later than the day, which is both first and last
    PERIOD = "period"
    MONTH = "month"  # one or several whole months
    QUARTER = "quarter"  # whole quarters, or a half of the year
    YEAR = "year"


class WrittenTerm(NamedTuple):
    first: datetime.date
    last: datetime.date
    precision: Precision


class _Point(NamedTuple):
    """One end of a term: a day, or, where ``months`` is not 0, that many from ``month``. A year of 0 was not said."""

    day: int
    month: int
    year: int
    months: int = 0


_BARE = r"(?P<bare>\d{1,2}|i{1,3}|iv)\.?"
_YEAR = r"(?: ?(?P<year>\d{4}))?"
_POINTS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?P<day>\d{1,2})[./](?P<month>\d{1,2})(?:[./](?P<year>\d{4}|\d\d))?\.?",
        rf"{_BARE} ?(?P<part>кв|полугоди)[а-я]*\.?{_YEAR}",
        rf"(?P<day>\d{{1,2}}) ?(?P<name>[а-я]{{3,8}})\.?{_YEAR}",
        rf"(?P<name>[а-я]{{3,8}})\.?{_YEAR}",
        r"(?P<year>\d{4})",
        _BARE,
    )
)
_PLACES = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_MONTHS_OF = {"кв": 3, "полугоди": 6}
_UNTIL = re.compile(r"(?:до|не позднее|не позже|ко?) ")
_IN = re.compile(r"(?:во?|на) ")
_SINCE = re.compile(r"со? ")
# «15-го», «2-й», «III-ий».
_ENDING = re.compile(r"(?<=[\div])-?(?:ого|го|ый|ий|ой|й|ое|е)(?!\w)")
_YEAR_WORD = re.compile(r"(?<=\d)\s*(?:гг?\.?|год(?:а|у|ы)?)(?!\w)")
_BETWEEN = re.compile(r" ?- ?| по | и |, ?")
_WHOLE_YEAR = re.compile(
    r"(?:в течени[ие]|весь|на протяжении) (?:всего )?(?:(?P<year>\d{4})|(?:календарн[а-я]+ )?год[а-я]*)"
)


def read(text: str, year: int) -> WrittenTerm | None:
    """The first and the last day that the text means, in a plan of that year; nothing where it names no days."""
    words = _plain(text)
    if day := written_days.read(text):
        return _sane(WrittenTerm(day, day, Precision.DAY))
    if whole := _WHOLE_YEAR.fullmatch(words):
        return _sane(_term([_whole_year(int(whole["year"] or year))], year))
    if until := _UNTIL.match(words):
        points = _points(words[until.end() :])
        term = _term(points, year) if len(points) == 1 and not points[0].months else None
        return _sane(term._replace(precision=Precision.UNTIL) if term else None)
    points = _points(_IN.sub("", _SINCE.sub("", words, count=1), count=1))
    if not points or (len(points) == 1 and _SINCE.match(words)):
        return None
    return _sane(_term(points, year))


def _plain(text: str) -> str:
    """Small letters, one kind of dash and of «I», no «г.» after a year."""
    text = re.sub("[‐‑‒–—―−]", "-", " ".join(text.casefold().split()))
    text = _ENDING.sub("", text.replace("ё", "е").replace("і", "i"))
    return _YEAR_WORD.sub("", text).strip(" ;")


def _points(text: str) -> list[_Point]:
    """The ends that the text names, in its order; nothing where any part of it is no such end."""
    found: list[_Point] = []
    for part in reversed(_BETWEEN.split(text)):
        point = _point(part.strip(), found[0] if found else None)
        if point is None:
            return []
        found.insert(0, point)
    return found


def _point(text: str, following: _Point | None) -> _Point | None:
    """A bare number means what the end after it does: a day of that month, or a quarter."""
    said = next((found.groupdict() for pattern in _POINTS if (found := pattern.fullmatch(text))), None)
    if said is None:
        return None
    year = _year(said.get("year") or "")
    if part := said.get("part"):
        return _part_of_year(said["bare"], _MONTHS_OF[part], year)
    if bare := said.get("bare"):
        return _like(bare, following)
    month = _month(said["name"]) if said.get("name") else int(said.get("month") or 0)
    if day := said.get("day"):
        return _Point(int(day), month, year)
    return _Point(1, month, year, months=1) if said.get("name") else _whole_year(year)


def _whole_year(year: int) -> _Point:
    return _Point(1, 1, year, months=12)


def _like(bare: str, following: _Point | None) -> _Point | None:
    if following is None:
        return None
    if following.months:
        return _part_of_year(bare, following.months, following.year) if following.months in (3, 6) else None
    return following._replace(day=int(bare)) if bare.isdecimal() else None


def _part_of_year(bare: str, months: int, year: int) -> _Point | None:
    place = _PLACES.get(bare) or (int(bare) if bare.isdecimal() else 0)
    return _Point(1, (place - 1) * months + 1, year, months) if 1 <= place <= 12 // months else None


def _year(written: str) -> int:
    return int(written or 0) + (2000 if len(written) == 2 else 0)


def _month(word: str) -> int:
    """«январь», «января», «январе», «янв»; 0 where it names none."""
    for number, name in enumerate(NOMINATIVES, start=1):
        if name.startswith(word) or re.fullmatch(f"{name.rstrip('ьй')}[аеяюй]", word):
            return number
    return 0


def _term(points: list[_Point], year: int) -> WrittenTerm | None:
    """From the first end to the last; a year that was not said is the other end's, or the plan's."""
    first, last = points[0], points[-1]
    said = first.year or last.year
    try:
        since = _first_day(first, said or year)
        until = _last_day(last, last.year or said or year)
        if until < since and not last.year:
            until = _last_day(last, (said or year) + 1)
        elif until < since and not first.year:
            since = _first_day(first, last.year - 1)
    except ValueError:
        return None
    return WrittenTerm(since, until, _precision(points, since, until))


def _first_day(point: _Point, year: int) -> datetime.date:
    return datetime.date(point.year or year, point.month, point.day)


def _last_day(point: _Point, year: int) -> datetime.date:
    if not point.months:
        return _first_day(point, year)
    month = point.month + point.months - 1
    return datetime.date(year, month, calendar.monthrange(year, month)[1])


def _precision(points: list[_Point], since: datetime.date, until: datetime.date) -> Precision:
    if len({point.months for point in points}) > 1:
        return Precision.PERIOD
    whole = {1: Precision.MONTH, 3: Precision.QUARTER, 6: Precision.QUARTER, 12: Precision.YEAR}
    return whole.get(points[0].months, Precision.DAY if since == until else Precision.PERIOD)


def _sane(term: WrittenTerm | None) -> WrittenTerm | None:
    if term is None or term.last < term.first or {term.first.year, term.last.year} - set(YEARS):
        return None
    return term
