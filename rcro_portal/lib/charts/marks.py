"""What the kinds of charts are given: series of marks, each with its number, its words and where it leads."""

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.safestring import SafeString

from rcro_portal.lib.charts import svg
from rcro_portal.lib.charts.shades import FILLS, INK

WIDTH = 480
# Of a letter of type 14 high, capitals among them.
LETTER, SIZE = 8.8, 14
EDGE, LINE, GRID = "#0f5257", 34, "#c9cfcc"
# By the place of a series: far enough apart in lightness for grey paper; beside each part stands its number.
TONES = (FILLS[4], FILLS[2], FILLS[0])


class Mark(NamedTuple):
    """``title`` is what it says to those who hear it; ``low`` and ``high`` how far the numbers behind it lie apart."""

    value: int
    title: str
    url: str = ""
    low: int | None = None
    high: int | None = None
    said: str = ""
    said_url: str = ""

    @property
    def words(self) -> str:
        """«12», or «12 (7–20)»."""
        is_spread = self.low is not None and self.high is not None
        return f"{self.value} ({self.low}–{self.high})" if is_spread else str(self.value)

    @property
    def greatest(self) -> int:
        return max(self.value, self.high or 0)


class Series(NamedTuple):
    """One mark for each label of the chart, in their order; None where nothing is known."""

    words: str
    marks: Sequence[Mark | None]


def frame(title: str, about: str, height: float, *parts: SafeString, width: float = WIDTH) -> SafeString:
    """The picture with its name and what it shows in a sentence."""
    return svg.element(
        "svg",
        svg.element("title", title),
        svg.element("desc", about),
        *parts,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width} {height:g}",
        font_family=svg.FONT,
        role="group",
        aria_label=title,
    )


def legend(series: Sequence[Series]) -> list[SafeString]:
    """A line for each series with its tone, where there are several; in the picture, so that a file has it too."""
    return [_key(24 * place, place, one.words) for place, one in enumerate(series)] if len(series) > 1 else []


def legend_height(series: Sequence[Series]) -> int:
    return 24 * len(series) + 8 if len(series) > 1 else 0


def _key(top: float, place: int, words: str) -> SafeString:
    box = svg.element("rect", x=4.5, y=top + 3.5, width=17, height=17, fill=TONES[place], stroke=EDGE)
    return svg.element("g", box, svg.text(words, x=36, y=top + 17, size=SIZE, fill=INK, anchor="start"))


def linked(mark: Mark, *inner: SafeString) -> SafeString:
    """For mouse and finger; the keyboard finds the same links in the table beside, once."""
    return svg.linked(mark.url, mark.title, *inner, tabindex=-1)


def shortened(words: str, letters: int) -> str:
    return words if len(words) <= letters else f"{words[: letters - 1].rstrip()}…"
