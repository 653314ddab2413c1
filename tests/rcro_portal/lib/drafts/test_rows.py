"""Rows of a page: none is forgotten however often the same page is posted, none goes without a press."""

from typing import Any

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from rcro_portal.lib.drafts import rows


class Item(rows.Row):
    kind = forms.ChoiceField(choices=[("decision", "решение"), ("appeal", "обращение")])
    text = forms.CharField()
    note = forms.CharField(required=False)


Items = rows.row_formset(Item, at_most=5)
TYPED = st.fixed_dictionaries({"kind": st.sampled_from(["decision", "appeal"]), "text": st.text("абв", min_size=1)})


def post(typed: list[dict[str, str]], stored: list[dict[str, Any]] | None = None, drawn_with: int = 0) -> Any:
    data = {"rows-TOTAL_FORMS": len(typed), "rows-INITIAL_FORMS": drawn_with}
    data |= {f"rows-{place}-{name}": value for place, row in enumerate(typed) for name, value in row.items()}
    return Items(data, prefix="rows", initial=stored, stored=len(stored or []))


def texts(posted: Any) -> list[str]:
    assert posted.is_valid(), posted.errors
    return [row["text"] for row in posted.kept]


@given(st.lists(TYPED, max_size=5), st.integers(0, 5))
def test_same_page_posted_again_holds_the_same_rows(typed: list[dict[str, str]], drawn_with: int) -> None:
    expected = [row["text"] for row in typed]
    first = post(typed, drawn_with=min(drawn_with, len(typed)))
    assert texts(first) == expected
    stored = first.kept
    for _ in range(3):
        again = post(typed, stored, drawn_with=min(drawn_with, len(typed)))
        assert texts(again) == expected
        stored = again.kept


def test_row_added_and_left_blank_is_no_row() -> None:
    blank = {"kind": "decision", "text": "  ", "note": ""}
    assert texts(post([{"kind": "decision", "text": "первая"}, blank])) == ["первая"]
    half = post([blank | {"note": "почему"}])
    assert not half.is_valid()
    assert half.errors == [{"text": ["Обязательное поле."]}]


def test_row_that_is_stored_goes_by_a_press_alone() -> None:
    stored = [{"kind": "decision", "text": "первая"}, {"kind": "decision", "text": "вторая"}]
    emptied = [stored[0], {"kind": "decision", "text": ""}]
    refused = post(emptied, stored)
    assert not refused.is_valid()
    assert refused.forms[1].non_field_errors() == [rows.EMPTIED]
    assert texts(post([emptied[0], emptied[1] | {"DELETE": "on"}], stored)) == ["первая"]
    missing = post(stored[:1], stored)
    assert (missing.is_valid(), missing.non_form_errors()) == (False, [rows.MISSING])


@pytest.mark.parametrize(("count", "deleted", "valid"), [(5, 0, True), (6, 0, False), (9, 4, True), (9, 3, False)])
def test_rows_above_the_limit_stay_on_the_page_and_deleted_ones_do_not_count(
    count: int, deleted: int, valid: bool
) -> None:
    row = {"kind": "decision", "text": "строка"}
    posted = post([row | ({"DELETE": "on"} if place < deleted else {}) for place in range(count)])
    assert (posted.is_valid(), len(posted.forms)) == (valid, count)
    words = "Строк не больше 5. Удалите лишние: введённое осталось на странице."
    assert posted.non_form_errors() == ([] if valid else [words])
