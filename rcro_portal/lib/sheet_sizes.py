"""How large the pages and the pictures of a file are: judged by what it declares, before anything draws or decodes it.

A page of 3 × 1000 points, drawn as wide as the others, would be a picture of 5 GB. Runs in a process of ``limited``.
"""

import io
from collections.abc import Iterator
from typing import Any, NamedTuple

MM = 25.4 / 72
SAVE = "Сохраните файл на листах A4 с разрешением 300 точек на дюйм."


class Bounds(NamedTuple):
    """Pages of a file, how many times one side may be the other, pixels of a picture: A4 at 600 dpi has 35 million."""

    pages: int = 100
    ratio: int = 5
    pixels: int = 40_000_000


class Unfit(ValueError):
    """The words say what is too large, with its figures, and what to do."""


def check(data: bytes, *bounds: int) -> bytes:
    """Raise Unfit for a PDF, PNG or JPEG too large to be shown. What does not open is for others to judge."""
    import pikepdf
    from PIL import UnidentifiedImageError

    try:
        (_check_pdf if data.startswith(b"%PDF-") else _check_picture)(data, Bounds(*bounds))
    except Unfit:
        raise
    except (pikepdf.PdfError, UnidentifiedImageError, RuntimeError, ValueError, SyntaxError, OSError):
        pass
    return b""


def refuse_odd(width: float, height: float, ratio: int = Bounds().ratio, *, named: str = "Страница") -> None:
    """Raise Unfit unless the sides, in points, could be those of a sheet."""
    if max(width, height) > ratio * min(width, height) or min(width, height) <= 0:
        size = f"{_number(width * MM)} × {_number(height * MM)} мм"
        raise Unfit(f"{named}: {size}, одна сторона больше другой в {ratio} с лишним раз. {SAVE}")


def _check_pdf(data: bytes, bounds: Bounds) -> None:
    import pikepdf
    import pypdfium2

    with pypdfium2.PdfDocument(data) as document:
        if len(document) > bounds.pages:
            raise Unfit(f"Страниц в файле: {len(document)}, а нужно не больше {bounds.pages}. Разделите его.")
        for number in range(len(document)):
            width, height = document.get_page_size(number)
            refuse_odd(width, height, bounds.ratio, named=f"Страница {number + 1}")
    with pikepdf.open(io.BytesIO(data)) as document:
        for width, height in _pictures(document):
            _refuse_many(width, height, bounds.pixels)


def _pictures(document: Any) -> Iterator[tuple[int, int]]:
    import pikepdf

    for one in document.objects:
        if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image":
            sides = one.get("/Width"), one.get("/Height")
            if all(isinstance(side, int) for side in sides):
                yield sides


def _check_picture(data: bytes, bounds: Bounds) -> None:
    """The header alone is read: Pillow decodes no pixel before it is asked for one."""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # its own limit warns at another number
    with Image.open(io.BytesIO(data), formats=["PNG", "JPEG"]) as picture:
        width, height = picture.size
    _refuse_many(width, height, bounds.pixels)
    if max(width, height) > bounds.ratio * min(width, height):
        raise Unfit(
            f"Изображение: {_number(width)} × {_number(height)} точек, одна сторона больше другой в {bounds.ratio} "
            f"с лишним раз. {SAVE}"
        )


def _refuse_many(width: int, height: int, pixels: int) -> None:
    if width * height > pixels:
        raise Unfit(
            f"Изображение: {_number(width)} × {_number(height)} точек, а портал показывает до {_number(pixels)}. {SAVE}"
        )


def _number(value: float) -> str:
    return f"{round(value):,}".replace(",", "\u00a0")
