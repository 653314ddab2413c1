"""Spreadsheets that the portal writes: no text becomes a formula."""

import datetime
import io
import zipfile

import pytest

from rcro_portal.lib import xlsx
from tests.factories import imports

COLUMNS = [xlsx.Column("Номер"), xlsx.Column("Дата", 12), xlsx.Column("Кому", 40)]


def written(*rows: list[object]) -> bytes:
    return xlsx.write(sheet="Журнал", columns=COLUMNS, rows=rows)


def test_what_was_written_is_read() -> None:
    rows = imports.table(written([941, datetime.date(2020, 9, 25), "Руководителям"], ["942", None, "Всем\nшколам"]))
    assert rows == [
        ["Номер", "Дата", "Кому"],
        ["941", "25.09.2020", "Руководителям"],
        ["942", "", "Всем\nшколам"],
    ]


@pytest.mark.parametrize("text", ["=1+1", "+7 (3822) 51-56-66", "-", "@SUM(A1)", "https://school.example", "0012"])
def test_text_stays_text(text: str) -> None:
    file = written([text])
    assert imports.table(file)[1][0] == text
    with zipfile.ZipFile(io.BytesIO(file)) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    assert ("<f>" in sheet, "hyperlink" in sheet, f">{text}<" in sheet) == (False, False, True)
