"""A drawn letter laid on the table: its content for tests, and a ruler in millimetres."""

import functools
import io
import json
from pathlib import Path
from typing import Any, NamedTuple

import pdfplumber

DATA = Path(__file__).resolve().parent.parent / "data"
MM_PER_POINT = 25.4 / 72
SENTENCE = "Образовательные организации продолжают совместную подготовку обучающихся и педагогов. "


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


def words(text: str) -> str:
    return " ".join(text.split())


@functools.lru_cache(maxsize=8)
def lines(pdf: bytes, *, left: float = 0, right: float = 210) -> list[Line]:
    """The lines printed between two verticals of every page, from the top down."""
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        return [
            _line(page.page_number, found)
            for page in document.pages
            for found in page.crop((left / MM_PER_POINT, 0, min(right / MM_PER_POINT, page.width), page.height))
            .extract_text_lines(x_tolerance=1, y_tolerance=1)
        ]  # fmt: skip


def line(pdf: bytes, text: str, **column: float) -> Line:
    """The only line that begins with the text."""
    (found,) = [printed for printed in lines(pdf, **column) if printed.text.startswith(text)]
    return found


def _line(page: int, found: dict[str, Any]) -> Line:
    edges = (found[edge] * MM_PER_POINT for edge in ("x0", "x1", "top", "bottom"))
    return Line(page, *(round(edge, 1) for edge in edges), round(found["chars"][0]["size"], 1), found["text"])
