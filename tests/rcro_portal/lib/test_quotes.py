"""Quotation marks inside quotation marks: each level has its own, as far down as people go."""

import pytest
from django.template import engines
from hypothesis import given
from hypothesis import strategies as st

from rcro_portal.lib.quotes import LEVELS, MARKS, angled, bare, pairs_of, quoted

LETTERS = "абвА 1,.-"


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Сириус", "«Сириус»"),
        ("Проект «Сириус»", "«Проект „Сириус“»"),
        ("Проект „Сириус“", "«Проект „Сириус“»"),
        ("Проект “Сириус”", "«Проект „Сириус“»"),
        ('Проект "Сириус"', "«Проект „Сириус“»"),
        ("«Сириус» и «Орлёнок»", "«„Сириус“ и „Орлёнок“»"),
        ("МАОУ «СОШ «Интеграл»»", "«МАОУ „СОШ «Интеграл»“»"),
        ("МАОУ «СОШ „Интеграл“»", "«МАОУ „СОШ «Интеграл»“»"),
        ('Опыт "СОШ "Интеграл" города"', "«Опыт „СОШ «Интеграл» города“»"),
        ("Сеть „Опора “Юг” и Север“", "«Сеть „Опора «Юг» и Север“»"),
        ("«Наша школа»", "«Наша школа»"),
        ("«Проект «Сириус»»", "«Проект „Сириус“»"),
        ("", "«»"),
    ],
)
def test_marks_inside_are_of_the_other_kind(text: str, printed: str) -> None:
    assert quoted(text) == printed


@pytest.mark.parametrize("text", ["Проект «Сириус", "Сириус»", 'Экран 40" в классе', "„Сириус", "Сириус”", "a “b"])
def test_marks_that_do_not_pair_stay_as_they_were_typed(text: str) -> None:
    assert quoted(text) == f"«{text}»"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ('ОГБУ "РЦРО" и "Сириус"', "ОГБУ «РЦРО» и «Сириус»"),
        ('"Опыт "Сириуса" в сети"', "«Опыт „Сириуса“ в сети»"),
        ('проект «Школа "Сириус"»', "проект «Школа „Сириус“»"),
        ('Экран 40" в классе\nи "Сириус"', 'Экран 40" в классе\nи «Сириус»'),
        ('"Сириус": [[люди "Сириуса"]]', '«Сириус»: [[люди "Сириуса"]]'),
        ("«Сириус», „Опора“", "«Сириус», „Опора“"),
    ],
)
def test_straight_marks_become_russian_ones(typed: str, printed: str) -> None:
    assert angled(typed) == printed
    assert angled(printed) == printed


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("«Сириус»", "Сириус"), ('"Сириус"', "Сириус"), ("«Сириус» и «Орлёнок»", "«Сириус» и «Орлёнок»"), ("«»", "«»")],
)
def test_only_marks_around_the_whole_are_taken_off(typed: str, kept: str) -> None:
    assert bare(typed) == kept


def test_every_template_has_the_filter() -> None:
    template = engines["django"].from_string("{{ name|quoted }}")
    assert template.render({"name": "Проект «<b>»"}) == "«Проект „&lt;b&gt;“»"


@st.composite
def nested(draw: st.DrawFn, depth: int = 4) -> str:
    """A text whose marks pair, each before or after its word."""
    parts = [draw(st.text(LETTERS, max_size=5))]
    for _ in range(draw(st.integers(0, 2)) if depth else 0):
        start, end = draw(st.sampled_from(LEVELS))
        parts += [start, draw(nested(depth=depth - 1)).strip(), end, draw(st.text(LETTERS, max_size=5))]
    return "".join(parts)


@given(nested())
def test_levels_alternate_however_deep(text: str) -> None:
    printed = quoted(text)
    pairs = list(pairs_of(printed))
    assert len(pairs) * 2 == sum(mark in MARKS for mark in printed)
    assert all((printed[start], printed[end]) == LEVELS[depth % 2] for start, end, depth in pairs)
    assert quoted(printed) == printed


@given(st.text(LETTERS + MARKS))
def test_words_are_never_changed(text: str) -> None:
    kept = "".join(letter for letter in text if letter not in MARKS).strip()
    assert "".join(letter for letter in quoted(text) if letter not in MARKS).strip() == kept
