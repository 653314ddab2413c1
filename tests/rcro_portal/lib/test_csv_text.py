"""CSV that no spreadsheet counts, and that reads back as it was."""

import pytest

from rcro_portal.lib import csv_text
from tests.factories import imports

FORMULAS = ["=1+1", "+7 (3822) 51-56-66", "@SUM(A1)", "-x", "\t=1", "＝1", "−"]
PLAIN = ["Школа № 7", "-5", "-12,50", "'quoted'", "1=1", ""]


@pytest.mark.parametrize("cell", [*FORMULAS[:5], FORMULAS[5]])
def test_a_formula_is_guarded(cell: str) -> None:
    assert csv_text.guarded(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", PLAIN)
def test_other_text_is_as_it_is(cell: str) -> None:
    assert csv_text.guarded(cell) == cell


@pytest.mark.parametrize("cell", [*FORMULAS, *PLAIN])
def test_the_guard_comes_off(cell: str) -> None:
    assert csv_text.unguarded(csv_text.guarded(cell)) == cell


def test_cells_with_separators_quotes_and_lines_read_back() -> None:
    row = ["«Лицей»; школа", 'ГБОУ "Кедр"', "две\nстроки", "+7 (3822)"]
    data = csv_text.write(["А", "Б", "В", "Г"], [row])
    assert data.startswith(b"\xef\xbb\xbf")
    assert imports.table(data) == [["А", "Б", "В", "Г"], row]
