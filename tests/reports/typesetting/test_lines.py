"""Ends of lines as the plan writes them into the text: Pango, which fills the lines, finds these and no others."""

import random
from itertools import product

import pytest

from rcro_portal.lib.russian import NBSP, search_key
from rcro_portal.lib.text import clean_text
from reports.typesetting import lines, rendering, ties
from tests.reports import paper

ENDS = ["", "»", "”", "“", ")", ".", ",", "…", "%", "₽", "-", "–", "—", '"', "'", "№", "/", "+", "!"]
BEGINNINGS = ["", "„", "«", "“", "»", "(", "№", "§", "…", "–", "—", "-", '"', "'", "+"]
MARKS = "«»„“”\"'().,:;№§%&@+=*_!?…–—/₽-аЯ1Z"


def breaks(text: str) -> list[int]:
    """Where Pango lets a line end."""
    from weasyprint.text.line_break import get_log_attrs

    found = get_log_attrs(text, "ru")
    return [place for place in range(1, len(text)) if found[place].is_line_break]


def fitted(text: str, width_mm: float = 180) -> lines.Fitted | None:
    return lines.fitted(ties.whole(text), size_pt=12, width_mm=width_mm, indent_mm=12.5)


@pytest.mark.parametrize("seed", range(400))
def test_a_line_may_end_where_it_is_planned_and_nowhere_else(seed: int) -> None:
    chance = random.Random(seed)
    words = ("".join(chance.choices(MARKS + "абвгдежз" * 6, k=chance.choice([1, 1, 2, 3, 5, 9]))) for _ in range(50))
    made = fitted(" ".join(words), chance.choice([60, 100, 180]))
    if made is not None:
        assert len(breaks(made.text)) == made.lines - 1


def forced(end: str, beginning: str) -> str:
    """Two lines of text, tied so that only the space between the two words is left to end the first at."""
    first = f"Двенадцать{NBSP}" * 6 + f"педагогов{end}"
    return f"{first} {beginning}итоги{NBSP}" + f"одиннадцать{NBSP}" * 3 + "школ"


@pytest.mark.parametrize("end", ENDS)
def test_any_two_words_may_meet_at_a_lines_end(end: str) -> None:
    """A line ended between » and „, where Unicode forbids it (UAX 14, LB15), ran off the sheet and lost its text."""
    pdf = rendering.draw(paper.with_paragraphs(*[forced(end, beginning) for beginning in BEGINNINGS]))
    assert max(line.right for line in paper.lines(pdf)) <= 200.1


def test_no_line_ends_between_a_quote_and_an_opening_mark() -> None:
    for end, beginning in product("»”", "„("):
        assert not [stop for stop in lines._stops(f"педагогов{end} {beginning}итоги") if not stop.mark][1:-1]


def test_dash_that_sticks_to_a_word_ends_no_line() -> None:
    """«слово— слово»: the word's beginning filled up the line before, and the rest ran off the sheet."""
    made = fitted("педагогов— " * 60)
    assert made is not None
    assert len(breaks(made.text)) == made.lines - 1


def test_spaces_of_last_lines_are_read_back_pasted_and_searched_as_spaces() -> None:
    said = "Вебинар состоялся, благодарим всех участников."
    made = fitted(said)
    assert made is not None
    assert lines.LAST_SPACE in made.text
    assert said in rendering.plain_text(rendering.draw(paper.with_paragraphs(said)))
    copied = made.text.replace(NBSP, " ")
    assert clean_text(copied) == said
    assert search_key(copied) == search_key(said)


def test_last_line_does_not_stretch_and_the_others_do() -> None:
    pdf = rendering.draw(paper.with_paragraphs(f"{paper.SENTENCE}Итоги вебинара опубликованы на странице портала."))
    (first,) = (line.right for line in paper.lines(pdf) if "подготовку" in line.text)
    (last,) = (line.right for line in paper.lines(pdf) if "портала." in line.text)
    assert (first > 199, last < 150) == (True, True)
