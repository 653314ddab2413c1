"""Certificates of one shape: the sheet is drawn once, and the lines of each person are written into its content.

What is written is what WeasyPrint would have written (``glyph_runs``), so tags, typefaces and look are those of a
drawn sheet. Typefaces are embedded with an alphabet, which stands in the drawn sheet in the place of the lines. What
holds another letter is drawn by itself: ``Made`` says which it was.
"""

import functools
import re
from collections.abc import Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape

from rcro_portal.lib import qr_code
from reports.typesetting import certificate_sheet as sheet
from reports.typesetting import glyph_runs, pdf_parts, rendering
from reports.typesetting.certificate_sheet import CertificateWords, Fields, Holder, Lines

CYRILLIC = "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдеёжзийклмнопрстуфхцчшщъыьэюя"
NAME_ALPHABET = f"{CYRILLIC} -"
PLACE_ALPHABET = f'{CYRILLIC} -–,.;:()«»„“"№/0123456789\u00a0'
NUMBER_ALPHABET = f"№ -/.0123456789{CYRILLIC}"
TITLE = "tttttttttttttttttttt"
POINTS_TO_UNITS = 96 / 72
UNITS_PER_MM = 96 / 25.4
# No code looks like this one, whatever it says.
NO_CODE: tuple[qr_code.Box, ...] = ((0, 0, 1),)
_FROM_LEFT = re.compile(rb"1 0 0 -1 ([\d.-]+) [\d.-]+ Tm")


class Made(NamedTuple):
    """A finished certificate; ``is_drawn``: it could not be filled."""

    pdf: bytes
    is_drawn: bool


class Setting(NamedTuple):
    """How the lines of one field are set."""

    face: str
    alphabet: str
    letters: frozenset[str]
    kerned: bool


# In the order of Fields, which is that of the sheet.
SETTINGS = (
    Setting(sheet.NUMBER_FACE, NUMBER_ALPHABET, frozenset(NUMBER_ALPHABET), kerned=False),
    Setting(sheet.NAME_FACE, NAME_ALPHABET, frozenset(NAME_ALPHABET), kerned=True),
    Setting(sheet.PLACE_FACE, PLACE_ALPHABET, frozenset(PLACE_ALPHABET), kerned=False),
)


class Blank(NamedTuple):
    """A drawn sheet cut at what changes. ``pieces`` are one more than the lines and the code between them."""

    parts: pdf_parts.PdfParts
    pieces: tuple[bytes, ...]
    side: int


class Unfilled(Exception):
    """This certificate cannot be filled."""


def make(words: CertificateWords, holder: Holder) -> Made:
    """The PDF of one certificate. Raises a CannotDraw."""
    fields = sheet.fields_of(holder)
    code = qr_code.drawn_quickly(holder.address, alt=sheet.ALT, mask=sheet.MASK)
    try:
        return Made(_filled(words, holder, fields, code), is_drawn=False)
    except Unfilled:
        return Made(draw(words, holder), is_drawn=True)


def draw(words: CertificateWords, holder: Holder) -> bytes:
    """The same by WeasyPrint alone."""
    code = qr_code.drawn_quickly(holder.address, alt=sheet.ALT, mask=sheet.MASK)
    html = sheet.certificate_html(words, sheet.fields_of(holder), title=holder.title, code=code)
    return rendering.certificate(html)


def _filled(words: CertificateWords, holder: Holder, fields: Fields, code: qr_code.Drawing) -> bytes:
    if not all(map(_is_known, SETTINGS, fields)):
        raise Unfilled
    blank = _blank(words, fields.shape, code.side)
    filled = [*_lines(fields), _operators(code.boxes)]
    content = b"".join(part for pair in zip(blank.pieces, [*filled, b""], strict=True) for part in pair)
    metadata = blank.parts.metadata.replace(TITLE.encode(), escape(holder.title).encode())
    return pdf_parts.put_together(blank.parts, content=content, metadata=metadata, title=holder.title)


def _is_known(setting: Setting, field: Lines) -> bool:
    return all(setting.letters.issuperset(line) for line in field.lines)


def _lines(fields: Fields) -> list[bytes]:
    """What stands instead of each line: its place from the left, and after the piece between, its glyphs."""
    return [
        part
        for setting, field in zip(SETTINGS, fields, strict=True)
        for line in field.lines
        for part in _centred(setting, line, field.size)
    ]


def _centred(setting: Setting, line: str, size: float) -> tuple[bytes, bytes]:
    try:
        run = glyph_runs.run(line, face=setting.face, size=size * POINTS_TO_UNITS, kerned=setting.kerned)
    except glyph_runs.Unshaped as error:
        raise Unfilled from error
    left = sheet.LEFT_MM * UNITS_PER_MM + (sheet.WIDTH_MM * UNITS_PER_MM - run.width) / 2
    return _number(left), run.operand


def _number(value: float) -> bytes:
    """As pydyf writes it."""
    return f"{value:f}".rstrip("0").rstrip(".").encode()


def _operators(boxes: Sequence[qr_code.Box]) -> bytes:
    """The boxes of a code as WeasyPrint writes them."""
    return b"".join([_box(*one) for one in boxes])


@functools.lru_cache(maxsize=20_000)
def _box(x: int, y: int, length: int) -> bytes:
    return f"{x} {y} m\n{x + length} {y} l\n{x + length} {y + 1} l\n{x} {y + 1} l\nh\n".encode()


@functools.lru_cache(maxsize=12)
def _blank(words: CertificateWords, shape: tuple[tuple[int, float], ...], side: int) -> Blank:
    """The sheet of this shape with alphabets for lines. Raises Unfilled where it does not come apart as it should."""
    fields = Fields(*(Lines((one.alphabet,) * count, size) for one, (count, size) in zip(SETTINGS, shape, strict=True)))
    code = qr_code.Drawing(side, NO_CODE, sheet.ALT)
    parts = pdf_parts.taken_apart(rendering.certificate(sheet.certificate_html(words, fields, title=TITLE, code=code)))
    pieces, rest = [], parts.content
    for setting, field in zip(SETTINGS, fields, strict=True):
        for line in field.lines:
            before, between, rest = _around(setting, line, field.size, rest)
            pieces += [before, between]
    before, found, rest = rest.partition(_operators(NO_CODE))
    if not found or TITLE.encode() not in parts.metadata:
        raise Unfilled
    return Blank(parts, (*pieces, before, rest), side)


def _around(setting: Setting, line: str, size: float, content: bytes) -> tuple[bytes, bytes, bytes]:
    """What stands before the line's place from the left, between that and its glyphs, and behind them."""
    run = glyph_runs.run(line, face=setting.face, size=size * POINTS_TO_UNITS, kerned=setting.kerned)
    before, found, rest = content.partition(run.operand)
    places = list(_FROM_LEFT.finditer(before))
    if not found or not places:
        raise Unfilled
    return before[: places[-1].start(1)], before[places[-1].end(1) :], rest
