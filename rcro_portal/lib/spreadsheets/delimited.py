"""CSV in the ways that offices save it: its encoding and its separator are judged by the whole file."""

import codecs
import re
from collections import Counter as Tally
from collections.abc import Iterator

from rcro_portal.lib import csv_text
from rcro_portal.lib.packages import Bounds, TooMuch, Unreadable
from rcro_portal.lib.spreadsheets.grid import Counter, Grid

SEPARATORS, SAMPLE = ";\t,|", 200_000
# Of fewer bytes one zero is no sign of an encoding.
FEW_BYTES = 16
# The letters of which Russian texts mostly consist, small.
_FREQUENT = frozenset("оеаинтсрвлкм")


def sheets(data: bytes, counter: Counter) -> list[Grid]:
    """Raises TooMuch; Unreadable where it is no text, or a quotation mark is opened and never closed."""
    text = decoded(data).replace("\r\n", "\n").replace("\r", "\n")
    grid = Grid("", counter)
    for number, cells in enumerate(records(text, separator(text), counter.bounds), start=1):
        for column, cell in enumerate(cells, start=1):
            grid.put(number, column, csv_text.unguarded(cell))
    return [grid]


def decoded(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _strictly(data, "utf-16") or _refused()
    if wide := _without_mark(data):
        return _strictly(data, wide) or _refused()
    text = _strictly(data, "utf-8-sig")
    if text is None:
        choices = [one for one in (_strictly(data, name) for name in ("cp1251", "cp866", "koi8-r")) if one]
        text = max(choices, key=_likeness, default=None)
    return text if text is not None and "\x00" not in text else _refused()


def _without_mark(data: bytes) -> str:
    """UTF-16 that does not say so: of its separators and figures every other byte is zero."""
    for name, zeros in (("utf-16-le", data[1:SAMPLE:2]), ("utf-16-be", data[:SAMPLE:2])):
        if len(data) >= FEW_BYTES and zeros.count(0) > len(zeros) // 10 and len(data) % 2 == 0:
            return name
    return ""


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _refused() -> str:
    raise Unreadable


def _likeness(text: str) -> float:
    """How much of what is no Latin looks like Russian: of a wrong encoding come rare letters and signs."""
    strange = [letter for letter in text[:SAMPLE] if letter > "\x7f"]
    return sum(letter in _FREQUENT for letter in strange) / len(strange) if strange else 1


def separator(text: str) -> str:
    """The one by which most records have the same number of cells, more than one.

    A tab in half of the lines is meant, whatever commas stand beside it: nobody writes tabs into texts.
    """
    filled = [line for line in text[:SAMPLE].split("\n") if line.strip()]
    if 2 * sum("\t" in line.strip() for line in filled) >= len(filled) > 1:
        return "\t"

    def evenness(choice: str) -> tuple[float, int]:
        widths = Tally(len(cells) for cells in records(text[:SAMPLE], choice, None) if len(cells) > 1 or any(cells))
        several = {width: times for width, times in widths.items() if width > 1}
        if not several:
            return 0, 0
        width, times = max(several.items(), key=lambda one: (one[1], one[0]))
        return times / sum(widths.values()), width

    return max(SEPARATORS, key=evenness)


def records(text: str, separator: str, bounds: Bounds | None) -> Iterator[list[str]]:
    """Cells in quotes hold separators and line breaks; a mark that is not closed at a cell's end is a plain letter.

    Without bounds nothing is refused: what is not closed ends with the text.
    """
    one = re.escape(separator)
    cell = re.compile(rf'"([^"]*+(?:""[^"]*+)*+)"(?=[{one}\n]|\Z)|([^{one}\n]*)')
    place, cells, ends = 0, [], len(text)
    while place <= ends:
        found = cell.match(text, place)
        assert found is not None
        quoted, plain = found.groups()
        if quoted is None and bounds and plain.startswith('"') and text.find('"', place + 1) < 0:
            line = text.count("\n", 0, place) + 1
            raise Unreadable(
                f"В строке {line} кавычка открыта и не закрыта. Исправьте строку и загрузите файл ещё раз."
            )
        cells.append(plain if quoted is None else quoted.replace('""', '"'))
        if bounds and len(cells) > bounds.columns:
            raise TooMuch("столбец", len(cells))
        place = found.end()
        if place >= ends or text[place] == "\n":
            yield cells
            cells = []
        place += 1
        if place == ends and text[-1] == "\n":
            return
