"""Lines of a centred block made as even as they can be: «Департамент общего образования | Томской области».

CSS has ``text-wrap: balance`` for this; WeasyPrint does not know it.
"""

import functools
import io
from itertools import pairwise

from reports.typesetting import letter_font

POINTS_PER_MM = 72 / 25.4
GROWING = 1.2  # a centred block that widens downwards looks so much worse than its longest line
WORD_JOINER = 0x2060
SLACK = 0.98  # kerning may widen a line a little beyond the sum of its letters


@functools.lru_cache(maxsize=500)
def balanced(text: str, *, face: str, size_pt: float, width_mm: float) -> tuple[str, ...]:
    """The text in the fewest lines that fit the width, the longest of them as short as possible."""
    words = text.split(" ")
    room = width_mm * POINTS_PER_MM * SLACK
    for breaks in range(len(words)):
        lines = _fewest(words, breaks, face, size_pt)
        if max(width_pt(line, face, size_pt) for line in lines) <= room:
            return tuple(lines)
    return tuple(words)


def _fewest(words: list[str], breaks: int, face: str, size_pt: float) -> list[str]:
    """The words in ``breaks + 1`` lines, their longest as short as possible, preferring those that do not grow."""

    @functools.cache
    def best(start: int, left: int) -> tuple[float, tuple[int, ...]]:
        whole = width_pt(" ".join(words[start:]), face, size_pt)
        if left == 0:
            return whole, (len(words),)
        choices = []
        for end in range(start + 1, len(words) - left + 1):
            cost, ends = best(end, left - 1)
            width, below = (width_pt(" ".join(words[a:b]), face, size_pt) for a, b in ((start, end), (end, ends[0])))
            choices.append((max(cost, width, below * (GROWING if below > width else 1)), (end, *ends)))
        return min(choices)

    return [" ".join(words[start:end]) for start, end in pairwise((0, *best(0, breaks)[1]))]


def width_pt(text: str, face: str, size_pt: float) -> float:
    """Points that the text takes in a line, kerning apart."""
    widths, default, units = advances(face)
    return sum(widths.get(ord(letter), default) for letter in text) * size_pt / units


@functools.cache
def advances(face: str) -> tuple[dict[int, int], int, int]:
    """Of each character, of one that the face lacks, and the units of an em that both are in."""
    from fontTools.ttLib import TTFont

    font = TTFont(io.BytesIO(letter_font.face(face)), lazy=True)
    widths = font["hmtx"].metrics
    printed = {code: widths[glyph][0] for code, glyph in font.getBestCmap().items()}
    # Pango prints a word joiner as nothing, whatever the typeface says.
    return printed | {WORD_JOINER: 0}, widths[".notdef"][0], font["head"].unitsPerEm
