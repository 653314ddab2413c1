"""A list as a file: every row that was asked for, in its order, and nothing that a spreadsheet would count."""

import datetime
from typing import Any

import pytest
from django.db.models import QuerySet

from rcro_portal.lib import xlsx
from rcro_portal.lib.registers import Column
from rcro_portal.lib.registers.files import TooManyRows
from tests import clock
from tests.factories import imports
from tests.rcro_portal.lib.registers.listed import COLUMNS, listed, made

HEADS = ["Код", "Школа", "Вид"]


@pytest.fixture
def rows(db: None) -> QuerySet:
    return made()


def cells(query: str, ending: str, rows: QuerySet, **more: Any) -> list[list[str]]:
    return imports.table(listed(rows, query, **more).file(ending).content)


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_a_file_holds_what_is_on_screen_of_all_pages(ending: str, rows: QuerySet) -> None:
    assert cells("q=томск&order=-code&page=2", ending, rows, per_page=1) == [
        HEADS,
        ["b", "лицей томск", "лицей"],
        ["a", "школа томск", "школа"],
    ]


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_an_empty_list_is_its_headings(ending: str, rows: QuerySet) -> None:
    assert cells("q=[", ending, rows) == [HEADS]


def test_columns_say_where_they_stand(rows: QuerySet) -> None:
    columns = [*COLUMNS, Column("a", "Экран", "name", in_files=False), Column("b", "Файл", "name", on_page=False)]
    assert cells("", "csv", rows, columns=columns)[0] == [*HEADS, "Файл"]
    assert [head.words for head in listed(rows, columns=columns).heads] == [*HEADS, "Экран"]


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_sums_end_the_file(ending: str, rows: QuerySet) -> None:
    columns = [*COLUMNS, Column("id", "Число", "pk", total="pk")]
    total = str(sum(rows.values_list("pk", flat=True)))
    assert cells("", ending, rows, columns=columns)[-1] == ["Всего", "", "", total]


def test_a_moment_is_told_on_the_portals_clocks(rows: QuerySet) -> None:
    at = datetime.datetime(2026, 3, 17, 22, 30, tzinfo=datetime.UTC)
    columns = [Column("code", "Код", "codename", order="codename"), Column("at", "Когда", lambda _: at)]
    assert cells("", "csv", rows, columns=columns)[1] == ["a", "18.03.2026 05:30"]
    assert cells("", "xlsx", rows, columns=columns)[1] == ["a", "18.03.2026 05:30"]


def test_a_formula_stays_text(db: None) -> None:
    rows = made({"=1+1": "@SUM(A1)", "+7 (3822)": "-5", "b": "'к"})
    csv_text = listed(rows, "order=-code").file("csv").content.decode("utf-8-sig")
    assert csv_text.splitlines()[1:] == ["b;'к;'к", "'=1+1;'@SUM(A1);'@SUM(A1)", "'+7 (3822);-5;-5"]
    assert cells("order=-code", "xlsx", rows)[2][:2] == ["=1+1", "@SUM(A1)"]


def test_a_file_is_named_for_its_list_and_day(rows: QuerySet) -> None:
    answer = listed(rows).file("csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="shkoly-{clock.today()}.csv"'


def test_more_rows_than_a_file_holds_are_refused_in_words(rows: QuerySet, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "ROW_LIMIT", 2)
    with pytest.raises(TooManyRows, match="Здесь 3 строки, а в таблице – до 2"):
        listed(rows).file("xlsx")
