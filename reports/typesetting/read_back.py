"""A drawn letter read back: every line of its content stands in the PDF, whole and in its order, or it is refused."""

import unicodedata
from collections.abc import Iterable

from rcro_portal.lib.text import excerpt
from reports.typesetting import pages
from reports.typesetting.letter_font import CannotDraw
from reports.typesetting.sheet import NAMES, Content, text_of

HYPHENS = dict.fromkeys(map(ord, "-\u2010\u2011"))
# Beside these stand others, and a reader mixes their lines: the corner and the addressee, cells of a divided row.
SIDE_BY_SIDE = {"institution", "body_above", "reference", "addressee", "table"}


class TextLost(CannotDraw):
    """What can be read back from the PDF is not what was written."""


def compare(content: Content, pdf: bytes, *, draft: bool) -> None:
    """Raises TextLost, which quotes the place."""
    printed = squeezed(pages.plain_text(pdf))
    runs: list[str] | None = None
    position = 0
    for element, text in text_of(content):
        if draft and element in ("number", "date"):
            continue
        wanted = squeezed(text)
        found = printed.find(wanted, position)
        if found >= 0:
            position = found + len(wanted)
            continue
        if element in SIDE_BY_SIDE:
            runs = runs or [run for run in map(squeezed, pages.runs(pdf)) if run]
            if _is_made_of(wanted, runs):
                continue
        raise TextLost(
            f"Письмо не напечатано: в реквизите «{NAMES[element]}» текст изменился бы: {excerpt(text)}. Проверьте это "
            "место: нет ли в нём лишних знаков. Введённое сохранено."
        )


def _is_made_of(wanted: str, runs: Iterable[str]) -> bool:
    """Whether runs of the PDF, each whole and in their order, give the text; others may stand between them."""
    reached = {0}
    for run in runs:
        reached |= {start + len(run) for start in reached if wanted.startswith(run, start)}
    return len(wanted) in reached


def squeezed(text: str) -> str:
    """What must survive drawing: no spaces, no invisible marks, and no hyphens, for the sheet has its own."""
    visible = "".join(letter for letter in text if unicodedata.category(letter)[0] not in "CZ")
    return unicodedata.normalize("NFC", visible).translate(HYPHENS)
