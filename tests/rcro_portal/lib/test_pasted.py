"""What comes from Word and Excel keeps its structure: rows, items and line ends."""

import time

import pytest
from django import forms
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from rcro_portal.lib import pasted
from rcro_portal.lib.text import Line, Prose

ANY = st.text("а1.)-–·o§\uf0b7\t\n \x0b|", max_size=40)


class Letter(forms.Form):
    body = Prose(required=False)
    problem = Prose(required=False, items=False, tables=False)
    title = Line(required=False)


def cleaned(name: str, typed: str) -> str:
    form = Letter({name: typed})
    assert form.is_valid(), form.errors
    return str(form.cleaned_data[name])


@pytest.mark.parametrize(
    ("copied", "kept"),
    [
        ("Томск\tЛицей № 8\t12\r\nАсино\tГимназия\t7", "Томск | Лицей № 8 | 12\nАсино | Гимназия | 7"),
        ("Район\tЧисло\nТомск\t\nИтого\t12", "Район | Число\nТомск |\nИтого | 12"),
        ("\tЧисло\nТомск\t7", "| Число\nТомск | 7"),
        ("1.\tТомск\t12\n2.\tАсино\t7", "1. | Томск | 12\n2. | Асино | 7"),
        ("Всего:\n№\tЧисло\n1\t12\nконец", "Всего:\n№ | Число\n1 | 12\nконец"),
        ("\tАбзац с отступом", "Абзац с отступом"),
        ("Абзац\t", "Абзац"),
        ("·\tпервое\n·       второе", "– первое\n– второе"),
        ("•первое\n\uf0b7\tвторое\n\uf0a7 третье", "– первое\n– второе\n– третье"),
        ("o\tвложенное\n§\tдругое", "– вложенное\n– другое"),
        ("o проведении\n§ 5 закона", "o проведении\n§ 5 закона"),
        ("1.\tпервое\n2)  второе\n1.2.\tтретье", "1. первое\n2) второе\n1.2. третье"),
        ("А)\tпервое\nб) второе", "а) первое\nб) второе"),
        ("–\tпервое\n- второе", "– первое\n- второе"),
        ("Мир\x0bТруд\x0cМай", "Мир\nТруд\nМай"),
        ("25.09.2020 г.\n№ 8", "25.09.2020 г.\n№ 8"),
    ],
)
def test_rows_and_items_of_a_letter(copied: str, kept: str) -> None:
    assert cleaned("body", copied) == kept
    assert cleaned("body", kept) == kept


@pytest.mark.parametrize(
    "copied",
    [
        "·\tслабая подготовка",
        "• слабая подготовка",
        "1) слабая подготовка",
        "А) слабая подготовка",
        "– слабая подготовка",
        "\uf0b7\tслабая подготовка",
        "o\tслабая подготовка",
        "§\tслабая подготовка",
        "· 1)\tслабая подготовка",
    ],
)
def test_marks_are_taken_off_where_the_portal_numbers(copied: str) -> None:
    assert cleaned("problem", copied) == "слабая подготовка"
    assert cleaned("problem", f"{copied}\n{copied}") == "слабая подготовка\nслабая подготовка"


def test_marks_are_looked_for_once_however_long_the_gap_after_one() -> None:
    began = time.process_time()
    for typed in ("o", "§", "–", "1)", "·"):
        assert pasted.lines(typed + " " * 20_000, items=False, tables=False).strip() in (typed, "")
    assert time.process_time() - began < 1


def test_rows_are_asked_about_where_no_table_is_printed() -> None:
    assert Letter({"problem": "Томск\tЛицей № 8\t12"}).errors == {"problem": [pasted.NO_TABLES]}


def test_one_line_has_neither_rows_nor_items() -> None:
    assert cleaned("title", "Томск\tЛицей\x0b№ 8\r\n12") == "Томск Лицей № 8 12"


@given(ANY, st.booleans(), st.booleans())
def test_cleaned_again_it_is_the_same(typed: str, items: bool, tables: bool) -> None:
    field = Prose(required=False, items=items, tables=tables)
    try:
        once = field.clean(typed)
    except ValidationError:
        return
    assert field.clean(once) == once


@given(ANY)
def test_nothing_but_marks_and_spaces_goes(typed: str) -> None:
    assert [one for one in Prose(required=False).clean(typed) if one in "а1"] == [one for one in typed if one in "а1"]
