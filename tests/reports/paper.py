"""A drawn letter laid on the table: its content for tests, and a ruler in millimetres."""

import functools
import io
import json
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pdfplumber
from pdfplumber.page import Page

DATA = Path(__file__).resolve().parent.parent / "data"
MM_PER_POINT = 25.4 / 72
PLACE_OF_SIGNATURE_MM = 70
SENTENCE = "Образовательные организации продолжают совместную подготовку обучающихся и педагогов. "

TABLE = [
    ["№ п/п", "Муниципальное образование", "Образовательная организация", "Участников"],
    ["1", "Город Томск", "МАОУ Гуманитарный лицей г. Томска", "12"],
    ["2", "Колпашевский район", "МАОУ «СОШ № 7» г. Колпашево", "5"],
    ["3", "ЗАТО Северск", "МБОУ «Северский лицей»", "104"],
]
# An address that a QR code leads to, as long as the portal's own.
ADDRESS = "https://portal.rcro.example/check/" + "aB3" * 21
EVERY_ELEMENT = [
    ["paragraph", "Программой семинара предусмотрено следующее:"],
    ["item", "1. Открытие семинара, подведение итогов деятельности региональной сети за первое полугодие 2025 года."],
    ["item", "2. Работа секций по кластерам."],
    ["paragraph", "Распределение участников по муниципальным образованиям:"],
    ["table", TABLE],
    ["paragraph", "Заявки принимаются до 5 октября 2025 г. по адресу электронной почты, указанному в бланке письма."],
    ["appendix", ["Приложение: 1. Программа семинара на 2 л. в 1 экз.", "2. Форма заявки на 1 л. в 1 экз."]],
    ["closing", "С уважением,"],
]


class Line(NamedTuple):
    """A printed line: page from 1, edges in mm from the sheet's left and top, type size in points."""

    page: int
    left: float
    right: float
    top: float
    bottom: float
    size: float
    text: str


def letter_941() -> list[list[Any]]:
    return json.loads((DATA / "letter-941-content.json").read_text(encoding="utf-8"))


def text_941() -> str:
    return words((DATA / "letter-941-corrected.txt").read_text(encoding="utf-8"))


def with_paragraphs(*paragraphs: str) -> list[list[Any]]:
    """Letter № 941 saying something else."""
    rest = [pair for pair in letter_941() if pair[0] != "paragraph"]
    return rest + [["paragraph", paragraph] for paragraph in paragraphs]


def replaced(**values: Any) -> list[list[Any]]:
    """Letter № 941 with other single elements."""
    return [[element, values.get(element, value)] for element, value in letter_941()]


def with_elements(*pairs: list[Any], **values: Any) -> list[list[Any]]:
    """Letter № 941 with other single elements, and with the pairs for its text."""
    content = [pair for pair in replaced(**values) if pair[0] != "paragraph"]
    known = {element for element, _ in content}
    return [*content, *([name, value] for name, value in values.items() if name not in known), *pairs]


def of_pages(number: int) -> list[list[Any]]:
    """Letter № 941 with text for so many pages, 1 to 12."""
    return with_paragraphs(*[SENTENCE * 12] * {1: 2, 2: 6, 3: 10, 12: 46}[number])


def words(text: str) -> str:
    return " ".join(text.split())


@functools.lru_cache(maxsize=4)
def read(pdf: bytes) -> list[Page]:
    """Its pages; a page keeps what was read of it."""
    return pdfplumber.open(io.BytesIO(pdf)).pages


@functools.lru_cache(maxsize=8)
def lines(pdf: bytes, *, left: float = 0, right: float = 210) -> list[Line]:
    """The lines printed between two verticals of every page, from the top down."""
    return [
        _line(page.page_number, found)
        for page in read(pdf)
        for found in page.crop((left / MM_PER_POINT, 0, min(right / MM_PER_POINT, page.width), page.height))
        .extract_text_lines(x_tolerance=1, y_tolerance=1)
    ]  # fmt: skip


@functools.lru_cache(maxsize=8)
def gaps(pdf: bytes) -> list[tuple[float, str]]:
    """The widest gap between words in each justified line, in spaces of its size, and the line's text."""
    found = [_widest(line["chars"]) for page in read(pdf) for line in page.extract_text_lines(x_tolerance=1)]
    return [gap for gap in found if gap]


def _widest(characters: list[dict[str, Any]]) -> tuple[float, str] | None:
    """Nothing for lines that do not reach the right margin, and for the signature with its place between."""
    letters = sorted((one for one in characters if one["text"].strip()), key=lambda one: one["x0"])
    if letters[-1]["x1"] * MM_PER_POINT < 199.5 or letters[-1]["text"] == "2":
        return None
    between = [after["x0"] - one["x1"] for one, after in pairwise(letters)]
    if max(between) * MM_PER_POINT > PLACE_OF_SIGNATURE_MM:
        return None
    return max(between) / (letters[0]["size"] / 4), "".join(one["text"] for one in letters)


def line(pdf: bytes, text: str, **column: float) -> Line:
    """The only line that begins with the text."""
    (found,) = [printed for printed in lines(pdf, **column) if printed.text.startswith(text)]
    return found


def _line(page: int, found: dict[str, Any]) -> Line:
    edges = (found[edge] * MM_PER_POINT for edge in ("x0", "x1", "top", "bottom"))
    return Line(page, *(round(edge, 1) for edge in edges), round(found["chars"][0]["size"], 1), found["text"])
