"""What kind of file some bytes are, and whether they only show something. Loads no settings: ``files`` calls it."""

import io
import zipfile
from collections.abc import Iterable
from itertools import islice

import pikepdf

from rcro_portal.lib import active_odf, active_package, active_pdf, office_parts, packages

PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODT, ODS = f"{active_odf.KINDS}text", f"{active_odf.KINDS}spreadsheet"
PICTURES = {b"\xff\xd8\xff": JPEG, b"\x89PNG\r\n\x1a\n": PNG}
MAIN = {f"{DOCX}.main+xml": DOCX, f"{XLSX}.main+xml": XLSX}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the old .doc and .xls, and a new one under a password
NAMED_AT_MOST, LOOKED_AT = 3, 1_000
PRINTED = "напечатайте файл в PDF: «Печать» → принтер «Microsoft Print to PDF» или «Сохранить как PDF»"

MENDED = f"Удалите это и сохраните файл снова или {PRINTED}."


class Unfit(ValueError):
    """The file cannot be kept; the words say why and what to do."""


def kind(data: bytes) -> bytes:
    """The media type, nothing where the portal does not know one. Raises Unfit."""
    if data.startswith(b"%PDF-"):
        return _pdf(data).encode()
    if data.startswith(b"PK\x03\x04"):
        return _package(data).encode()
    if data.startswith(OLE):
        raise Unfit("Файл закрыт паролем или сохранён в старом виде (.doc, .xls). Сохраните его без пароля в PDF.")
    return next((media_type for start, media_type in PICTURES.items() if data.startswith(start)), "").encode()


def _pdf(data: bytes) -> str:
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            if pdf.is_encrypted:
                raise Unfit("PDF закрыт паролем. Сохраните его без пароля.")
            _refuse("В PDF", active_pdf.found(pdf), f"Чтобы в нём остались только страницы, {PRINTED}.")
    except Unfit:
        raise
    except pikepdf.PasswordError as error:
        raise Unfit("PDF закрыт паролем. Сохраните его без пароля.") from error
    except active_pdf.TooMuch as error:
        raise Unfit(f"PDF внутри слишком велик. Разделите его или {PRINTED}.") from error
    except (pikepdf.PdfError, ValueError, RuntimeError) as error:
        raise Unfit("PDF повреждён: он не открывается. Сохраните его заново.") from error
    return PDF


def _package(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if office_parts.is_too_much(archive):
                raise Unfit("Файл внутри слишком велик. Сохраните его в PDF.")
            if office_parts.is_locked(archive):
                raise Unfit("Файл закрыт паролем. Сохраните его без пароля.")
            return _open_document(archive) if active_odf.is_one(archive) else _office_open(archive)
    except Unfit:
        raise
    except active_odf.Locked as error:
        raise Unfit("Файл закрыт паролем. Сохраните его без пароля.") from error
    except (*packages.DAMAGED, office_parts.Broken) as error:
        raise Unfit("Файл повреждён: он не открывается. Сохраните его заново.") from error


def _office_open(archive: zipfile.ZipFile) -> str:
    package = active_package.Package(archive)
    _refuse("В файле", active_package.found(package), MENDED)
    return MAIN.get(package.main_kind(), "")


def _open_document(archive: zipfile.ZipFile) -> str:
    document = active_odf.Document(archive)
    kind = document.main_kind()
    _refuse("В файле", active_odf.found(document), MENDED)
    return kind if kind in (ODT, ODS) else ""


def _refuse(where: str, found: Iterable[str], advice: str) -> None:
    """«В PDF есть: сценарий (JavaScript). …», each finding once, the first few of them."""
    named = list(islice(dict.fromkeys(islice(found, LOOKED_AT)), NAMED_AT_MOST))
    if named:
        raise Unfit(f"{where} есть: {', '.join(named)}. {advice}")
