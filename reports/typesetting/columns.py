"""How wide the columns of a letter's table are: figures take what they need, words share the rest."""

import math
import re

from reports.typesetting.balance import POINTS_PER_MM, width_pt

PADDING_PT = (2 * 1.6 + 1) * POINTS_PER_MM  # of a cell, and a millimetre for rules and rounding
WORD_AT_MOST_PT = 35 * POINTS_PER_MM
NARROWEST = 3  # per cent
ROUGHLY = 1.05  # what ends of lines leave empty
FIGURE = re.compile(r"[\d\s\u00a0.,/%–—-]*")


def css() -> str:
    """A class for each width in per cent: the sheet carries no style of its own."""
    return "".join(f".w{percent}{{width:{percent}%}}" for percent in range(1, 101))


def is_of_figures(cells: list[str]) -> bool:
    """Whether the column under its heading holds nothing but figures and dashes."""
    return any(cells) and all(FIGURE.fullmatch(cell) for cell in cells)


def widths(rows: list[list[str]], *, size_pt: float, width_mm: float) -> list[int]:
    """Per cent of the table's width for each column, a hundred together. The first row is the heading."""
    columns = [list(column) for column in zip(*rows, strict=True)]
    total = width_mm * POINTS_PER_MM
    least = [_longest_word(column, size_pt) for column in columns]
    most = [max(need, _longest_cell(column, size_pt, total)) for column, need in zip(columns, least, strict=True)]
    spare = total - sum(least)
    if spare <= 0:
        return _per_cent(least)
    if sum(most) >= total:
        wanted = [(high - low) ** 0.5 for low, high in zip(least, most, strict=True)]
    else:
        least, spare = most, total - sum(most)
        wanted = [0.0 if is_of_figures(column[1:]) else high for column, high in zip(columns, most, strict=True)]
    whole = sum(wanted) or 1
    if not any(wanted):
        wanted, whole = most, sum(most)
    return _per_cent([low + spare * share / whole for low, share in zip(least, wanted, strict=True)])


def lines(row: list[str], widths: list[int], *, size_pt: float, width_mm: float) -> int:
    """How many lines the row takes, about: rather too many than too few."""
    rooms = (width_mm * POINTS_PER_MM * width / 100 - PADDING_PT for width in widths)
    return max(
        math.ceil(ROUGHLY * width_pt(cell, "bold", size_pt) / room) for cell, room in zip(row, rooms, strict=True)
    )


def _longest_word(column: list[str], size_pt: float) -> float:
    words = (word for cell in column for word in cell.split(" "))
    return min(WORD_AT_MOST_PT, max(width_pt(word, "bold", size_pt) for word in words)) + PADDING_PT


def _longest_cell(column: list[str], size_pt: float, total: float) -> float:
    return min(total, max(width_pt(cell, "bold", size_pt) for cell in column) + PADDING_PT)


def _per_cent(points: list[float]) -> list[int]:
    """Whole per cents that make a hundred, the widest column taking what rounding leaves."""
    rounded = [max(NARROWEST, round(100 * width / sum(points))) for width in points]
    rounded[rounded.index(max(rounded))] += 100 - sum(rounded)
    return rounded
