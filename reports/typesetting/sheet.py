"""The letter as a sheet of HTML: document elements in, markup out. What people wrote stays plain text.

Content is a list of ``[element, value]``, where a value is a string, a list of lines, or a table as a list of rows
of cells: nothing that a database could reorder or rewrite, so the same row always gives the same sheet.

- ``paragraph``, ``item`` and ``table`` may repeat and stand on the sheet in the order of the content. An item brings
  its own number («1.», «а)», «–») and hangs. The first row of a table is its heading, repeated on each page; short
  rows are filled with empty cells.
- ``addressee`` may hold an empty line: an interval between two addressees.
- ``appendix`` are the finished lines of the mark «Приложение: …»; ``closing`` is «С уважением,».
- ``margin`` is "30" where the file is stored over ten years, else "20" (mm, the left one).
- ``qr`` is the address that the code leads to, at most 106 characters by IDNA; an empty one, and a draft, keep its
  room. Printed by the edition of 2025, unknown to that of 2016, which leaves it out.
"""

from collections.abc import Sequence
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString, mark_safe

from rcro_portal.lib import qr_code
from rcro_portal.lib.text import excerpt
from reports.typesetting import body, letter_font, names, ties
from reports.typesetting.balance import POINTS_PER_MM, balanced, width_pt
from reports.typesetting.letter_font import CannotDraw

Content = Sequence[Sequence[Any]]

LINES = ("institution", "reference", "addressee", "appendix", "prepared_by")
STRINGS = (
    *("edition", "margin", "body_above", "number", "date", "reply_to_number", "reply_to_on", "subject_line"),
    *("salutation", "paragraph", "item", "closing", "signatory_post", "signatory_name", "qr"),
)
# In the order of the sheet; between them the text, in the order of the content.
ABOVE = (
    *("body_above", "institution", "reference", "addressee", "date", "number", "reply_to_number", "reply_to_on"),
    *("subject_line", "salutation"),
)
BELOW = ("appendix", "closing", "signatory_post", "signatory_name", "prepared_by")
EDITIONS = {"2016": 75, "2025": 80}  # millimetres: the longest line of a corner letterhead in either standard
SMALL_PT = 10
FACES: dict[str, tuple[str, float]] = {
    "body_above": ("regular", SMALL_PT),
    "institution": ("bold", SMALL_PT),
    "reference": ("regular", SMALL_PT),
    "addressee": ("regular", body.SIZE_PT),
    "subject_line": ("bold", body.SIZE_PT),
}
COLUMN, COLUMN_MM = ("addressee", "subject_line"), 80  # the others keep to the corner
EARLIEST = "2016"
WITH_QR = "2025"  # the first edition that has the code, and a heading in every letter
EXECUTOR_LINES = 3  # more would rise from the lower margin into the text
APPENDIX_LINES = 20
TABLE_COLUMNS, TABLE_ROWS = 12, 200
NAMES = {
    "body_above": "вышестоящая организация",
    "institution": "наименование организации",
    "reference": "справочные данные",
    "addressee": "адресат",
    "date": "дата",
    "number": "номер",
    "reply_to_number": "на №",
    "reply_to_on": "от",
    "subject_line": "заголовок",
    "salutation": "обращение",
    "paragraph": "текст",
    "item": "пункт перечня",
    "table": "таблица",
    "appendix": "отметка о приложении",
    "closing": "заключительная фраза",
    "signatory_post": "должность",
    "signatory_name": "подпись",
    "prepared_by": "отметка об исполнителе",
}


class BadContent(CannotDraw):
    """The letter's content is not what the sheet can hold."""


def sheet_html(content: Content, *, draft: bool) -> str:
    """The whole page. Raises BadContent for what the sheet cannot hold."""
    check(content)
    values = values_of(content)
    if not draft and values["edition"] >= WITH_QR and not values.get("subject_line", "").strip():
        raise BadContent("У письма нет заголовка, а по ГОСТ Р 7.0.97-2025 он обязателен. Заполните заголовок.")
    return render_to_string("reports/letters/sheet.html", _context(content, values, draft) | {"draft": draft})


def check(content: Content) -> None:
    """Raises BadContent unless every element is known, of its kind, and (the text apart) there once."""
    seen: set[str] = set()
    before = ""
    for element, value in content:
        if not _is_of_its_kind(element, value):
            raise BadContent(f"Бланк не знает реквизита «{element}» с таким значением.")
        if element in seen and element not in body.ELEMENTS:
            raise BadContent(f"Реквизит «{element}» указан дважды.")
        seen.add(element)
        if element == "table":
            _check_table(value, before)
        before = value if element in ("paragraph", "item") else before
    _check_values(values_of(content))


def _is_of_its_kind(element: object, value: object) -> bool:
    if element == "table":
        return isinstance(value, list) and all(_is_lines(row) for row in value)
    return _is_lines(value) if element in LINES else element in STRINGS and isinstance(value, str)


def _is_lines(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(line, str) for line in value)


def _check_table(rows: list[list[str]], before: str) -> None:
    if not rows or not any(rows):
        place = f" после слов {excerpt(before, len(before))}" if before else ""
        raise BadContent(f"В таблице{place} нет ни одной строки. Заполните её или удалите.")
    if len(rows) > TABLE_ROWS or max(map(len, rows)) > TABLE_COLUMNS:
        raise BadContent(
            f"Таблица с заголовками {excerpt(', '.join(rows[0]))} больше {TABLE_ROWS} строк или {TABLE_COLUMNS} "
            "столбцов. Вынесите её в приложение."
        )


def _check_values(values: dict[str, Any]) -> None:
    if values["edition"] not in EDITIONS:
        raise BadContent(f"Нет бланка редакции «{values['edition']}».")
    if values["margin"] not in body.TEXT_MM:
        raise BadContent(f"Нет бланка с левым полем «{values['margin']}» мм.")
    if len(values.get("appendix", ())) > APPENDIX_LINES:
        raise BadContent(
            f"Отметка о приложении длиннее {APPENDIX_LINES} строк, не помещается "
            f"{excerpt(values['appendix'][APPENDIX_LINES])}. Перечислите приложения в описи."
        )
    if not qr_code.fits(values.get("qr", "")):
        raise BadContent(
            f"Адрес для QR-кода длиннее {qr_code.BYTES_AT_MOST} знаков: {excerpt(values['qr'])}. Такой код не прочесть "
            "с бумаги. Администратору: сократите адрес портала."
        )
    _check_executor(values.get("prepared_by", ()), body.TEXT_MM[values["margin"]])


def _check_executor(lines: Sequence[str], width_mm: float) -> None:
    if len(lines) > EXECUTOR_LINES:
        raise BadContent(
            f"Отметка об исполнителе длиннее {EXECUTOR_LINES} строк, не помещается {excerpt(lines[EXECUTOR_LINES])}. "
            "Сократите её."
        )
    for line in lines:
        if width_pt(line, "regular", SMALL_PT) > width_mm * POINTS_PER_MM:
            raise BadContent(f"Строка отметки об исполнителе шире листа: {excerpt(line)}. Сократите её.")


def refuse_unknown(content: Content) -> None:
    """Raises UnknownGlyph, naming the characters that cannot be printed and the first place where they stand."""
    texts = text_of(content)
    if unknown := letter_font.missing_glyphs("".join(text for _, text in texts)):
        element, text = next((element, text) for element, text in texts if unknown[0] in text)
        place = f"{NAMES[element]}, {excerpt(text, text.index(unknown[0]))}"
        raise letter_font.UnknownGlyph(
            f"Этого знака нет в шрифте письма: {letter_font.named(unknown)}. Место: {place}. "
            "Замените его, остальной текст сохранён."
        )


def text_of(content: Content) -> list[tuple[str, str]]:
    """Each element with a line, cell or paragraph of its text, in the order in which the sheet prints them."""
    pairs = [
        *(pair for wanted in ABOVE for pair in content if pair[0] == wanted),
        *(pair for pair in content if pair[0] in body.ELEMENTS),
        *(pair for wanted in BELOW for pair in content if pair[0] == wanted),
    ]
    return [(element, line) for element, value in pairs for line in _lines_in(value) if line.strip()]


def _lines_in(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [line for entry in value for line in _lines_in(entry)]


def title_of(content: Content) -> str:
    """«Об итогах проведения вебинара. № 941 от 25.09.2020»: the document's title in a reader's window."""
    values: dict[str, Any] = {str(element): value for element, value in content}
    registered = f"№ {values['number']} от {values['date']}" if values.get("number") and values.get("date") else ""
    return ". ".join(filter(None, (values.get("subject_line", "").strip(), registered))) or "Письмо"


def values_of(content: Content) -> dict[str, Any]:
    """The elements that stand once, with what they are where the content does not say."""
    single = {str(element): value for element, value in content if element not in body.ELEMENTS}
    return {"edition": EARLIEST, "margin": "20"} | single


def _context(content: Content, values: dict[str, Any], draft: bool) -> dict[str, Any]:
    corner = EDITIONS[values["edition"]]
    single = {
        element: _in_column(element, value, corner) if element in FACES else _set(value)
        for element, value in values.items()
        if element not in ("appendix", "qr")
    }
    has_code = "qr" in values and values["edition"] >= WITH_QR
    return single | {
        "parts": body.parts(content, margin=values["margin"]),
        "appendix": _appendix(values.get("appendix", [])),
        "signatory_name": escape(names.unbroken(values.get("signatory_name", ""))),
        "name": signatory_column(values),
        "page": f"sheet-{values['margin']}{'-code' if has_code else ''}",
        "code": qr_code.drawn(values["qr"]) if has_code and values["qr"] and not draft else None,
        "title": title_of(content),
    }


def signatory_column(values: dict[str, Any]) -> names.Column:
    width = body.TEXT_MM[values["margin"]]
    return names.column(values.get("signatory_post", ""), values.get("signatory_name", ""), width)


def appendix_of(lines: list[str]) -> tuple[str, list[tuple[str, str]]]:
    """«Приложение:» apart from what it names, so that the names hang under each other; each with its number."""
    mark, colon, first = lines[0].partition(":")
    if not colon or " " in mark:
        return "", [body.marked(line) for line in lines]
    return f"{mark}:", [body.marked(line) for line in (first.strip(), *lines[1:])]


def _appendix(lines: list[str]) -> dict[str, Any] | None:
    if not lines:
        return None
    mark, names = appendix_of(lines)
    return {"mark": mark, "entries": [(_line(number), _line(name)) for number, name in names]}


def broken(text: str, element: str, corner_mm: float) -> tuple[str, ...]:
    """A line of the letterhead, the addressee or the heading; one too long for its column is broken evenly:

    no word is left alone, no «для» ends a line.
    """
    face, size_pt = FACES[element]
    width = COLUMN_MM if element in COLUMN else corner_mm
    pieces = names.parted(ties.whole(text), face=face, size_pt=size_pt, width_mm=width)
    return tuple(names.joined(line) for line in balanced(pieces, face=face, size_pt=size_pt, width_mm=width))


def _in_column(element: str, value: str | list[str], corner_mm: float) -> list[SafeString]:
    """Each line of the element, with the breaks inside it."""
    lines = [value] if isinstance(value, str) else value
    parts = ([(_line(part),) for part in broken(line, element, corner_mm)] for line in lines)
    return [format_html_join(mark_safe("<br>"), "{}", part) for part in parts]


def _set(value: str | list[str]) -> SafeString | list[SafeString]:
    return [_line(line) for line in value] if isinstance(value, list) else _line(value)


_line = body.line
