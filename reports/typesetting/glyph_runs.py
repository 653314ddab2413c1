"""A line of text as the glyphs that WeasyPrint would print: their widths, kerned where the typeface kerns Cyrillic.

Only what needs no shaping: letters, figures, spaces and marks that have one glyph each. ``Unshaped`` says that a line
holds anything else; it is drawn then. The arithmetic is that of Pango (1/1024 of a unit) and of WeasyPrint's text
operators (whole thousandths of an em), so that a filled line stands where a drawn one does.
"""

import functools
import io
import itertools
import unicodedata
from typing import Any, NamedTuple

from reports.typesetting import letter_font

PANGO = 1024
# Where two of these meet nothing is composed, reordered or joined; the second row kerns as Cyrillic does.
_PLAIN = {"Lu", "Ll", "Nd", "Zs", "Pd", "Po", "Ps", "Pe", "Pi", "Pf", "So"}
_KERNED_BESIDE = " -'’"


class Unshaped(Exception):
    """The line wants a shaper."""


class Face(NamedTuple):
    """Of one face: the glyph of each character, advances in font units, kerning of pairs of glyphs, units of an em."""

    glyphs: dict[int, int]
    advances: list[int]
    kerning: dict[tuple[int, int], int]
    units: int


class Run(NamedTuple):
    """The operand of TJ, and the width in the units of the size."""

    operand: bytes
    width: float


def run(text: str, *, face: str, size: float, kerned: bool) -> Run:
    """Raises Unshaped."""
    before = _pairs(face, round(size * PANGO), kerned)
    placed = [before[pair] for pair in itertools.zip_longest(text, text[1:], fillvalue="")]
    operand = "".join([said for said, _ in placed])
    return Run(f"<{operand}>".replace("<>", "").encode(), sum([width for _, width in placed]) / PANGO)


class _Pairs(dict[tuple[str, str], tuple[str, int]]):
    """What a character adds to the operand, and its width, before the next one; each pair is reckoned once."""

    def __init__(self, face: str, scale: int, kerned: bool) -> None:
        super().__init__()
        self.font, self.scale, self.kerned = described(face), scale, kerned

    def __missing__(self, pair: tuple[str, str]) -> tuple[str, int]:
        font, scale = self.font, self.scale
        glyph = _glyph(font, pair[0], kerned=self.kerned)
        following = _glyph(font, pair[1], kerned=self.kerned) if pair[1] else 0
        advance = _scaled(font.advances[glyph], scale, font.units)
        kern = font.kerning.get((glyph, following), 0) if self.kerned else 0
        width = advance + _scaled(kern, scale, font.units)
        said = f"{glyph:04x}"
        # The file's own width of a glyph is in whole thousandths; what it misses by is kerning too, cut off.
        if left := round(advance * 1000 / scale) - width * 1000 / scale:
            said += f">{int(left)}<"
        self[pair] = said, width
        return self[pair]


# A certificate has few faces and sizes, and lines of few letters: those of its alphabets.
_pairs = functools.lru_cache(maxsize=32)(_Pairs)


def _scaled(value: int, scale: int, units: int) -> int:
    """From font units to those of Pango, rounded as HarfBuzz does."""
    return (value * ((scale << 16) // units) + 0x8000) >> 16


def _glyph(font: Face, character: str, *, kerned: bool) -> int:
    glyph = font.glyphs.get(ord(character))
    if glyph is None or unicodedata.category(character) not in _PLAIN:
        raise Unshaped(character)
    is_cyrillic = "CYRILLIC" in unicodedata.name(character, "")
    if kerned and not is_cyrillic and character not in _KERNED_BESIDE:
        raise Unshaped(character)
    return glyph


@functools.cache
def described(face: str) -> Face:
    from fontTools.ttLib import TTFont

    font = TTFont(io.BytesIO(letter_font.face(face)), lazy=True)
    numbers = font.getReverseGlyphMap()
    metrics = font["hmtx"].metrics
    return Face(
        glyphs={code: numbers[name] for code, name in font.getBestCmap().items()},
        advances=[metrics[name][0] for name in font.getGlyphOrder()],
        kerning=_kerning(font["GPOS"].table, numbers),
        units=font["head"].unitsPerEm,
    )


def _kerning(table: Any, numbers: dict[str, int]) -> dict[tuple[int, int], int]:
    """What the feature ``kern`` of Cyrillic adds between two glyphs: the sum over its lookups of pairs."""
    script = next(one.Script for one in table.ScriptList.ScriptRecord if one.ScriptTag == "cyrl")
    features = [table.FeatureList.FeatureRecord[index] for index in script.DefaultLangSys.FeatureIndex]
    kern = next(one.Feature for one in features if one.FeatureTag == "kern")
    found: dict[tuple[int, int], int] = {}
    for index in sorted(kern.LookupListIndex):
        for pairs in table.LookupList.Lookup[index].SubTable:
            for first, following in zip(pairs.Coverage.glyphs, pairs.PairSet, strict=True):
                for record in following.PairValueRecord:
                    pair = (numbers[first], numbers[record.SecondGlyph])
                    found[pair] = found.get(pair, 0) + getattr(record.Value1, "XAdvance", 0)
    return found
