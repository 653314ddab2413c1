"""What a scanner makes of a letter printed and signed by hand: grey sheets, a little askew, with a stroke of a pen."""

import io
import math
from typing import Any

import pypdfium2
from PIL import Image, ImageDraw

DPI = 150
SCALE = DPI / 72
PEN, PAPER = 60, 252  # shades of grey
STROKE_PT = (90, 14)  # how long and how high a signature is


def scan(pdf: bytes, *, signatory: str) -> bytes:
    """A PDF of pictures; the stroke stands left of the signatory's name on the last page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        sheets = [page.render(scale=SCALE, may_draw_forms=True).to_pil().convert("L") for page in document]
        _sign(sheets[-1], _place(document[len(document) - 1], signatory))
    finally:
        document.close()
    first, *rest = [sheet.rotate(0.4, Image.Resampling.BILINEAR, fillcolor=PAPER) for sheet in sheets]
    written = io.BytesIO()
    first.save(written, "PDF", save_all=True, append_images=rest, resolution=DPI)
    return written.getvalue()


def _place(page: Any, signatory: str) -> tuple[float, float]:
    """The left lower corner of the printed name, in pixels from the top left of the sheet."""
    text = page.get_textpage()
    everything = text.get_text_range().replace("\u00a0", " ")
    left, bottom, _, _ = text.get_charbox(everything.rindex(signatory))
    return left * SCALE, (page.get_height() - bottom) * SCALE


def _sign(sheet: Image.Image, name_at: tuple[float, float]) -> None:
    """Loops that grow smaller to the right, as a hurried hand makes them."""
    length, height = (points * SCALE for points in STROKE_PT)
    left, base = name_at[0] - 1.4 * length, name_at[1] - height / 3
    turns = [step / 40 for step in range(241)]
    points = [
        (
            left + length * turn / 6 - height * 0.5 * math.sin(2 * math.pi * turn),
            base - height * (1 - turn / 8) * math.cos(2 * math.pi * turn + turn),
        )
        for turn in turns
    ]
    ImageDraw.Draw(sheet).line(points, fill=PEN, width=3, joint="curve")
