"""Names of people on the sheet: where they may be parted, and how wide the signatory's column must be for that."""

import math
import re
from typing import NamedTuple

from rcro_portal.lib.russian import NBSP
from reports.typesetting import ties
from reports.typesetting.balance import POINTS_PER_MM, SLACK, width_pt
from reports.typesetting.lines import OWN_HYPHEN

SIZE_PT = 12
PLACE_MM, NAME_MM, MM_AT_MOST = 70, 50, 80  # of the signature's row: its middle, and its last column
_DOUBLE = re.compile(rf"(?<=[а-яё]{{3}})-{ties.WORD_JOINER}?(?=[а-яё]{{3}})", re.IGNORECASE)


class Column(NamedTuple):
    """The signatory's name in one piece, in a column of its own or, where the post needs the room, below the row."""

    width_mm: int
    below: bool


def unbroken(name: str) -> str:
    """«Е.А. Преображенская-Ланская»: a signatory's name in one piece."""
    return ties.whole(name).replace(" ", NBSP)


def column(post: str, name: str, width_mm: float) -> Column:
    """For the signature's row of this width."""
    needed = width_pt(unbroken(name), "regular", SIZE_PT) / POINTS_PER_MM / SLACK
    width = NAME_MM if needed <= NAME_MM else 10 * math.ceil(needed / 10)
    words = (width_pt(word, "regular", SIZE_PT) / POINTS_PER_MM / SLACK for word in ties.whole(post).split(" "))
    if width > MM_AT_MOST or (width > NAME_MM and width + PLACE_MM + max(words) > width_mm):
        return Column(NAME_MM, below=True)
    return Column(width, below=False)


def parted(text: str, *, face: str, size_pt: float, width_mm: float) -> str:
    """The line, tied already, with spaces where a piece too wide for its column may end a line after all:

    after the hyphen of a double surname, else between name and initials. Such a hyphen becomes OWN_HYPHEN.
    """
    room = width_mm * POINTS_PER_MM * SLACK
    return " ".join(word if width_pt(word, face, size_pt) <= room else _parted(word) for word in text.split(" "))


def _parted(word: str) -> str:
    return _DOUBLE.sub(f"{OWN_HYPHEN} ", word) if _DOUBLE.search(word) else word.replace(NBSP, " ")


def joined(line: str) -> str:
    """A line made of such pieces: what stands inside it is in one piece again."""
    return line.replace(f"{OWN_HYPHEN} ", f"-{ties.WORD_JOINER}")
