"""Russian names in Latin letters, whichever way they were written: each Russian letter as all schemes have it.

Passports of several years, ГОСТ 7.79, BGN and habit mix in one name («Shcherbakova Yuliya», «Juliia»); the way back
would leave «Zhанна» half Latin. So a Latin word is asked whether it may be this Russian one.
"""

import re
from functools import lru_cache

_SPELLED = {
    "а": "a", "б": "b", "в": "v w", "г": "g h", "д": "d", "е": "e ye je ie", "ж": "zh j z g", "з": "z s",
    "и": "i y ii", "й": "i y j _", "к": "k c q", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
    "с": "s c ss", "т": "t", "у": "u ou oo", "ф": "f ph", "х": "kh h x ch", "ц": "ts c tz cz", "ч": "ch tch cz c",
    "ш": "sh sch s", "щ": "shch sch sh shh", "ъ": "_ ie", "ы": "y i", "ь": "_ i y j", "э": "e", "ю": "yu iu ju u",
    "я": "ya ia ja a",
}  # fmt: skip
# Of ё a Latin word shows more than the е that it is folded to.
_YO = "e yo jo io ye je ie"
_WHOLE = (("кс", "(?:ks|x)"), ("ий", "(?:iy|ij|ii|yi|yy|i|y)"), ("ый", "(?:yy|yi|yj|iy|y|i)"))
_MARKS = re.compile("['’ʹʼ`\"ʺ]")
_BARE = str.maketrans({"ž": "zh", "š": "sh", "č": "ch", "ŝ": "shch", "û": "yu", "â": "ya", "è": "e", "ë": "yo"})


def bare(word: str) -> str:
    """A Latin word, small, without the signs that stand for ь and ъ."""
    return _MARKS.sub("", word.lower()).translate(_BARE)


def may_be(latin: str, russian: str) -> bool:
    """Whether the Latin word (``bare``) is this Russian one (folded) in any spelling of its letters."""
    return bool(_pattern(russian).fullmatch(latin))


def initials(latin: str) -> frozenset[str]:
    """With which Russian letters a word may begin whose first Latin letter is this."""
    return frozenset(letter for letter, ways in _SPELLED.items() if any(way[0] == latin for way in ways.split()))


@lru_cache(maxsize=20_000)
def _pattern(russian: str) -> re.Pattern[str]:
    parts, rest = [], russian
    while rest:
        pair = next(((whole, way) for whole, way in _WHOLE if rest.startswith(whole)), None)
        parts.append(pair[1] if pair else _letter(rest[0]))
        rest = rest[2 if pair else 1 :]
    return re.compile("".join(parts))


def _letter(letter: str) -> str:
    ways = (_YO if letter == "е" else _SPELLED.get(letter, re.escape(letter))).split()
    return "(?:{})".format("|".join("" if way == "_" else way for way in sorted(ways, key=len, reverse=True)))
