"""What may not part at a line's end does not, in a paragraph, a line, a cell and a register alike."""

import pytest

from rcro_portal.lib.russian import NBSP
from reports.typesetting import rendering, sheet, ties
from tests.reports import paper

TIED = [
    "25–27 ноября",
    "5–9 классы",
    "18.09.2020–20.09.2020",
    "и/или",
    "№ 140",
    "ауд. № 7",
    "каб. № 12",
    "ГД-1736/03",
    "10:00–11:30",
]
JOINED = str.maketrans({NBSP: "~", ties.WORD_JOINER: "^"})


@pytest.mark.parametrize(
    ("text", "tied"),
    [
        ("25–27 ноября", "25–^27~ноября"),
        ("5–9 классы", "5–^9~классы"),
        ("18.09.2020–20.09.2020", "18.09.2020–^20.09.2020"),
        ("и/или", "и/^или"),
        ("№ 140", "№~140"),
        ("ауд. № 7", "ауд.~№~7"),
        ("ГД-1736/03", "ГД-^1736/^03"),
        ("77/3", "77/^3"),
        ("учащихся/первокурсников", "учащихся/первокурсников"),
        ("https://rcro.example/a/b", "https://rcro.example/a/b"),
    ],
)
def test_ties_are_no_break_spaces_and_word_joiners(text: str, tied: str) -> None:
    assert ties.whole(text).translate(JOINED) == tied
    assert ties.whole(ties.whole(text)) == ties.whole(text)


PUSHED = [" ".join([*["мир"] * words, text, "всем"]) for text in TIED for words in range(14, 26)]


@pytest.mark.parametrize("place", ["paragraph", "item", "loose", "cell", "register"])
def test_nothing_tied_is_parted_in_text(place: str) -> None:
    """Pushed word by word over the line's end, it goes to the next line whole."""
    lines = [glued(line.text) for line in paper.lines(drawn(place))]
    assert sum(line.startswith(glued(text)) for line in lines for text in TIED) >= len(TIED)
    for text in TIED:
        assert sum(glued(text) in line for line in lines) == sum(text in said for said in PUSHED)


def drawn(place: str) -> bytes:
    if place == "register":
        rows = "".join(f"<tr><td>{said}</td></tr>" for said in PUSHED)
        return rendering.table_document(f"<html lang=ru><title>р</title><body><table>{rows}</table></body></html>")
    elements = {
        "paragraph": [["paragraph", said] for said in PUSHED],
        "item": [["item", f"1. {said}"] for said in PUSHED],
        "loose": [["paragraph", f"{said} ²"] for said in PUSHED],
        "cell": [["table", [["Графа"], *([said] for said in PUSHED)]]],
    }
    return rendering.draw(paper.with_elements(*elements[place]))


@pytest.mark.parametrize("element", ["addressee", "subject_line", "institution"])
@pytest.mark.parametrize("text", TIED)
def test_nothing_tied_is_parted_in_a_line(element: str, text: str) -> None:
    for words in range(2, 14):
        broken = sheet.broken(" ".join([*["мир"] * words, text, "всем"]), element, 75)
        assert any(glued(text) in glued(line) for line in broken)


def test_one_line_elements_are_tied() -> None:
    html = rendering.sheet_html(paper.replaced(salutation="Коллеги 5–9 классов и/или ауд. № 7!"), draft=False)
    assert "5–^9~классов и/^или ауд.~№~7!" in html.translate(JOINED)


def glued(text: str) -> str:
    return "".join(text.replace(ties.WORD_JOINER, "").split())
