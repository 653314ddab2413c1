"""The QR code of a letter (ГОСТ Р 7.0.97-2025): as the path of a drawing, since the sheet opens no pictures."""

from itertools import groupby
from typing import NamedTuple

from rcro_portal.lib.addresses import ascii_address

QUIET_MODULES = 4  # on each side, ISO/IEC 18004
ALT = "QR-код для проверки письма"


class Drawing(NamedTuple):
    """A square of ``side`` modules, quiet zone included, and the path of its dark ones."""

    side: int
    path: str
    alt: str = ALT


# What 41 modules hold at this correction, 49 with the quiet zone: of 20 mm each takes three dots at 200 to the inch.
BYTES_AT_MOST = 106


def fits(address: str) -> bool:
    """Whether the code of this address can still be read from paper and from a fax's or a telephone's picture."""
    return len(ascii_address(address)) <= BYTES_AT_MOST


def drawn(address: str, *, alt: str = ALT, mask: int | None = None) -> Drawing:
    """Of a Cyrillic host segno would make Shift JIS, which readers show as garbage.

    Any of the eight masks can be read; to find the evenest is four fifths of the work, so thousands name theirs.
    """
    import segno

    code = segno.make_qr(ascii_address(address), error="m", encoding="utf-8", mask=mask)
    rows = [_row(number, list(row)) for number, row in enumerate(code.matrix, QUIET_MODULES)]
    return Drawing(len(code.matrix) + 2 * QUIET_MODULES, "".join(rows), alt)


def _row(top: int, modules: list[int]) -> str:
    """Neighbouring dark modules as one box: apart they would show hairlines between them."""
    parts, left = [], QUIET_MODULES
    for dark, run in groupby(modules):
        length = len(list(run))
        if dark:
            parts.append(f"M{left} {top}h{length}v1h-{length}z")
        left += length
    return "".join(parts)
