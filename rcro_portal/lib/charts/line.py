"""Lines over years, a panel with a scale of its own for each series: close numbers would hide one another."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from django.utils.safestring import SafeString

from rcro_portal.lib.charts import svg
from rcro_portal.lib.charts.chart import Chart
from rcro_portal.lib.charts.marks import EDGE, GRID, SIZE, WIDTH, Mark, Series, frame, linked
from rcro_portal.lib.charts.shades import INK, WHITE

LEFT, RIGHT, HEIGHT, HEAD, FOOT = 44, 34, 110, 66, 34
PANEL = HEAD + HEIGHT + FOOT
STEPS, TICKS = (1, 2, 5), 2
# From the middle of a star to its points, by turns far and near.
STAR = "M{x} {y}m0 -9l2.6 5.6l6 .7l-4.5 4.1l1.2 6l-5.3 -3l-5.3 3l1.2 -6l-4.5 -4.1l6 -.7z"


def line(title: str, labels: Sequence[str], series: Sequence[Series], *, about: str = "", note: str = "") -> Chart:
    """``labels`` stand below each panel, from the left; what a mark ``said`` is a star above its point."""
    parts = [part for number, one in enumerate(series) for part in _panel(number * PANEL, labels, one)]
    return Chart(title, frame(title, about, len(series) * PANEL, *parts), [], note)


class _Panel(NamedTuple):
    """Where a number of a label stands."""

    top: float
    step: int
    labels: int

    def x(self, place: int) -> float:
        room = WIDTH - LEFT - RIGHT
        return round(LEFT + 16 + (room * place / (self.labels - 1) if self.labels > 1 else room / 2), 1)

    def y(self, value: float) -> float:
        return round(self.top + HEAD + HEIGHT - HEIGHT * value / (self.step * TICKS), 1)


def _panel(top: float, labels: Sequence[str], series: Series) -> Iterator[SafeString]:
    panel = _Panel(top, _step(max((mark.value for mark in series.marks if mark), default=0)), len(labels))
    yield svg.text(series.words, x=0, y=top + 18, size=SIZE + 1, fill=INK, weight=600, anchor="start")
    yield from _grid(panel, labels)
    yield from _lines(panel, series)
    for place, mark in enumerate(series.marks):
        if mark:
            yield from _point(mark, panel.x(place), panel.y(mark.value))


def _step(greatest: int) -> int:
    """Between two lines of the grid: 1, 2, 5, 10, …, so that they hold the greatest."""
    size = 1
    while size * STEPS[-1] * TICKS < greatest:
        size *= 10
    return next(one * size for one in STEPS if one * size * TICKS >= greatest)


def _grid(panel: _Panel, labels: Sequence[str]) -> Iterator[SafeString]:
    for number in range(TICKS + 1):
        value = number * panel.step
        y = panel.y(value)
        yield svg.element("line", x1=LEFT, y1=y, x2=WIDTH, y2=y, stroke=GRID, stroke_width=1)
        yield svg.text(str(value), x=LEFT - 8, y=y + 5, size=SIZE, fill=INK, anchor="end")
    for place, words in enumerate(labels):
        yield svg.text(words, x=panel.x(place), y=panel.top + HEAD + HEIGHT + 20, size=SIZE - 1, fill=INK)


def _lines(panel: _Panel, series: Series) -> Iterator[SafeString]:
    """Broken where nothing is known."""
    known = [f"{panel.x(at)},{panel.y(mark.value)}" if mark else "|" for at, mark in enumerate(series.marks)]
    for part in " ".join(known).split("|"):
        if " " in part.strip():
            yield svg.element("polyline", points=part.strip(), fill="none", stroke=EDGE, stroke_width=2.5)


def _point(mark: Mark, x: float, y: float) -> Iterator[SafeString]:
    room = svg.element("circle", cx=x, cy=y, r=17, fill=WHITE, fill_opacity=0)
    dot = svg.element("circle", cx=x, cy=y, r=5, fill=EDGE, stroke=WHITE, stroke_width=1.5)
    number = svg.text(str(mark.value), x=x, y=round(y - 11, 1), size=SIZE, fill=INK, weight=600)
    yield linked(mark, room, number, dot)
    if mark.said:
        star = svg.element("path", d=STAR.format(x=x, y=round(y - 33, 1)), fill=WHITE, stroke=EDGE, stroke_width=1.5)
        yield svg.linked(mark.said_url, mark.said, star, tabindex=-1)
