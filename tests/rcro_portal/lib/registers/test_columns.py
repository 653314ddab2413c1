"""What a cell says of a row, on the page and as a text."""

import datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils.safestring import SafeString

from rcro_portal.lib.registers import Column
from rcro_portal.lib.registers.columns import text

ROW = SimpleNamespace(name="<b>Школа</b>", head=SimpleNamespace(name="Лыжина"), none=None, zero=0)
MOMENT = datetime.datetime(2026, 3, 17, 22, 30, tzinfo=datetime.UTC)


def cell(value: Any, **more: Any) -> str:
    return Column("key", "Что", value, **more).cell(ROW)


@pytest.mark.parametrize(
    ("drawn", "markup"),
    [
        (cell("head.name"), '<td data-label="Что">Лыжина</td>'),
        (cell("name"), '<td data-label="Что">&lt;b&gt;Школа&lt;/b&gt;</td>'),
        (cell("zero", css="numeric"), '<td data-label="Что" class="numeric">0</td>'),
        (cell("none"), '<td data-label="Что"></td>'),
        (cell("none", blank="нет"), '<td data-label="Что"><span class="muted">нет</span></td>'),
        (cell("head.name", names_row=True), '<th scope="row">Лыжина</th>'),
        (cell("head.name", link=lambda _: '/"/'), '<td data-label="Что"><a href="/&quot;/">Лыжина</a></td>'),
        (cell("head.name", link=lambda _: ""), '<td data-label="Что">Лыжина</td>'),
        (cell("name", html=lambda row: row.name), '<td data-label="Что"><span>&lt;b&gt;Школа&lt;/b&gt;</span></td>'),
        (cell("name", html=lambda _: SafeString("<i>я</i>")), '<td data-label="Что"><span><i>я</i></span></td>'),
        (cell("name", html=lambda _: "", blank="–"), '<td data-label="Что"><span class="muted">–</span></td>'),
    ],
)
def test_a_cell_on_the_page(drawn: str, markup: str) -> None:
    assert drawn == markup


@pytest.mark.parametrize(
    ("value", "words"),
    [(None, ""), (0, "0"), (datetime.date(2026, 3, 5), "05.03.2026"), (MOMENT, "18.03.2026 05:30"), ("да", "да")],
)
def test_a_value_as_text(value: Any, words: str) -> None:
    assert text(value) == words
