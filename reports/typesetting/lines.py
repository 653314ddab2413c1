"""Where the lines of a justified paragraph end: over the whole paragraph at once, so that no gap grows into a river.

WeasyPrint fills line after line and never looks back; a line before a long unbreakable word then opens wide gaps.
Here the ends are chosen by least total badness (after Knuth and Plass, «Breaking Paragraphs into Lines», 1981; lines
only stretch), and written into the text as newlines, which the sheet keeps (``white-space: pre-line``): Pango then lays
each line out once, where it would measure the rest of the paragraph again for every line. The sheet justifies the last
line of what ends in a newline too, so the last line of the paragraph has spaces that do not stretch.
"""

import functools
import re
from collections.abc import Iterator
from itertools import accumulate, pairwise
from typing import Any, NamedTuple

from rcro_portal.lib.russian import NBSP
from reports.typesetting.balance import POINTS_PER_MM, advances
from reports.typesetting.pages import LAST_SPACE
from reports.typesetting.ties import WORD_JOINER

HYPHEN_MARK = "-"
# A word's own hyphen at a line's end: whoever reads the text back keeps it, and drops the sheet's own «-».
OWN_HYPHEN = "\u2010"
# Twice as wide as a space and never justified: a line that would fall apart stays ragged.
WIDE_SPACE = "\u2002"
LEFT_AT_LEAST, RIGHT_AT_LEAST, WORD_AT_LEAST = 3, 3, 6  # letters before and after a hyphen, and of a broken word
SLACK_PT = 0.05
# Costs; a line whose gaps are wider than a space by r spaces costs r⁴.
HYPHEN, AT_OWN_HYPHEN, HYPHEN_AGAIN, HYPHEN_BEFORE_LAST, SHORT_LAST = 0.4, 0.2, 0.8, 4.0, 2.0
LINE, RAGGED = 0.3, 50.0
SHORT_LAST_PT = 20 * POINTS_PER_MM
WIDEST = 3  # spaces that a gap is wide at most
EMPTY = (0.3, 0.8)  # of the width: how empty a line may be, and where no such lines do, how empty then

# Ties that are only good manners give way before a line falls apart; what they cost then.
_MANNERS = (
    (re.compile(r"(?<=[А-ЯЁ]{3})\u00a0(?=«)"), 3.0),  # «ОГБУ «РЦРО»»
    (re.compile(r"(?<=\d)\u00a0(?=[а-яё]{4})"), 4.0),  # «87 педагогов»
    (re.compile(r"(?:(?<=\b\w)|(?<=\b\w\w))(?<!\d)\u00a0(?=[\wа-яё])"), 5.0),  # a preposition at a line's end
)
_WORD = re.compile(rf"[а-яё]{{{WORD_AT_LEAST},}}", re.IGNORECASE)
_OWN = re.compile(r"(?<=[а-яё]{3})-\u2060?(?=[а-яё]{3})", re.IGNORECASE)
_KNOWN = re.compile(r"[A-Za-zА-Яа-яЁё0-9«»„“”\"'().,:;№§%&@+=*_!?…–—/₽ \u00a0\u2060-]+")
# A space at which every version of Unicode's rules (UAX 14) lets a line end: not between a quote and an opening mark,
# «» „» and «» (» (LB15), although spaces stand there.
_SPACE = re.compile(
    r"(?<=[\w.,;:!?…)%₽-]) (?=[\w№§«„…–—-])|(?<=[»”]) (?=[\w№§«…–—-])|(?<=[–—]) (?=[\w№«])|(?<=[\w.,;:!?…)]) (?=\()"
)
# Where a line could end although no space stands there: tied, as the plan knows nothing of it. A piece of a line's
# beginning would fill up the line before, and the rest, which has no place to end at, would run off the sheet.
_LOOSE = re.compile(r"(?<=[-–—/!?….,;:)%])(?=[^ \u00a0\u2060])|(?<=[^ \u00a0\u2060])(?=—)|(?<=[№₽+])(?=[№₽+%„(])")
# Unicode lets a line end between these and a no-break space (UAX 14, LB12a).
_DASH_TIED = re.compile(r"(?<=[-–])\u00a0")


class Fitted(NamedTuple):
    """The text with its line ends, and how many lines it takes."""

    text: str
    lines: int


class _Stop(NamedTuple):
    """A place where a line may end: the text up to ``end`` is printed, the next line begins at ``start``."""

    end: int
    start: int
    cost: float = 0
    mark: str = ""  # what is printed where the line ends


class _Way(NamedTuple):
    """The cheapest way to end a line at some stop."""

    cost: float
    lines: int
    hyphens: int  # in a row, up to here; three are as bad as more
    before: int


class _Measure(NamedTuple):
    """Points from the text's beginning to each stop: as a line's end, as a line's beginning; the spaces so far."""

    ends: list[float]
    starts: list[float]
    spaces_at_end: list[int]
    spaces_at_start: list[int]
    space: float


def fitted(text: str, *, size_pt: float, width_mm: float, indent_mm: float = 0) -> Fitted | None:
    """The paragraph (typeset already) with its line ends; None where the sheet must find them itself:

    for letters of scripts that may break anywhere, and for words that no line holds.
    """
    if not _KNOWN.fullmatch(text):
        return None
    text = _LOOSE.sub(WORD_JOINER, text)
    width, indent = (value * POINTS_PER_MM - SLACK_PT for value in (width_mm, indent_mm))
    stops = _stops(text)
    measure = _measured(text, stops, size_pt)
    chosen = next(filter(None, (_best(stops, measure, width, indent, empty) for empty in EMPTY)), None)
    if chosen is None:
        return None
    return Fitted("".join(_written(text, stops, measure, chosen, width, indent)), len(chosen) - 1)


def _stops(text: str) -> list[_Stop]:
    """From the text's beginning to its end, in order."""
    spaces = [_Stop(found.start(), found.end()) for found in _SPACE.finditer(text)]
    manners = [_Stop(tie.start(), tie.end(), cost) for pattern, cost in _MANNERS for tie in pattern.finditer(text)]
    inside = [
        _Stop(word.start() + place, word.start() + place, HYPHEN, HYPHEN_MARK)
        for word in _WORD.finditer(text)
        if not word[0].isupper()
        for place in _syllables(word[0].lower())
    ]
    own = [_Stop(found.start(), found.end(), AT_OWN_HYPHEN, OWN_HYPHEN) for found in _OWN.finditer(text)]
    return [_Stop(0, 0), *sorted(spaces + manners + inside + own), _Stop(len(text), len(text))]


@functools.lru_cache(maxsize=50_000)
def _syllables(word: str) -> list[int]:
    return [int(place) for place in _dictionary().positions(word)]


@functools.cache
def _dictionary() -> Any:
    import pyphen

    return pyphen.Pyphen(lang="ru_RU", left=LEFT_AT_LEAST, right=RIGHT_AT_LEAST)


def _measured(text: str, stops: list[_Stop], size_pt: float) -> _Measure:
    widths, default, units = advances("regular")
    scale = size_pt / units
    edges = list(accumulate([widths.get(ord(letter), default) * scale for letter in text], initial=0.0))
    spaces = list(accumulate([letter in (" ", NBSP) for letter in text], initial=0))
    hyphen = widths[ord("-")] * scale
    return _Measure(
        [edges[stop.end] + (hyphen if stop.mark else 0) for stop in stops],
        [edges[stop.start] for stop in stops],
        [spaces[stop.end] for stop in stops],
        [spaces[stop.start] for stop in stops],
        widths[ord(" ")] * scale,
    )


def _best(stops: list[_Stop], measure: _Measure, width: float, indent: float, empty: float) -> list[int] | None:
    """The places of stops at which lines end, from the text's beginning to its end; None where some line cannot."""
    ways: dict[int, _Way] = {0: _Way(0, 0, 0, 0)}
    first, last = 0, len(stops) - 1
    for here in range(1, last + 1):
        hyphen, own_cost, emptiest = bool(stops[here].mark), stops[here].cost, width * empty
        best: _Way | None = None
        for start in range(first, here):
            way = ways.get(start)
            if way is None:
                continue
            room = width - (measure.ends[here] - measure.starts[start]) - (0 if start else indent)
            if room < 0:
                first = start + 1
                continue
            if here == last:
                cost = way.cost + _of_last(way, width - room)
            elif room > emptiest:
                break
            else:
                gaps = measure.spaces_at_end[here] - measure.spaces_at_start[start] or 0.1
                stretch = room / gaps / measure.space
                cost = way.cost + own_cost + stretch**4 + way.hyphens * hyphen * HYPHEN_AGAIN
                cost += RAGGED if stretch > WIDEST - 1 else LINE
            if best is None or cost < best.cost:
                best = _Way(cost, way.lines + 1, min(way.hyphens + 1, 3) * hyphen, start)
        if best is not None:
            ways[here] = best
    return _walked(ways, last) if last in ways else None


def _of_last(way: _Way, taken: float) -> float:
    short = way.lines and taken < SHORT_LAST_PT
    return (SHORT_LAST if short else 0) + (HYPHEN_BEFORE_LAST if way.hyphens else 0)


def _walked(ways: dict[int, _Way], last: int) -> list[int]:
    chosen = [last]
    while chosen[-1]:
        chosen.append(ways[chosen[-1]].before)
    return chosen[::-1]


def _written(
    text: str, stops: list[_Stop], measure: _Measure, chosen: list[int], width: float, indent: float
) -> Iterator[str]:
    for start, end in pairwise(chosen):
        line = _DASH_TIED.sub(WORD_JOINER + NBSP, text[stops[start].start : stops[end].end].replace(" ", NBSP))
        room = width - (measure.ends[end] - measure.starts[start]) - (0 if start else indent)
        if end == chosen[-1]:
            yield line.replace(NBSP, LAST_SPACE + WORD_JOINER)
        elif room > line.count(NBSP) * measure.space * (WIDEST - 1):
            yield line.replace(NBSP, WIDE_SPACE + WORD_JOINER) + stops[end].mark + "\n"
        else:
            yield line + stops[end].mark + "\n"
