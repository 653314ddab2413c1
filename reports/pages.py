"""A finished PDF as people meet it outside a reader: pictures of its pages, and its plain text."""

import io
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

# The sheet's own hyphens stand only at line ends (PDFium makes U+0002 of most). A word's own is U+2010 there.
HYPHEN_AT_LINE_END = re.compile(r"\x02\n*|(?<=\w)-\n(?=\w)")
OWN_HYPHEN_AT_LINE_END = re.compile("\u2010\n?")
WHOLE_AT_LINE_END = re.compile(r"(?<=\w[–/])\n(?=\w)")  # «октябрь–декабрь» broken after its dash
# PDFium keeps global state and may not be entered by two threads.
_one_at_a_time = threading.RLock()


def page_count(pdf: bytes) -> int:
    with _opened(pdf) as document:
        return len(document)


def page_image(pdf: bytes, number: int, width_px: int) -> bytes:
    """A PNG of the page (counted from 1), width_px wide. Raises IndexError where there is no such page."""
    with _opened(pdf) as document:
        if not 1 <= number <= len(document):
            raise IndexError(f"no page {number} of {len(document)}")
        page = document[number - 1]
        bitmap = page.render(scale=width_px / page.get_width(), may_draw_forms=True)
        png = io.BytesIO()
        bitmap.to_pil().convert("RGB").save(png, "PNG", optimize=False, compress_level=4)
        return png.getvalue()


def plain_text(pdf: bytes) -> str:
    """The letter's text, without page numbers and with words whole: both belong to the sheet, not to the text."""
    with _opened(pdf) as document:
        pages = [_page_text(page, number) for number, page in enumerate(document, 1)]
    joined = HYPHEN_AT_LINE_END.sub("", "\n".join(pages))
    return WHOLE_AT_LINE_END.sub("", OWN_HYPHEN_AT_LINE_END.sub("-", joined))


def _page_text(page: Any, number: int) -> str:
    text = page.get_textpage().get_text_bounded().replace("\r\n", "\n").strip()
    # A line that ends in the sheet's hyphen is joined with the next one: on a page's last line with its number.
    return text if number == 1 else re.sub(rf"(?:\n|(\x02)){number}$", r"\1", text)


@contextmanager
def _opened(pdf: bytes) -> Iterator[Any]:
    import pypdfium2

    with _one_at_a_time:
        document = pypdfium2.PdfDocument(pdf)
        try:
            document.init_forms()
            yield document
        finally:
            document.close()
