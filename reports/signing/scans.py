"""The scan of a letter signed on paper, a stranger's file: judged, read and drawn in a process under limits.

What was found is kept by the digest of the bytes; also that it could not be, or each reader would wait for it anew.
"""

import json
from typing import Any, NamedTuple

import pikepdf
from django.core.cache import cache

from rcro_portal.lib import files, limited, russian, sheet_sizes
from rcro_portal.lib.refusals import Refusal
from reports.typesetting import pages

PDF = files.PDF
TAKEN = (files.PDF, files.JPEG, files.PNG)
BOUNDS = sheet_sizes.Bounds()
LIMITS = limited.Limits(seconds=15)
PAGES_SHOWN = 30
WIDTH_PX = 1240
KEPT_SECONDS, TROUBLE_KEPT_SECONDS = 3600, 300


class NotAScan(Refusal):
    words = "Портал принимает PDF, JPEG и PNG. Сохраните файл в одном из этих видов."


class CannotShow(Refusal):
    words = (
        "Страницу показать нельзя: файл повреждён, или чтобы её нарисовать, нужно больше памяти и времени, чем отводит "
        "портал. Откройте сам файл."
    )


class Look(NamedTuple):
    """The scan as it can be shown and read; no pages, and words in ``trouble``, where that cannot be done."""

    pages: int
    text: str
    pictures: bool
    trouble: str = ""

    @property
    def shown(self) -> int:
        return min(self.pages, PAGES_SHOWN)

    @property
    def note(self) -> str:
        """What the pages on the screen do not show of the file."""
        if self.trouble or self.pages <= PAGES_SHOWN:
            return self.trouble
        count = russian.agree(self.pages, "страница", "страницы", "страниц")
        return f"В файле {count}, здесь показаны первые {PAGES_SHOWN}. Остальные – в самом файле."


def judge(data: bytes) -> str:
    """Its media type. Raises NotAScan for what ``files.judge`` refuses, and for one too large to be shown."""
    try:
        media_type = files.judge(data, taken=TAKEN)
        limited.call(sheet_sizes.check, data, *BOUNDS, raises=(sheet_sizes.Unfit,), limits=LIMITS)
    except (files.NotTaken, sheet_sizes.Unfit) as error:
        raise NotAScan(str(error)) from error
    except limited.Busy as error:
        raise NotAScan(limited.BUSY) from error
    except limited.Failed as error:
        raise NotAScan(files.TOO_MUCH) from error
    return media_type


def look(digest: str, data: bytes, media_type: str) -> Look:
    """What can be said of it; a picture is one page without text."""
    key = f"scan-{digest}"
    found = cache.get(key)
    if found is None:
        found = (_pdf if media_type == PDF else _picture)(data)
        _keep(key, found, found.get("trouble"))
    return Look(**found)


def page(digest: str, data: bytes, number: int) -> bytes | None:
    """A page of a PDF as PNG, or None where it has no such page. Raises CannotShow."""
    key = f"page-{digest}-{number}"
    image = cache.get(key)
    if image is None:
        image = _drawn(data, number)
        _keep(key, image, image if isinstance(image, str) else "")
    if isinstance(image, str):
        raise CannotShow(image)
    return image or None


def _keep(key: str, found: Any, trouble: str | None) -> None:
    """Nothing of a file that nobody has looked at."""
    if trouble != limited.BUSY:
        cache.set(key, found, TROUBLE_KEPT_SECONDS if trouble else KEPT_SECONDS)


def _pdf(data: bytes) -> dict[str, Any]:
    try:
        told = limited.call(pages.told, data, PAGES_SHOWN, raises=(pikepdf.PdfError, ValueError), limits=LIMITS)
    except limited.Busy:
        return _trouble(limited.BUSY)
    except (limited.Failed, pikepdf.PdfError, ValueError):
        return _trouble("Файл не открывается: он повреждён, закрыт паролем или слишком сложен.")
    found: dict[str, Any] = json.loads(told)
    return found


def _picture(data: bytes) -> dict[str, Any]:
    """Too many pixels would stop the browser that shows it as it is."""
    try:
        judge(data)
    except NotAScan as refusal:
        return _trouble(str(refusal))
    return {"pages": 1, "text": "", "pictures": True}


def _trouble(words: str) -> dict[str, Any]:
    return {"pages": 0, "text": "", "pictures": False, "trouble": words}


def _drawn(data: bytes, number: int) -> bytes | str:
    """The picture, no bytes where there is no such page, or the words that say why it cannot be drawn."""
    expected = (IndexError, sheet_sizes.Unfit)
    try:
        return limited.call(pages.page_image, data, number, WIDTH_PX, raises=expected, limits=LIMITS)
    except IndexError:
        return b""
    except sheet_sizes.Unfit as error:
        return f"{error} Здесь страницу не показать, откройте сам файл."
    except limited.Busy:
        return limited.BUSY
    except limited.Failed:
        return CannotShow.words
