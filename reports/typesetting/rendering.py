"""Content to PDF: tagged PDF/A-2a, the same bytes for the same content. Alone imports WeasyPrint.

Nothing in the content can open a file or an address: the only things that the sheet may fetch are the faces of
the letter's own typeface.
"""

import atexit
import functools
import itertools
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings

from rcro_portal.lib.text import excerpt
from reports.typesetting import columns, letter_font, read_back, signature_field, table_tags, ties
from reports.typesetting.letter_font import CannotDraw, FontMissing, UnknownGlyph, missing_glyphs
from reports.typesetting.pages import page_count, page_image, plain_text
from reports.typesetting.read_back import TextLost
from reports.typesetting.sheet import BadContent, Content, refuse_unknown, sheet_html

__all__ = [
    "BadContent",
    "CannotDraw",
    "Content",
    "FontMissing",
    "TextLost",
    "TooLong",
    "UnknownGlyph",
    "certificate",
    "draw",
    "layout",
    "missing_glyphs",
    "named",
    "page_count",
    "page_image",
    "plain_text",
    "sheet_html",
    "stamp",
    "table_document",
    "versions",
]

PAGES_AT_MOST = 12
# Raised when the same content comes out as other bytes: test_sheet_edition.py says so (docs/adr/0026).
EDITION = 2
# What files drawn before editions had numbers name instead: a digest of the sheet's sources, the last of them.
EDITIONS_BY_SOURCES = {"27669ac729cae1f2076253ce1828c6f458d81c9b99042b080f4b9ebb92d4dfd6": 1}
# Pango's font map belongs to one thread at a time, and a map per thread would cost more than waiting.
_one_at_a_time = threading.RLock()


class TooLong(CannotDraw):
    """The letter takes more than PAGES_AT_MOST pages."""

    words = f"Письмо длиннее {PAGES_AT_MOST} страниц. Сократите текст или вынесите часть в приложение."


class DrewBeforeFork(RuntimeError):
    """The process was forked from one that has drawn: Pango's font map waits for a thread that only the parent has.

    No words for people: whoever forks must not draw before that, or the child would hang (Pango 1.56 and later).
    """


class Press(NamedTuple):
    """What is made once in a process: a new font configuration for each letter would cost ×1.65."""

    made_by: int
    fonts: Any
    stylesheet: Any
    tables: Any
    certificates: Any
    fetcher: Any


def draw(content: Content, *, draft: bool = False) -> bytes:
    """The letter as PDF, its text read back and compared with the content.

    A draft says «ПРОЕКТ» instead of date and number and has no signature field. Raises a CannotDraw.
    """
    refuse_unknown(content)
    pdf = layout(content, draft=draft)
    read_back.compare(content, pdf, draft=draft)
    return pdf


def layout(content: Content, *, draft: bool) -> bytes:
    """Template, layout and field only; ``draw`` is what a letter is made by."""
    return _write(sheet_html(content, draft=draft), table_tags.join if draft else _finish)


def _finish(document: Any, pdf: Any) -> None:
    table_tags.join(document, pdf)
    signature_field.add(document, pdf)


@functools.lru_cache(maxsize=16)
def stamp(html: str) -> bytes:
    """A small untagged PDF in the letter's typeface: ``signing.pades`` lays it into the place of the signature.

    A key's stamp is the same on every letter, so a process draws it once: it would be two thirds of a signature's CPU.
    """
    return _write(html, None, variant="pdf/a-2b")


def table_document(html: str) -> bytes:
    """A document of tables that is no letter, tagged, as long as it takes; ``<body class="wide">`` lays it across.

    Raises UnknownGlyph for what the typeface cannot print.
    """
    letter_font.refuse_unknown(html)
    with _one_at_a_time:
        document = _laid_out(ties.markup(html), _press().tables, "pdf/a-2a")
        return document.write_pdf(finisher=table_tags.join, pdf_variant="pdf/a-2a")


def certificate(html: str) -> bytes:
    """A certificate of ``certificate_sheet``, tagged, on one sheet."""
    with _one_at_a_time:
        return _laid_out(html, _press().certificates, "pdf/a-2a").write_pdf(pdf_variant="pdf/a-2a")


def versions() -> list[list[str]]:
    """What the look and the bytes of a letter depend on, besides its content."""
    import weasyprint
    from weasyprint.text.ffi import pango

    return [
        ["WeasyPrint", weasyprint.__version__],
        ["Pango", str(pango.pango_version())],
        ["font", letter_font.digest()],
        ["sheet", str(EDITION)],
    ]


def named(versions: list[list[str]]) -> list[list[str]]:
    """The versions kept with a file, its edition by number where that of its sources is known."""
    editions = EDITIONS_BY_SOURCES
    return [
        ["sheet", str(editions[value])] if name == "template" and value in editions else [name, value]
        for name, value in versions
    ]


def _write(html: str, finisher: Callable[[Any, Any], None] | None, variant: str = "pdf/a-2a") -> bytes:
    with _one_at_a_time:
        document = _laid_out(html, _press().stylesheet, variant)
        if len(document.pages) > PAGES_AT_MOST:
            raise TooLong(
                f"Письмо длиннее {PAGES_AT_MOST} страниц: на {PAGES_AT_MOST + 1}-ю переходит "
                f"{_beginning(document.pages[PAGES_AT_MOST])}. Сократите текст или вынесите часть в приложение."
            )
        return document.write_pdf(finisher=finisher, pdf_variant=variant)


def _beginning(page: Any) -> str:
    """The first words of the page's text, in quotes."""
    sheet = page._page_box.children[0]
    words = (box.text for box in sheet.descendants() if getattr(box, "text", "").strip())
    return excerpt(" ".join(itertools.islice(words, 3)))


def _laid_out(html: str, stylesheet: Any, variant: str) -> Any:
    from weasyprint import HTML

    press = _press()
    page = HTML(string=html, url_fetcher=press.fetcher, base_url="sheet:")
    return page.render(font_config=press.fonts, stylesheets=[stylesheet], pdf_variant=variant)


def _press() -> Press:
    press = _made_press()
    if press.made_by != os.getpid():
        raise DrewBeforeFork
    return press


@functools.cache
def _made_press() -> Press:
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    # Left to the interpreter's last moments, WeasyPrint can no longer remove its folder of fonts.
    atexit.register(_forget_press, os.getpid())
    fonts, fetcher = FontConfiguration(), _closed_fetcher()
    letter, tables, certificates = (
        (Path(settings.BASE_DIR) / f"static/reports/{name}.css").read_text(encoding="utf-8")
        for name in ("letter", "tables", "certificate")
    )
    letter_css, tables_css, certificates_css = (
        CSS(string=css, font_config=fonts, url_fetcher=fetcher, base_url="sheet:")
        for css in (letter + columns.css(), tables, certificates)
    )
    return Press(os.getpid(), fonts, letter_css, tables_css, certificates_css, fetcher)


def _forget_press(made_by: int) -> None:
    """A forked child that ends must leave its parent's fonts alone."""
    if os.getpid() == made_by:
        _made_press.cache_clear()


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
