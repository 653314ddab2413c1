"""Content to PDF: tagged PDF/A-2a, the same bytes for the same content. Alone imports WeasyPrint.

Nothing in the content can open a file or an address: the only things that the sheet may fetch are the faces of
the letter's own typeface.
"""

import atexit
import functools
import hashlib
import os
import threading
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings

from reports import columns, letter_font, signature_field
from reports.letter_font import CannotDraw, FontMissing, UnknownGlyph, missing_glyphs
from reports.pages import page_count, page_image, plain_text
from reports.sheet import NAMES, BadContent, Content, sheet_html, text_of

__all__ = [
    "BadContent",
    "CannotDraw",
    "Content",
    "FontMissing",
    "TextLost",
    "TooLong",
    "UnknownGlyph",
    "draw",
    "layout",
    "missing_glyphs",
    "page_count",
    "page_image",
    "plain_text",
    "sheet_html",
    "stamp",
    "table_document",
    "versions",
]

PAGES_AT_MOST = 12
SHEET_FILES = (
    "templates/reports/letters/sheet.html",
    "templates/reports/letters/table.html",
    "static/reports/letter.css",
    "reports/sheet.py",
    "reports/balance.py",
    "reports/body.py",
    "reports/columns.py",
    "reports/lines.py",
    "reports/qr_code.py",
    "reports/signature_field.py",
    "rcro_portal/russian.py",
)
HYPHENS = dict.fromkeys(map(ord, "-\u2010\u2011"))
# Pango's font map belongs to one thread at a time, and a map per thread would cost more than waiting.
_one_at_a_time = threading.RLock()


class TooLong(CannotDraw):
    """The letter takes more than PAGES_AT_MOST pages."""

    words = f"Письмо длиннее {PAGES_AT_MOST} страниц. Сократите текст или вынесите часть в приложение."


class TextLost(CannotDraw):
    """What can be read back from the PDF is not what was written."""


class Press(NamedTuple):
    """What is made once in a process: a new font configuration for each letter would cost ×1.65."""

    fonts: Any
    stylesheet: Any
    tables: Any
    fetcher: Any


def draw(content: Content, *, draft: bool = False) -> bytes:
    """The letter as PDF, its text read back and compared with the content.

    A draft says «ПРОЕКТ» instead of date and number and has no signature field. Raises a CannotDraw.
    """
    letter_font.refuse_unknown("".join(text for _, text in text_of(content)))
    pdf = layout(content, draft=draft)
    _compare(content, pdf, draft=draft)
    return pdf


def layout(content: Content, *, draft: bool) -> bytes:
    """Template, layout and field only; ``draw`` is what a letter is made by."""
    return _write(sheet_html(content, draft=draft), None if draft else signature_field.add)


@functools.lru_cache(maxsize=16)
def stamp(html: str) -> bytes:
    """A small untagged PDF in the letter's typeface: the seal lays it into the place of the signature.

    A key's stamp is the same on every letter, so a process draws it once: it would be two thirds of a signature's CPU.
    """
    return _write(html, None, variant="pdf/a-2b")


def table_document(html: str) -> bytes:
    """A document of tables that is no letter, tagged, as long as it takes; ``<body class="wide">`` lays it across.

    Raises UnknownGlyph for what the typeface cannot print.
    """
    letter_font.refuse_unknown(html)
    with _one_at_a_time:
        return _laid_out(html, _press().tables, "pdf/a-2a").write_pdf(pdf_variant="pdf/a-2a")


def versions() -> list[list[str]]:
    """What the look and the bytes of a letter depend on, besides its content."""
    import weasyprint
    from weasyprint.text.ffi import pango

    files = b"".join((Path(settings.BASE_DIR) / file).read_bytes() for file in SHEET_FILES)
    return [
        ["WeasyPrint", weasyprint.__version__],
        ["Pango", str(pango.pango_version())],
        ["font", letter_font.digest()],
        ["template", hashlib.sha256(files).hexdigest()],
    ]


def _write(html: str, finisher: Callable[[Any, Any], None] | None, variant: str = "pdf/a-2a") -> bytes:
    with _one_at_a_time:
        document = _laid_out(html, _press().stylesheet, variant)
        if len(document.pages) > PAGES_AT_MOST:
            raise TooLong
        return document.write_pdf(finisher=finisher, pdf_variant=variant)


def _laid_out(html: str, stylesheet: Any, variant: str) -> Any:
    from weasyprint import HTML

    press = _press()
    page = HTML(string=html, url_fetcher=press.fetcher, base_url="sheet:")
    return page.render(font_config=press.fonts, stylesheets=[stylesheet], pdf_variant=variant)


@functools.cache
def _press() -> Press:
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    # Left to the interpreter's last moments, WeasyPrint can no longer remove its folder of fonts.
    atexit.register(_forget_press, os.getpid())
    fonts, fetcher = FontConfiguration(), _closed_fetcher()
    source = (Path(settings.BASE_DIR) / "static/reports/letter.css").read_text(encoding="utf-8") + columns.css()
    tables = (Path(settings.BASE_DIR) / "static/reports/tables.css").read_text(encoding="utf-8")
    letter_css, tables_css = (
        CSS(string=css, font_config=fonts, url_fetcher=fetcher, base_url="sheet:") for css in (source, tables)
    )
    return Press(fonts, letter_css, tables_css, fetcher)


def _forget_press(made_by: int) -> None:
    """A forked child that ends must leave its parent's fonts alone."""
    if os.getpid() == made_by:
        _press.cache_clear()


def _closed_fetcher() -> Any:
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    faces = {f"font:{name}": letter_font.face(name) for name in letter_font.FACES}

    class ClosedFetcher(URLFetcher):
        """Serves the faces by name and nothing else; the base class's openers are never made."""

        def __init__(self) -> None:
            self._fail_on_errors = False

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:  # noqa: ARG002
            if url not in faces:
                raise ValueError("the sheet opens nothing")
            return URLFetcherResponse(url, faces[url], {"Content-Type": "font/ttf"})

    return ClosedFetcher()


def _compare(content: Content, pdf: bytes, *, draft: bool) -> None:
    """Every line of the content stands in the PDF, whole and in its order. Raises TextLost."""
    printed = _squeezed(plain_text(pdf))
    position = 0
    for element, text in text_of(content):
        if draft and element in ("number", "date"):
            continue
        wanted = _squeezed(text)
        position = printed.find(wanted, position)
        if position < 0:
            raise TextLost(f"Письмо не напечатано: в реквизите «{NAMES[element]}» текст изменился бы. Проверьте его.")
        position += len(wanted)


def _squeezed(text: str) -> str:
    """What must survive drawing: no spaces, no invisible marks, and no hyphens, for the sheet has its own."""
    visible = "".join(letter for letter in text if unicodedata.category(letter)[0] not in "CZ")
    return unicodedata.normalize("NFC", visible).translate(HYPHENS)
