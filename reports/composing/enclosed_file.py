"""What an uploaded appendix is, how many sheets it says it has, and what a reviewer left in it.

It stays a stranger's file after the judge took it: what is still read in it, is read in a process under limits.
"""

import json
from collections.abc import Callable
from typing import NamedTuple

from rcro_portal.lib import files, limited, office_parts, packages
from rcro_portal.lib.files import NotTaken
from reports.composing import enclosed_docx
from reports.typesetting import pages

PDF, DOCX, XLSX = files.PDF, files.DOCX, files.XLSX
TAKEN = (PDF, DOCX, XLSX)

SHEETS_AT_MOST = 500
DAMAGED = "Файл повреждён: он не открывается. Сохраните его заново."
CORRECTED = (
    "В файле есть непринятые исправления: читатели увидят разный текст. В Word: «Рецензирование» → "
    "«Принять все исправления», сохраните файл и приложите его снова."
)
COMMENTED = (
    "В файле есть примечания: их прочтёт каждый получатель. В {program}: «Рецензирование» → «Удалить» примечания "
    "во всём файле, сохраните его и приложите снова."
)


class Kind(NamedTuple):
    """Its media type, and its sheets where the file tells (one page is one sheet), else None."""

    media_type: str
    sheets: int | None

    @property
    def is_counted(self) -> bool:
        """The portal counted the pages itself; of a DOCX it has only the word of the program that wrote it."""
        return self.media_type == PDF


def judge(data: bytes) -> Kind:
    """Raises NotTaken for what ``files.judge`` refuses, for a file of too many pages and for one under review."""
    media_type = files.judge(data, taken=TAKEN)
    if media_type == PDF:
        return Kind(media_type, _few(int(_asked(pages.counted, data))))
    reviewed = enclosed_docx.Reviewed(*json.loads(_asked(enclosed_docx.told, data)))
    if reviewed.discussions:
        raise NotTaken(COMMENTED.format(program="Excel"))
    return Kind(media_type, _docx(reviewed) if media_type == DOCX else None)


def _docx(reviewed: enclosed_docx.Reviewed) -> int | None:
    if reviewed.corrections:
        raise NotTaken(CORRECTED)
    if reviewed.comments:
        raise NotTaken(COMMENTED.format(program="Word"))
    return _few(reviewed.pages) or None


def _few(sheets: int) -> int:
    if sheets > SHEETS_AT_MOST:
        raise NotTaken(f"В файле больше {SHEETS_AT_MOST} страниц. Разделите его.")
    return sheets


def _asked(reader: Callable[[bytes], bytes], data: bytes) -> bytes:
    try:
        return limited.call(reader, data, raises=(*packages.DAMAGED, office_parts.Broken))
    except (*packages.DAMAGED, office_parts.Broken) as error:
        raise NotTaken(DAMAGED) from error
    except limited.Busy as error:
        raise NotTaken(limited.BUSY) from error
    except limited.Failed as error:
        raise NotTaken(files.TOO_MUCH) from error
