"""The letter's typeface: one whole family from disk. What it cannot print is refused before anything is drawn.

A single character without a glyph would fall to another font and garble the extracted text of its whole run.
"""

import functools
import hashlib
import unicodedata
from pathlib import Path

from django.conf import settings

from rcro_portal.lib.refusals import Refusal
from rcro_portal.lib.text import excerpt

FACES = {
    "regular": "400Regular/Tinos_400Regular.ttf",
    "bold": "700Bold/Tinos_700Bold.ttf",
}
SPACES = "\n\r\t"
# Letters and marks of scripts that run from right to left: they would turn the line around them.
RIGHT_TO_LEFT = {"R", "AL", "AN", "RLE", "RLO", "LRE", "LRO", "PDF", "RLI", "LRI", "FSI", "PDI"}


class CannotDraw(Refusal):
    """The letter was not drawn; nothing has changed."""


class FontMissing(CannotDraw):
    """The typeface is not installed; another one must not take its place."""


class UnknownGlyph(CannotDraw):
    """The text holds a character that the typeface cannot print."""


def face(name: str) -> bytes:
    """The bytes of the face named in FACES. Raises FontMissing."""
    file = Path(settings.LETTER_FONT_DIR) / FACES[name]
    try:
        return file.read_bytes()
    except OSError as error:
        raise FontMissing(
            f"Письмо не напечатано: нет шрифта {file.name}. Администратору: выполните script/setup."
        ) from error


@functools.cache
def digest() -> str:
    """One sha256 over all faces: two installations with the same digest print alike."""
    return hashlib.sha256(b"".join(face(name) for name in FACES)).hexdigest()


def missing_glyphs(text: str) -> list[str]:
    """The characters of the text that cannot be printed, each once, in order of appearance."""
    return [character for character in dict.fromkeys(text) if character not in SPACES and not _prints(character)]


def refuse_unknown(text: str) -> None:
    """Raises UnknownGlyph naming the characters that cannot be printed."""
    if unknown := missing_glyphs(text):
        raise UnknownGlyph(
            f"Этого знака нет в шрифте письма: {named(unknown)}. Место: {excerpt(text, text.index(unknown[0]))}. "
            "Замените его, остальной текст сохранён."
        )


def named(characters: list[str]) -> str:
    """«😀» U+1F600, … – the first five."""
    return ", ".join(_named(character) for character in characters[:5])


def _prints(character: str) -> bool:
    turns = unicodedata.bidirectional(character) in RIGHT_TO_LEFT or character in "\u200e\u200f"
    return ord(character) in _code_points() and unicodedata.category(character) != "Cc" and not turns


@functools.cache
def _code_points() -> frozenset[int]:
    from io import BytesIO

    from fontTools.ttLib import TTFont

    cmaps = (TTFont(BytesIO(face(name)), lazy=True).getBestCmap() for name in FACES)
    return frozenset.intersection(*(frozenset(cmap) for cmap in cmaps))


def _named(character: str) -> str:
    shown = f"«{character}» " if character.isprintable() else ""
    return f"{shown}U+{ord(character):04X}"
