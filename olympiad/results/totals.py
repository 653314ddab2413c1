"""What a protocol says beside its lines of how many took part, won and got prizes: compared with them, never taken."""

import re
from collections.abc import Collection, Iterator

from olympiad.results.found import Count
from olympiad.results.headings import KINDS, NOT_COUNTED
from rcro_portal.lib.registers.importing.fields import whole
from rcro_portal.lib.registers.importing.sheets import Sheet, filled

_NUMBER = re.compile(r"\D{0,5}?(\d{1,5})(?!\s*[%\d])")
MANY = 100_000


def said(sheet: Sheet, others: Collection[int]) -> Iterator[Count]:
    """Rows of the sheet but ``others`` that hold such a number: «Всего участников: 25», «Победителей» and 2 beside."""
    for row in sorted(set(sheet.rows) - set(others)):
        found = _of([str(cell) for _, cell in filled(sheet.rows[row])])
        if found:
            kinds = {kind: found.get(kind) for _, kind in KINDS}
            yield Count(sheet.name, row, "", None, "", **kinds, faults=(), is_total=True)


def _of(cells: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, cell in enumerate(cells):
        text = " ".join(cell.casefold().split())
        if NOT_COUNTED.search(text):
            continue
        beside = whole(cells[place + 1].strip()) if place + 1 < len(cells) else ""
        for pattern, kind in KINDS:
            if met := pattern.search(text):
                number = _NUMBER.match(text, met.end())
                told = number[1] if number else beside
                if told.isdecimal() and int(told) < MANY:
                    found.setdefault(kind, int(told))
    return found
