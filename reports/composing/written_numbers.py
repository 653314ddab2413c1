"""Numbers of letters as people write them: «№ 941», «№941», «исх. № 01-12/941 от 25.09.2020 г.», «И-945А».

Two spellings name one number where their words and figures are the same: case, spaces, dashes and look-alikes differ.
"""

import datetime
import re
from typing import Any, NamedTuple

from django.db.models import Q

from rcro_portal.lib import search, written_days
from rcro_portal.lib.russian import search_key
from reports.models import RegisterEntry

_SIGN = re.compile(
    r"^(?:письм[оауе]м?\s+)?(?:исх(?:одящ\w*)?\.?\s*)?(?:(?:№|N[°º]|N[oо]?\.?(?=\s))\s*)+(?=\S)", re.IGNORECASE
)
_OUTGOING = re.compile(r"^исх(?:одящ\w*)?\.?\s+(?=\S)", re.IGNORECASE)
_DAY = re.compile(rf"[\s,]+(?:от\s+)?(?P<day>{written_days.PATTERN})\s*$", re.IGNORECASE)
_NUMBER = re.compile(r"[\w./-]*\d[\w./‐-―-]*")
# A column of the database holds no greater sequence.
_SEQUENCE_FIGURES = 9


class Written(NamedTuple):
    """A number without its sign, and its day where that was written too."""

    number: str
    day: datetime.date | None = None


def split(text: str) -> Written:
    """The number without «№», and the day that stands behind it; a text that is no number comes back as it is."""
    text = " ".join(text.split())
    found = _DAY.search(text)
    day = written_days.read(found["day"]) if found else None
    number = text[: found.start()] if found and day else text
    for sign in (_SIGN, _OUTGOING):
        number = sign.sub("", number)
    return Written(number.strip(), day)


def with_day(cleaned: dict[str, Any], number: str, day: str) -> None:
    """For a form with a number and a field for its day: a day typed behind the number goes to its own field."""
    if number not in cleaned:
        return
    written = split(cleaned[number])
    cleaned[number] = written.number
    if written.day and not cleaned.get(day):
        cleaned[day] = written.day


def is_number(text: str) -> bool:
    """One word with a figure in it: «941», «01-12/941», «И-945а»."""
    return bool(_NUMBER.fullmatch(text))


def named(text: str, day: datetime.date | None = None) -> list[int]:
    """Keys of the register's rows that bear exactly this number, on the day that is given or written; oldest first."""
    written = split(text)
    wanted, day = search_key(written.number), day or written.day
    rows = RegisterEntry.objects.filter(sequence__in=_sequences(wanted)).order_by("pk")
    rows = rows.filter(registered_on=day) if day else rows
    return [pk for pk, number in rows.values_list("pk", "number") if search_key(number) == wanted]


def _sequences(key: str) -> list[int]:
    return [int(word) for word in key.split() if word.isdecimal() and len(word) <= _SEQUENCE_FIGURES]


def borne(words: str, prefix: str = "") -> Q:
    """Rows whose number is what was typed, or ends in it («7730» finds «01-25/7730»), on the day typed behind it.

    Nothing where no number was typed. ``prefix`` leads from the rows asked to those of the register.
    """
    written = split(words)
    request = search.parse(f'"{written.number}"') if is_number(written.number) else []
    if not request:
        return Q(pk__in=[])
    found = search.held(request, texts=[f"{prefix}number"])
    return found & Q(**{f"{prefix}registered_on": written.day}) if written.day else found
