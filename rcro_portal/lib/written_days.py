"""Days as Russian offices write them: «12 марта 2015 г.», «12.03.15», «2015-03-12». Knows no clock."""

import datetime
import re

from rcro_portal.lib.russian import MONTHS

_NAMES = ("январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь")
NOMINATIVES = (*_NAMES, "декабрь")
# With what may follow the year; for patterns of others, which read a day inside a text.
PATTERN = (
    r"(?:\d{1,2}[./]\d{1,2}[./](?:\d{4}|\d\d)(?!\d)|\d{4}-\d\d-\d\d|[«\"„]?\d{1,2}[»\"“]?\s+[а-яё]{3,8}\.?,?\s+\d{4})"
    r"(?:\s*(?:года|г\.?)(?!\w))?"
)
_NUMBERS = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4}|\d\d)")
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_WORDS = re.compile(r"[«\"„]?(\d{1,2})[»\"“]?\s+([а-яё]{3,8})\.?,?\s+(\d{4})")
_SHORT = "|".join(name[:3] for name in (*_NAMES, "декабрь", "мая"))
# What a spreadsheet makes of «12/1»: «12.янв», «янв.12», «1-дек».
_MADE_OF_A_NUMBER = re.compile(rf"\d{{1,2}}[. -](?:{_SHORT})\w*\.?|(?:{_SHORT})\w*[. -]\d{{1,4}}", re.IGNORECASE)
_YEAR_WORD = re.compile(r"\s*(?:года|г\.?)$")
# A year of two figures belongs to this century up to 68, as everywhere else.
_THIS_CENTURY = 68


def read(text: str) -> datetime.date | None:
    """The day that the text is, alone; nothing where it is no day of the calendar."""
    text = _YEAR_WORD.sub("", " ".join(text.casefold().split()))
    if found := _NUMBERS.fullmatch(text):
        return _day(_year(found[3]), int(found[2]), int(found[1]))
    if found := _ISO.fullmatch(text):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _WORDS.fullmatch(text):
        return _day(int(found[3]), _month(found[2]), int(found[1]))
    return None


def is_like(text: str) -> bool:
    """A day, or what a spreadsheet shows of one: «12.янв» was a number once, which nobody can tell back."""
    return read(text) is not None or bool(_MADE_OF_A_NUMBER.fullmatch(text.strip()))


def _year(written: str) -> int:
    year = int(written)
    if len(written) == 4:
        return year
    return year + (2000 if year <= _THIS_CENTURY else 1900)


def _month(word: str) -> int:
    """«марта», «март», «мар», «сент»; 0 where it names none."""
    for number, names in enumerate(zip(MONTHS, NOMINATIVES, strict=True), start=1):
        if any(name.startswith(word) for name in names):
            return number
    return 0


def _day(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None
