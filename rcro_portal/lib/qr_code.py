"""The QR code of a letter (ГОСТ Р 7.0.97-2025): as the path of a drawing, since the sheet opens no pictures."""

import functools
import re
from typing import NamedTuple

from rcro_portal.lib.addresses import ascii_address

QUIET_MODULES = 4  # on each side, ISO/IEC 18004
ALT = "QR-код для проверки письма"
_DARK = re.compile("1+")

type Box = tuple[int, int, int]


class Drawing(NamedTuple):
    """A square of ``side`` modules, quiet zone included, and its dark ones: neighbours in a row are one box (from the
    left, from the top, length), since apart they would show hairlines between them."""

    side: int
    boxes: tuple[Box, ...]
    alt: str = ALT

    @property
    def path(self) -> str:
        return "".join(f"M{left} {top}h{length}v1h-{length}z" for left, top, length in self.boxes)


# What 41 modules hold at this correction, 49 with the quiet zone: of 20 mm each takes three dots at 200 to the inch.
BYTES_AT_MOST = 106


def fits(address: str) -> bool:
    """Whether the code of this address can still be read from paper and from a fax's or a telephone's picture."""
    return len(ascii_address(address)) <= BYTES_AT_MOST


def drawn(address: str, *, alt: str = ALT) -> Drawing:
    """Of a Cyrillic host segno would make Shift JIS, which readers show as garbage."""
    return _drawn(_modules(ascii_address(address), None), alt)


def drawn_quickly(address: str, *, mask: int, alt: str = ALT) -> Drawing:
    """With a named mask, for thousands of addresses that differ in their ends: any of the eight masks can be read.

    Modules of one mask and version are linear in the bits of the text (so is Reed-Solomon), so each code is that of
    another address with the differences of single bits added: a hundredth of the work.
    """
    text = ascii_address(address)
    head, end = text[:-ENDS], text[-ENDS:]
    size, modules = _modules(head + PLAIN * len(end), mask)
    for place, character in enumerate(end):
        turned = ord(character) ^ ord(PLAIN)
        for bit in range(7):
            if turned >> bit & 1:
                modules ^= _difference(len(text), len(head) + place, bit, mask)
    return _drawn((size, modules), alt)


# A key of 22 characters and the slash behind it; in a code's place of such an end stand plain letters.
ENDS, PLAIN = 23, "a"


@functools.lru_cache(maxsize=2000)
def _difference(length: int, place: int, bit: int, mask: int) -> int:
    """The modules that turn with this bit of a text of this length."""
    plain = PLAIN * length
    turned = f"{plain[:place]}{chr(ord(PLAIN) ^ 1 << bit)}{plain[place + 1 :]}"
    return _modules(plain, mask)[1] ^ _modules(turned, mask)[1]


@functools.lru_cache(maxsize=20)
def _modules(text: str, mask: int | None) -> tuple[int, int]:
    """Their number on a side, and all of them as the bits of a number, the upper left one highest."""
    import segno

    code = segno.make_qr(text, error="m", encoding="utf-8", mask=mask)
    return len(code.matrix), int("".join("1" if dark else "0" for row in code.matrix for dark in row), 2)


def _drawn(modules: tuple[int, int], alt: str) -> Drawing:
    size, bits = modules
    written = f"{bits:0{size * size}b}"
    boxes = [
        (left + QUIET_MODULES, top + QUIET_MODULES, right - left)
        for top in range(size)
        for left, right in [found.span() for found in _DARK.finditer(written[top * size : (top + 1) * size])]
    ]
    return Drawing(size + 2 * QUIET_MODULES, tuple(boxes), alt)
