"""Moments and durations as platforms write them: «18.09.2020 03:05 PM», «04/10/2020 07:21:08 PM», «1h 27m 51s»."""

import datetime
import re
from dataclasses import dataclass
from typing import Literal

type Order = Literal["day", "month"]

_MONTHS = (
    *("янв", "фев", "мар", "апр", "ма", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"),
    *("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"),
)
_ISO = re.compile(r"\b(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?=\D|$)")
_NUMBERS = re.compile(r"\b(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?!\d)")
_DAY_WORD = re.compile(r"\b(\d{1,2})[ -]([a-zа-яё]{3,})\.?,? (\d{4})")
_WORD_DAY = re.compile(r"\b([a-zа-яё]{3,})\.? (\d{1,2}),? (\d{4})")
_TIME = re.compile(
    r"(?:^|[ t,])(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*([ap])?\.?\s?(?:(?<=[ap])\.?m\.?|(?<=[ap] )m\.?)?"
)
_ZONE = re.compile(r"(?:(?:utc|gmt)\s*)?([+-])(\d{1,2})(?::?(\d{2}))?\)?$|(utc|gmt|z|мск|msk)\)?$")
MOSCOW = datetime.timedelta(hours=3)
_CLOCK = re.compile(r"(\d{1,4}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?")
_UNITS = re.compile(r"(\d+(?:[.,]\d+)?)\s*(ч|h|мин|m|с|s)[a-zа-я]*\.?")
_SECONDS = {"ч": 3600, "h": 3600, "мин": 60, "m": 60, "с": 1, "s": 1}
# Spreadsheets count days from here: of a duration above a day they show a date.
_BEGIN_OF_DAYS = datetime.date(1899, 12, 30)


@dataclass(frozen=True)
class Written:
    """What stands in a cell: a day, if it says one (two where day and month may be either), a time, perhaps a zone."""

    by_day: datetime.date | None
    by_month: datetime.date | None
    time: datetime.time | None
    offset: datetime.timedelta | None = None

    @property
    def is_ambiguous(self) -> bool:
        return self.by_day != self.by_month

    def date(self, order: Order) -> datetime.date | None:
        """None where the cell holds a time alone, or no day of the calendar in this order."""
        return self.by_day if order == "day" else self.by_month


def read(text: str) -> Written | None:
    """None where there is neither a day nor a time."""
    told = " ".join(text.replace("\u202f", " ").replace("\u00a0", " ").lower().split())
    days = _days(told)
    time = _time(told)
    if days is None and time is None:
        return None
    return Written(*(days or (None, None)), time, _offset(told) if time else None)


def _days(text: str) -> tuple[datetime.date | None, datetime.date | None] | None:
    """The day read day first and month first; dots are day first, and a year in front leaves no choice."""
    if found := _ISO.search(text):
        return (_date(*map(int, found.groups())),) * 2
    if found := _NUMBERS.search(text):
        first, second, year = int(found[1]), int(found[3]), _year(found[4])
        by_day = _date(year, second, first)
        return by_day, by_day if found[2] == "." else _date(year, first, second)
    if found := _DAY_WORD.search(text):
        return (_date(int(found[3]), _month(found[2]), int(found[1])),) * 2
    if found := _WORD_DAY.search(text):
        return (_date(int(found[3]), _month(found[1]), int(found[2])),) * 2
    return None


def _month(word: str) -> int:
    return next((place % 12 + 1 for place, stem in enumerate(_MONTHS) if word.startswith(stem)), 0)


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def _date(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def _time(text: str) -> datetime.time | None:
    found = _TIME.search(text)
    if not found:
        return None
    hour, minute, second = int(found[1]), int(found[2]), int(found[3] or 0)
    if found[4] and hour <= 12:
        # «15:05 PM» is written too: the hour says it already.
        hour = hour % 12 + (12 if found[4] == "p" else 0)
    try:
        return datetime.time(hour, minute, second)
    except ValueError:
        return None


def _offset(text: str) -> datetime.timedelta | None:
    """How far the clock is ahead of UTC, where the cell says so."""
    found = _ZONE.search(text)
    if not found:
        return None
    if found[4]:
        return MOSCOW if found[4] in ("мск", "msk") else datetime.timedelta()
    ahead = datetime.timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    return -ahead if found[1] == "-" else ahead


def duration(text: str, *, unit: int = 60) -> float | None:
    """Seconds; a bare number counts in ``unit``. «26:30» are hours and minutes, «1:05:00» hours in front."""
    told = " ".join(text.replace("\u00a0", " ").lower().split())
    if not told:
        return None
    day = _days(told)
    if day and day[0] and day[0].year in (1899, 1900):
        time = _time(told) or datetime.time()
        return (day[0] - _BEGIN_OF_DAYS).days * 86_400 + time.hour * 3600 + time.minute * 60 + time.second
    if found := _CLOCK.fullmatch(told):
        return int(found[1]) * 3600 + int(found[2]) * 60 + int(found[3] or 0)
    if re.fullmatch(r"\d+(?:[.,]\d+)?", told):
        return float(told.replace(",", ".")) * unit
    told = told.removeprefix("pt") if told.startswith("pt") else told
    parts = _UNITS.findall(told)
    return sum(float(number.replace(",", ".")) * _SECONDS[name] for number, name in parts) if parts else None
