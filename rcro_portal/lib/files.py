"""The one judge of files that people bring: an appendix, an incoming letter, an answer of a centre, a scan.

What a file is, its bytes say, not its name; they are read in a process of their own, under limits. What is taken only
shows something: nothing in it runs, fetches, sends or opens another file, whoever reads it later.
"""

from collections.abc import Collection
from pathlib import PurePath

from rcro_portal.lib import file_contents, limited
from rcro_portal.lib.refusals import Refusal
from rcro_portal.lib.text import FILE_LIMIT_BYTES, NAME_LIMIT, readable_name

PDF, DOCX, XLSX = file_contents.PDF, file_contents.DOCX, file_contents.XLSX
ODT, ODS = file_contents.ODT, file_contents.ODS
JPEG, PNG = file_contents.JPEG, file_contents.PNG
ENDINGS = {PDF: "pdf", DOCX: "docx", XLSX: "xlsx", ODT: "odt", ODS: "ods", JPEG: "jpg", PNG: "png"}
KINDS = {PDF: "PDF", DOCX: "DOCX", XLSX: "XLSX", ODT: "ODT", ODS: "ODS", JPEG: "JPEG", PNG: "PNG"}


TOO_MUCH = (
    "Файл не удалось проверить: он повреждён, или чтобы его прочитать, нужно больше памяти и времени, чем отводит "
    "портал. Сохраните его заново печатью в PDF."
)


class NotTaken(Refusal):
    """The portal does not keep such a file; the words say why and what to do."""


def judge(data: bytes, *, taken: Collection[str]) -> str:
    """Its media type, one of ``taken``. Raises NotTaken: another kind, damaged, closed, a trap, or not only shown."""
    if len(data) > FILE_LIMIT_BYTES:
        raise NotTaken("Файл больше 12 МБ. Сожмите его или разделите на части.")
    try:
        media_type = limited.call(file_contents.kind, data, raises=(file_contents.Unfit,)).decode()
    except file_contents.Unfit as error:
        raise NotTaken(str(error)) from error
    except limited.Busy as error:
        raise NotTaken(limited.BUSY) from error
    except limited.Failed as error:
        raise NotTaken(TOO_MUCH) from error
    if media_type not in taken:
        names = [name for kind, name in KINDS.items() if kind in taken]
        raise NotTaken(f"Портал принимает {', '.join(names[:-1])} и {names[-1]}. Сохраните файл в одном из этих видов.")
    return media_type


def named(name: str, media_type: str, otherwise: str) -> str:
    """The file's name as people know it, with the ending that its content has."""
    ending = f".{ENDINGS[media_type]}"
    return readable_name(PurePath(name or "").stem, otherwise)[: NAME_LIMIT - len(ending)] + ending
