"""The mark of what goes with a letter: «Приложение: на 2 л. в 1 экз.» (ГОСТ Р 7.0.97, отметка о приложении)."""

import re
from collections.abc import Iterable

from rcro_portal.lib.drafts.models import Enclosure

SPOKEN_OF = re.compile(r"прилож|прилаг", re.IGNORECASE)


def lines(appendices: Iterable[Enclosure], text: Iterable[str]) -> list[str]:
    """None where nothing is enclosed. One appendix that the text speaks of is not named again."""
    rows = list(appendices)
    if not rows:
        return []
    if len(rows) > 1:
        first, *rest = [f"{number}. {row.title} {_extent(row)}" for number, row in enumerate(rows, 1)]
        return [f"Приложение: {first}", *rest]
    if any(SPOKEN_OF.search(paragraph) for paragraph in text):
        return [f"Приложение: {_extent(rows[0])}"]
    return [f"Приложение: {rows[0].title} {_extent(rows[0])}"]


def _extent(row: Enclosure) -> str:
    return f"на {row.sheets} л. в {row.copies} экз."
