"""The letter as a sheet of HTML: document elements in, markup out. What people wrote stays plain text.

Content is a list of ``[element, value]`` in the order of the text, where a value is a string or a list of
lines: nothing that a database could reorder or rewrite, so the same row always gives the same sheet.
"""

import re
from collections.abc import Sequence
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString

from rcro_portal.russian import NBSP, typeset
from reports.balance import balanced
from reports.letter_font import CannotDraw

Content = Sequence[Sequence[Any]]

LINES = ("institution", "reference", "addressee", "prepared_by")
STRINGS = (
    "edition",
    "body_above",
    "number",
    "date",
    "reply_to_number",
    "reply_to_on",
    "subject_line",
    "salutation",
    "paragraph",
    "signatory_post",
    "signatory_name",
)
PRINTED = (
    *("body_above", "institution", "reference", "addressee", "date", "number", "reply_to_number", "reply_to_on"),
    *("subject_line", "salutation", "paragraph", "signatory_post", "signatory_name", "prepared_by"),
)
EDITIONS = {"2016": 75, "2025": 80}  # millimetres: the longest line of a corner letterhead in either standard
LETTERHEAD = {"body_above": "regular", "institution": "bold", "reference": "regular"}
LETTERHEAD_PT = 10
EARLIEST = "2016"
WITH_SIGNATURE = 3  # lines of text that go with the signature to another page, at least
LINE_AT_MOST = 100  # characters; a line of the body holds fewer, so that lines are rather undercounted
EXECUTOR_LINES = 3  # more would rise from the lower margin into the text
# A word's own hyphen never ends a line: whatever hyphen stands there was put by the sheet, and whoever reads the
# text back may drop it. A span would do it too, but breaks WeasyPrint's lines.
WHOLE = re.compile(r"(?<=\w-)(?=\w)")
WORD_JOINER = "\u2060"
# «87 педагогов»: a figure does not part from what it counts.
COUNTED = re.compile(r"(?<=\d) (?=[а-яё])")


class BadContent(CannotDraw):
    """The letter's content is not what the sheet can hold."""


def sheet_html(content: Content, *, draft: bool) -> str:
    """The whole page. Raises BadContent for an unknown element or a value of the wrong kind."""
    check(content)
    return render_to_string("reports/letters/sheet.html", _context(content) | {"draft": draft})


def check(content: Content) -> None:
    """Raises BadContent unless every element is known, of its kind, and (paragraphs apart) there once."""
    seen: set[str] = set()
    for pair in content:
        element, value = pair
        if not (_is_lines(value) if element in LINES else element in STRINGS and isinstance(value, str)):
            raise BadContent(f"Бланк не знает реквизита «{element}» с таким значением.")
        if element in seen and element != "paragraph":
            raise BadContent(f"Реквизит «{element}» указан дважды.")
        seen.add(element)
    _check_values({str(element): value for element, value in content})


def _check_values(values: dict[str, Any]) -> None:
    if values.get("edition", EARLIEST) not in EDITIONS:
        raise BadContent(f"Нет бланка редакции «{values['edition']}».")
    if len(values.get("prepared_by", ())) > EXECUTOR_LINES:
        raise BadContent(f"Отметка об исполнителе длиннее {EXECUTOR_LINES} строк.")


def _is_lines(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(line, str) for line in value)


def text_of(content: Content) -> list[tuple[str, str]]:
    """Each element with a line or paragraph of its text, in the order in which the sheet prints them."""
    return [
        (element, line)
        for wanted in PRINTED
        for element, value in content
        if element == wanted
        for line in ([value] if isinstance(value, str) else value)
        if line.strip()
    ]


def title_of(content: Content) -> str:
    """«Об итогах проведения вебинара. № 941 от 25.09.2020»: the document's title in a reader's window."""
    values: dict[str, Any] = {str(element): value for element, value in content}
    registered = f"№ {values['number']} от {values['date']}" if values.get("number") and values.get("date") else ""
    return ". ".join(filter(None, (values.get("subject_line", "").strip(), registered))) or "Письмо"


def _context(content: Content) -> dict[str, Any]:
    values = {"edition": EARLIEST} | {element: value for element, value in content if element != "paragraph"}
    width = EDITIONS[values["edition"]]
    single = {
        element: _letterhead(value, LETTERHEAD[element], width) if element in LETTERHEAD else _set(value)
        for element, value in values.items()
    }
    paragraphs = [str(value) for element, value in content if element == "paragraph"]
    marks = _marks(paragraphs)
    return single | {
        "paragraphs": [(_line(text), mark) for text, mark in zip(paragraphs, marks, strict=True)],
        "title": title_of(content),
    }


def _marks(paragraphs: list[str]) -> list[str]:
    """The last paragraphs stay with the signature as far as three lines of text need: «tail» keeps its lines by
    threes, «held» keeps to the paragraph before it too.
    """
    marks, lines = [""] * len(paragraphs), 0
    for place in range(len(paragraphs) - 1, -1, -1):
        lines += -(-len(paragraphs[place]) // LINE_AT_MOST)
        marks[place] = "tail" if lines >= WITH_SIGNATURE else "tail held"
        if lines >= WITH_SIGNATURE:
            break
    return marks


def _letterhead(value: str | list[str], face: str, width_mm: float) -> list[SafeString]:
    """Lines of the corner block; a line too long for it is broken evenly."""
    lines = [value] if isinstance(value, str) else value
    return [
        _line(part)
        for line in lines
        for part in balanced(typeset(line), face=face, size_pt=LETTERHEAD_PT, width_mm=width_mm)
    ]


def _set(value: str | list[str]) -> SafeString | list[SafeString]:
    return [_line(line) for line in value] if isinstance(value, list) else _line(value)


def _line(text: str) -> SafeString:
    return escape(WHOLE.sub(WORD_JOINER, COUNTED.sub(NBSP, typeset(text))))
