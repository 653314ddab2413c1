"""CSV as spreadsheets open it: «;» between cells, UTF-8 with its mark, and nothing that is a formula."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

# What Excel and LibreOffice take for the beginning of a formula, wide forms of it too.
_FORMULA = re.compile(r"[=+\-@\t\r＝＋－＠]")
_NUMBER = re.compile(r"-?\d+(?:,\d+)?")
_GUARD = "'"


def write(headings: Sequence[str], rows: Iterable[Sequence[str]], *, title: str = "") -> bytes:
    """With a line above the headings, if it has a title."""
    target = io.StringIO(newline="")
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    if title:
        writer.writerow([guarded(title)])
    writer.writerow(headings)
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return target.getvalue().encode("utf-8-sig")


def guarded(text: str) -> str:
    """With an apostrophe before what a spreadsheet would count; a number stays one."""
    return f"{_GUARD}{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def unguarded(text: str) -> str:
    """A cell as it was before ``guarded``."""
    return text[1:] if text.startswith(_GUARD) and _FORMULA.match(text, 1) else text
