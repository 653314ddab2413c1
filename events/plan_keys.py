"""The order of a plan's items: sections and numbers as offices write them, Roman ones by their value."""

import re

from rcro_portal.lib import russian
from rcro_portal.lib.search import SortKeyField

_ROMAN = {"i": 1, "v": 5, "x": 10}
_ROMAN_PLACE = re.compile(r"(?:раздел\s+)?([ivx]{1,7})(?=[.\s)]|$)")


def plan_key(text: str) -> str:
    """As ``sort_key``; «IX.» and «Раздел IX» stand after «V.», by their number."""
    folded = text.casefold()
    found = _ROMAN_PLACE.match(folded)
    return russian.sort_key(f"{_arabic(found[1])} {folded[found.end() :]}" if found else text)


def _arabic(roman: str) -> int:
    values = [_ROMAN[letter] for letter in roman]
    return sum(
        -value if value < following else value for value, following in zip(values, [*values[1:], 0], strict=True)
    )


class PlanKeyField(SortKeyField):
    key = staticmethod(plan_key)
