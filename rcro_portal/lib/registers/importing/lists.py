"""Cells that hold several names: where that is plain they are told apart, where it is not somebody is asked."""

import re

from rcro_portal.lib import russian
from rcro_portal.lib.registers.importing.asking import EACH, ONE, Answers, Choice, Doubtful, question

ABOUT = "several"
_PLAIN, _PERHAPS = re.compile(r"\s*[;\n]\s*"), re.compile(r"\s*[;\n,]\s*")
# What the name of an organisation begins with or holds: each part must, or a comma only divides one name.
_WHOLE_NAME = re.compile(
    r"\b(?:ф?г?м?[бак]?(?:по|до|о)?у|ооо|ано|сош|оош|нош|лицей|гимназия|школа|колледж|техникум|институт|университет|центр)\b",
    re.IGNORECASE,
)
SEVERAL = "В ячейке, похоже, несколько организаций: {}. Внести каждую?"


def split(cell: str) -> list[str]:
    """The names of a list: by semicolons and lines, and by commas where each part is a whole name."""
    parts = [part for part in _PLAIN.split(cell) if part]
    if len(parts) == 1:
        smaller = [part for part in _PERHAPS.split(cell) if part]
        parts = smaller if len(smaller) > 1 and all(map(_WHOLE_NAME.search, smaller)) else parts
    elif not all(map(_WHOLE_NAME.search, parts)) and ";" not in cell:
        parts = [" ".join(parts)]
    return list(dict.fromkeys(" ".join(part.split()) for part in parts))


def one_or_several(cell: str, answers: Answers) -> list[str]:
    """Where one name is expected. Raises Doubtful."""
    parts = split(cell)
    if len(parts) < 2:
        return parts
    key = russian.search_key(cell)
    said = answers.said(ABOUT, key)
    if said == EACH:
        return parts
    if said == ONE:
        return [" ".join(cell.split())]
    named = "; ".join(parts)
    choices = [Choice(EACH, f"Внести каждую: {named}"), Choice(ONE, "Это одна организация")]
    raise Doubtful(SEVERAL.format(named), question(ABOUT, key, choices))
