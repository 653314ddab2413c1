"""Bars from the left, a line for each label; beside one another, or stacked into one."""

from collections.abc import Iterator, Sequence

from django.utils.safestring import SafeString

from rcro_portal.lib.charts import svg
from rcro_portal.lib.charts.chart import Chart
from rcro_portal.lib.charts.marks import (
    EDGE,
    LETTER,
    LINE,
    SIZE,
    TONES,
    WIDTH,
    Mark,
    Series,
    frame,
    legend,
    legend_height,
    linked,
    shortened,
)
from rcro_portal.lib.charts.shades import INK, WHITE

LABEL_LETTERS = 22
# Room for «12 (7–20)» behind the longest bar.
BEHIND, BEHIND_SPREAD = 52, 96


def bars(title: str, labels: Sequence[str], series: Sequence[Series], *, about: str = "", note: str = "") -> Chart:
    """Each bar with its number; where numbers lie apart, a thin line from the lower quartile to the upper one."""
    left, top = _label_width(labels), legend_height(series)
    marks = [mark for one in series for mark in one.marks if mark]
    behind = BEHIND_SPREAD if any(mark.low is not None for mark in marks) else BEHIND
    scale = (WIDTH - left - behind) / max([1, *(mark.greatest for mark in marks)])
    high = LINE * len(series)
    parts: list[SafeString] = []
    for row, words in enumerate(labels):
        first = top + row * (high + 4)
        parts.append(_label(words, left, first + high / 2))
        for place, one in enumerate(series):
            if mark := one.marks[row]:
                parts.append(_bar(mark, place, left, first + place * LINE, scale))
    height = top + len(labels) * (high + 4)
    return Chart(title, frame(title, about, height, *legend(series), *parts), [], note)


def stacked(title: str, labels: Sequence[str], series: Sequence[Series], *, about: str = "", note: str = "") -> Chart:
    """One bar of all series for each label; below it their numbers, which a narrow part would not hold."""
    left, top = _label_width(labels), legend_height(series)
    wholes = [sum(mark.value for mark in _of_row(series, row) if mark) for row in range(len(labels))]
    scale = (WIDTH - left - BEHIND) / max([1, *wholes])
    parts: list[SafeString] = []
    for row, words in enumerate(labels):
        first = top + row * (2 * LINE + 8)
        parts.append(_label(words, left, first + LINE / 2))
        parts += _parts_of_bar(_of_row(series, row), left, first, scale)
        parts.append(_behind(str(wholes[row]), left + wholes[row] * scale, first))
    height = top + len(labels) * (2 * LINE + 8)
    return Chart(title, frame(title, about, height, *legend(series), *parts), [], note)


def _of_row(series: Sequence[Series], row: int) -> list[Mark | None]:
    return [one.marks[row] for one in series]


def _parts_of_bar(marks: Sequence[Mark | None], left: float, first: float, scale: float) -> Iterator[SafeString]:
    at = left
    for place, mark in enumerate(marks):
        if mark and mark.value:
            width = mark.value * scale
            yield linked(mark, _rect(place, at, first, width))
            at += width
    for place, mark in enumerate(marks):
        if mark:
            x = left + place * 84
            key = svg.element(
                "rect", x=x + 0.5, y=first + LINE + 9.5, width=13, height=13, fill=TONES[place], stroke=EDGE
            )
            room = svg.element("rect", x=x, y=first + LINE - 1, width=80, height=LINE, fill=WHITE, fill_opacity=0)
            number = svg.text(str(mark.value), x=x + 20, y=first + LINE + 21, size=SIZE, fill=INK, anchor="start")
            yield linked(mark, room, key, number)


def _bar(mark: Mark, place: int, left: float, first: float, scale: float) -> SafeString:
    end, parts = left + mark.value * scale, [_rect(place, left, first, mark.value * scale)]
    if mark.low is not None and mark.high is not None:
        low, end = left + mark.low * scale, max(end, left + mark.high * scale)
        parts += [_rule(low, first + LINE / 2, left + mark.high * scale, first + LINE / 2)]
        parts += [_rule(x, first + 10, x, first + LINE - 10) for x in (low, left + mark.high * scale)]
    return linked(mark, *parts, _behind(mark.words, end, first))


def _behind(words: str, end: float, first: float) -> SafeString:
    """The number behind the end of its bar."""
    return svg.text(words, x=f"{end + 8:.1f}", y=first + 22, size=SIZE, fill=INK, weight=600, anchor="start")


def _rect(place: int, x: float, first: float, width: float) -> SafeString:
    look = {"fill": TONES[place], "stroke": EDGE, "stroke_width": 1}
    return svg.element("rect", x=f"{x:.1f}", y=first + 4, width=f"{max(width, 1):.1f}", height=LINE - 8, **look)


def _rule(x1: float, y1: float, x2: float, y2: float) -> SafeString:
    """A dark line with a light edge, so that it is seen on the bar and beside it."""
    ends = {"x1": f"{x1:.1f}", "y1": y1, "x2": f"{x2:.1f}", "y2": y2}
    under = svg.element("line", **ends, stroke=WHITE, stroke_width=5)
    return SafeString(under + svg.element("line", **ends, stroke=INK, stroke_width=2))


def _label_width(labels: Sequence[str]) -> float:
    longest = max((len(shortened(words, LABEL_LETTERS)) for words in labels), default=0)
    return round(longest * LETTER + 14, 1)


def _label(words: str, left: float, middle: float) -> SafeString:
    return svg.text(shortened(words, LABEL_LETTERS), x=left - 10, y=middle + 5, size=SIZE, fill=INK, anchor="end")
