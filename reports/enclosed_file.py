"""What an uploaded appendix is, by its bytes and not by its name, and how many sheets it says it has."""

import io
import re
import zipfile
from typing import NamedTuple

import pikepdf

from rcro_portal.refusals import Refusal
from rcro_portal.text import FILE_LIMIT_BYTES
from reports.pages import page_count

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ENDINGS = {PDF: "pdf", DOCX: "docx", XLSX: "xlsx"}
MAIN_PARTS = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX}

SHEETS_AT_MOST = 500
MEMBERS_AT_MOST = 2_000
INFLATED_AT_MOST = 200 * 1024 * 1024
PROPERTIES_AT_MOST = 64 * 1024
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the old .doc and .xls, and a new one under a password
ACTIVE = re.compile(r"vbaproject|/activex/|oleobject\d*\.bin$|/externallinks/", re.IGNORECASE)
PAGES = re.compile(rb"<(?:\w+:)?Pages>(\d{1,5})</")


class NotTaken(Refusal):
    """The file cannot go with a letter; the words say why and what to do."""


class Kind(NamedTuple):
    """Its media type, and its sheets where the file tells (one page is one sheet), else None."""

    media_type: str
    sheets: int | None


def judge(data: bytes) -> Kind:
    """Raises NotTaken for what is no PDF, DOCX or XLSX, is closed by a password, runs something, or is a trap."""
    if len(data) > FILE_LIMIT_BYTES:
        raise NotTaken("Файл больше 12 МБ. Сожмите его или разделите на части.")
    if data.startswith(b"%PDF-"):
        return Kind(PDF, _pdf(data))
    if data.startswith(OLE):
        raise NotTaken("Файл закрыт паролем или сохранён в старом виде (.doc, .xls). Сохраните его без пароля в PDF.")
    if data.startswith(b"PK\x03\x04"):
        return _package(data)
    raise NotTaken("Приложением бывает PDF, DOCX или XLSX. Сохраните файл в одном из этих видов.")


def _pdf(data: bytes) -> int:
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            if pdf.is_encrypted:
                raise NotTaken("PDF закрыт паролем. Сохраните его без пароля.")
            _refuse_active(pdf)
        return _few(page_count(data))
    except pikepdf.PasswordError as error:
        raise NotTaken("PDF закрыт паролем. Сохраните его без пароля.") from error
    except (pikepdf.PdfError, ValueError, RuntimeError) as error:
        raise NotTaken("PDF повреждён: он не открывается. Сохраните его заново.") from error


def _few(pages: int) -> int:
    if pages > SHEETS_AT_MOST:
        raise NotTaken(f"В файле больше {SHEETS_AT_MOST} страниц. Разделите его.")
    return pages


def _refuse_active(pdf: pikepdf.Pdf) -> None:
    names, action = pdf.Root.get("/Names"), pdf.Root.get("/OpenAction")
    runs = isinstance(action, pikepdf.Dictionary) and action.get("/S") in ("/JavaScript", "/Launch")
    if runs or (isinstance(names, pikepdf.Dictionary) and ("/JavaScript" in names or "/EmbeddedFiles" in names)):
        raise NotTaken("В PDF есть сценарий или вложенный файл. Сохраните его заново печатью в PDF.")


def _package(data: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            members = package.infolist()
            _refuse_traps(members)
            media_type = _media_type({member.filename for member in members})
            return Kind(media_type, _pages(package) if media_type == DOCX else None)
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError) as error:
        raise NotTaken("Файл повреждён: он не открывается. Сохраните его заново.") from error


def _refuse_traps(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MEMBERS_AT_MOST or sum(member.file_size for member in members) > INFLATED_AT_MOST:
        raise NotTaken("Файл внутри слишком велик. Сохраните его в PDF.")
    if any(member.flag_bits & 1 for member in members):
        raise NotTaken("Файл закрыт паролем. Сохраните его без пароля.")
    if any(ACTIVE.search(member.filename) for member in members):
        raise NotTaken("В файле есть макрос или связь с другим файлом. Сохраните его без них или в PDF.")


def _media_type(names: set[str]) -> str:
    found = [media_type for part, media_type in MAIN_PARTS.items() if part in names]
    if "[Content_Types].xml" not in names or len(found) != 1:
        raise NotTaken("Приложением бывает PDF, DOCX или XLSX. Сохраните файл в одном из этих видов.")
    return found[0]


def _pages(package: zipfile.ZipFile) -> int | None:
    """What the program that wrote the file counted, if it did."""
    if "docProps/app.xml" not in package.namelist():
        return None
    with package.open("docProps/app.xml") as part:
        found = PAGES.search(part.read(PROPERTIES_AT_MOST))
    return _few(int(found[1])) or None if found else None
