"""The same content comes out as the same bytes within one edition of the sheet; who changes them raises its number."""

import pytest

from reports.typesetting import rendering
from tests.reports.typesetting import sheet_edition

RAISE_IT = "the sheet has changed: see tests/reports/typesetting/sheet_edition.py"


def test_what_is_laid_out_is_of_its_edition() -> None:
    kept = sheet_edition.golden()
    assert (rendering.EDITION, sheet_edition.sheets()) == (kept["edition"], kept["sheets"]), RAISE_IT


def test_what_comes_out_is_of_its_edition() -> None:
    kept = sheet_edition.golden()["pdfs"].get(sheet_edition.libraries())
    if kept is None:
        pytest.skip(f"the golden file does not know {sheet_edition.libraries()}")
    assert sheet_edition.pdfs() == kept, RAISE_IT
