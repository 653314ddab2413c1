"""Numbers, days and times of cells as the texts that people see of them."""

import datetime
import re

_ZEROS = re.compile(r"0{2,30}")
# Letters of a format outside of what it quotes, escapes or puts into brackets.
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]', re.IGNORECASE)
_DAY_LETTERS, _TIME_LETTERS = re.compile(r"[dyдг]", re.IGNORECASE), re.compile(r"[hsчс]|am/pm", re.IGNORECASE)
_BUILT_IN_DAYS, _BUILT_IN_TIMES = {14, 15, 16, 17, 22, *range(27, 37), *range(50, 59)}, {18, 19, 20, 21, 45, 46, 47}
_DAY = datetime.timedelta(days=1)


def number(value: float) -> str:
    """«7010000000», never «7.01E9»; what is no whole number as short as it can be told."""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return repr(round(value, 10)) if abs(value) < 1e6 else repr(value)


def day(value: datetime.date) -> str:
    """«05.10.2026», with its time where it has one."""
    text = f"{value.day:02}.{value.month:02}.{value.year:04}"
    if isinstance(value, datetime.datetime) and (value.hour or value.minute or value.second):
        text += f" {time(value.time())}"
    return text


def time(value: datetime.time) -> str:
    return f"{value.hour:02}:{value.minute:02}" + (f":{value.second:02}" if value.second else "")


def is_of_days(number_format: int | str) -> bool:
    """A cell of this format (built in: its number) shows a day or a time."""
    if isinstance(number_format, int):
        return number_format in _BUILT_IN_DAYS | _BUILT_IN_TIMES
    bare = _LITERAL.sub("", number_format.split(";", 1)[0])
    return bool(_DAY_LETTERS.search(bare) or _TIME_LETTERS.search(bare))


def zeros(number_format: int | str) -> int:
    """How many figures «00000» always shows; 0 for other formats."""
    return len(number_format) if isinstance(number_format, str) and _ZEROS.fullmatch(number_format) else 0


def counted_day(serial: float, *, since_1904: bool) -> str:
    """A day as spreadsheets count it; below 1 a time alone. What is no day stays a number."""
    seconds = round((serial % 1) * 86_400)
    if 0 <= serial < 1:
        return time((datetime.datetime.min + datetime.timedelta(seconds=seconds)).time())  # noqa: DTZ901
    begin = datetime.datetime(1904, 1, 1) if since_1904 else datetime.datetime(1899, 12, 30)  # noqa: DTZ001
    try:
        return day(begin + int(serial) * _DAY + datetime.timedelta(seconds=seconds))
    except OverflowError:
        return number(serial)


def iso(text: str) -> str:
    """«2026-03-02», «2026-03-02T14:30:00» as a day; other texts as they are."""
    try:
        return day(datetime.datetime.fromisoformat(text))
    except ValueError:
        return text
