"""The golden file of the sheet: what the samples come out as in its present edition.

After a change that is meant to be seen, raise ``rendering.EDITION`` and write the file anew:
``DJANGO_SETTINGS_MODULE=tests.settings .venv/bin/python -m tests.reports.typesetting.sheet_edition``. The libraries of
another machine draw other bytes; the same command adds theirs.
"""

import hashlib
import json
import sys
import zlib
from collections.abc import Iterator
from typing import Any

import django
import pikepdf
from django.conf import settings

from reports.typesetting import columns, rendering
from tests.reports import paper

FILE = paper.DATA / "sheet-edition.json"
LONG_TABLE = [paper.TABLE[0], *([str(row), "Город Томск", "МАОУ Гуманитарный лицей", "12"] for row in range(1, 61))]


def samples() -> Iterator[tuple[str, list[list[Any]], bool]]:
    """Contents by name, and whether they are drawn as drafts: together they use all that the sheet has."""
    yield "letter 941", paper.letter_941(), False
    yield "letter 941, draft", paper.letter_941(), True
    yield "every element, 2016", paper.with_elements(*paper.EVERY_ELEMENT), False
    every = paper.with_elements(*paper.EVERY_ELEMENT, edition="2025", qr=paper.ADDRESS, margin="30")
    yield "every element, 2025", every, False
    yield "table over pages", paper.with_elements(["paragraph", paper.SENTENCE], ["table", LONG_TABLE]), False
    yield "twelve pages", paper.of_pages(12), False


def sheets() -> dict[str, str]:
    """Digests of what is laid out: the same on every machine."""
    style = (settings.BASE_DIR / "static/reports/letter.css").read_text(encoding="utf-8") + columns.css()
    return {
        name: _digest((rendering.sheet_html(content, draft=draft) + style).encode())
        for name, content, draft in samples()
    }


def pdfs() -> dict[str, str]:
    """Digests of what comes out: the same where the libraries are."""
    return {name: _digest(rendering.draw(content, draft=draft)) for name, content, draft in samples()}


def libraries() -> str:
    """What the bytes depend on besides the sheet, as one line."""
    drawn_by = [version for version in rendering.versions() if version[0] != "sheet"]
    by = [*drawn_by, ["pikepdf", pikepdf.__version__], ["qpdf", pikepdf.__libqpdf_version__]]
    by += [["HarfBuzz", _harfbuzz()], ["zlib", zlib.ZLIB_RUNTIME_VERSION]]
    return ", ".join(f"{name} {version[:12]}" for name, version in by)


def golden() -> dict[str, Any]:
    return json.loads(FILE.read_text(encoding="utf-8"))


def write() -> None:
    """Refuses where the bytes are others and the edition is still the former one."""
    kept, sheet = golden() if FILE.exists() else {"edition": 0}, sheets()
    drawn = pdfs()
    raised = kept["edition"] < rendering.EDITION
    if not raised and (kept["sheets"] != sheet or kept["pdfs"].get(libraries(), drawn) != drawn):
        sys.exit(f"The sheet comes out otherwise than in edition {kept['edition']}: raise rendering.EDITION first.")
    known = {} if raised else kept["pdfs"]
    new = {"edition": rendering.EDITION, "sheets": sheet, "pdfs": {**known, libraries(): drawn}}
    FILE.write_text(json.dumps(new, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _harfbuzz() -> str:
    from weasyprint.text.ffi import ffi, harfbuzz

    ffi.cdef("const char * hb_version_string (void);", override=True)
    return ffi.string(harfbuzz.hb_version_string()).decode()


if __name__ == "__main__":
    django.setup()
    write()
