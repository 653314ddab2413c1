"""A finished PDF as people meet it outside a reader: pictures of its pages, and its plain text."""

import ctypes
import io
import itertools
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from rcro_portal.lib import sheet_sizes

# The sheet's own hyphens stand only at line ends (PDFium makes U+0002 of most). A word's own is U+2010 there.
HYPHEN_AT_LINE_END = re.compile(r"\x02\n*|(?<=\w)-\n(?=\w)")
OWN_HYPHEN_AT_LINE_END = re.compile("\u2010\n?")
WHOLE_AT_LINE_END = re.compile(r"(?<=\w[–/])\n(?=\w)")  # «октябрь–декабрь» broken after its dash
LAST_SPACE = "\u2005"  # of a paragraph's last line: as wide as a space and never justified
TEXT_AT_MOST = 200_000
# Shades of grey, of the stamp's blue on white (letter.css), and a cube of all others for scans of strangers' paper.
STAMP = (0x00, 0x4A, 0xAD)
FEW_COLOURS = [
    *((17 * shade,) * 3 for shade in range(16)),
    *(tuple(255 + (part - 255) * depth // 16 for part in STAMP) for depth in range(1, 17)),
    *itertools.product(range(0, 256, 51), repeat=3),
]
# PDFium keeps global state and may not be entered by two threads.
_one_at_a_time = threading.RLock()


def page_count(pdf: bytes) -> int:
    with _opened(pdf) as document:
        return len(document)


def counted(pdf: bytes) -> bytes:
    """How many pages a stranger's file has, in figures."""
    return str(page_count(pdf)).encode()


def told(pdf: bytes, pages: int) -> bytes:
    """What a stranger's file tells of itself, as JSON: its pages, whether it has pictures, the first pages' text."""
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as document:
        pictures = any(isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image" for one in document.objects)
    text = plain_text(pdf, pages)[:TEXT_AT_MOST]
    return json.dumps({"pages": page_count(pdf), "text": text, "pictures": pictures}).encode()


def page_image(pdf: bytes, number: int, width_px: int, *, every_colour: bool = False) -> bytes:
    """A PNG of the page (counted from 1), width_px wide.

    Letters are black on white with a blue stamp: each point takes the nearest of ``FEW_COLOURS``, and the picture has
    a third of the bytes in half the time.

    Raises IndexError where there is no such page, Unfit where its sides are not those of a sheet.
    """
    with _opened(pdf) as document:
        if not 1 <= number <= len(document):
            raise IndexError(f"no page {number} of {len(document)}")
        sheet_sizes.refuse_odd(*document.get_page_size(number - 1), named=f"Страница {number}")
        page = document[number - 1]
        bitmap = page.render(scale=width_px / page.get_width(), may_draw_forms=True)
        png = io.BytesIO()
        image = bitmap.to_pil().convert("RGB")
        if not every_colour:
            image = image.quantize(palette=_palette(), dither=0)
        image.save(png, "PNG", optimize=False, compress_level=4)
        return png.getvalue()


@cache
def _palette() -> Any:
    from PIL import Image

    image = Image.new("P", (1, 1))
    image.putpalette([part for colour in FEW_COLOURS for part in colour])
    return image


def plain_text(pdf: bytes, first: int | None = None) -> str:
    """The letter's text, without page numbers and with words whole: both belong to the sheet, not to the text.

    So do the spaces of last lines, which are given back as spaces.
    """
    with _opened(pdf) as document:
        pages = [_page_text(page, number) for number, page in enumerate(itertools.islice(document, first), 1)]
    joined = HYPHEN_AT_LINE_END.sub("", "\n".join(pages))
    return WHOLE_AT_LINE_END.sub("", OWN_HYPHEN_AT_LINE_END.sub("-", joined))


def _page_text(page: Any, number: int) -> str:
    text = page.get_textpage().get_text_bounded().replace("\r\n", "\n").replace(LAST_SPACE, " ").strip()
    # A line that ends in the sheet's hyphen is joined with the next one: on a page's last line with its number.
    return text if number == 1 else re.sub(rf"(?:\n|(\x02)){number}$", r"\1", text)


def runs(pdf: bytes) -> list[str]:
    """Whatever is printed without a break, a line or a part of one, in the order in which the file draws it.

    Nothing is joined or reordered here: where columns stand side by side, the plain text mixes their lines.
    """
    with _opened(pdf) as document:
        return [text for page in document for text in _page_runs(page)]


def _page_runs(page: Any) -> Iterator[str]:
    from pypdfium2 import raw

    letters = page.get_textpage()
    for drawn in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
        size = raw.FPDFTextObj_GetText(drawn, letters, None, 0)
        buffer = (ctypes.c_ushort * size)()
        raw.FPDFTextObj_GetText(drawn, letters, buffer, size)
        yield bytes(buffer).decode("utf-16-le").rstrip("\x00")


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
