"""What kind of file the bytes are, and its sheets as JSON. Refusals say in words what to do."""

import io
import json
import zipfile

from rcro_portal.lib.packages import DAMAGED, Bounds, Unreadable
from rcro_portal.lib.spreadsheets import delimited, docx, ods, xls, xlsx
from rcro_portal.lib.spreadsheets.grid import Counter, Grid
from rcro_portal.lib.spreadsheets.parts import Parts

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LOCKED_MARK = "EncryptedPackage".encode("utf-16-le")
AS_XLSX = "Откройте её в Excel, сохраните как «Книга Excel (.xlsx)» и загрузите ещё раз."
PICTURE = "Это картинка или PDF, а нужна таблица: XLSX, XLS, ODS, CSV или таблица в DOCX."
_PICTURES = (b"%PDF-", b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
_MACROS = ("vbaproject.bin", "script-lb.xml")


def read(data: bytes, *bounds: int) -> bytes:
    """The sheets of the file. Raises TooMuch, Unreadable."""
    counter = Counter(Bounds(*bounds))
    grids = _grids(data, counter)
    return json.dumps([grid.told() for grid in grids], ensure_ascii=False).encode("utf-8", "surrogatepass")


def _grids(data: bytes, counter: Counter) -> list[Grid]:
    if data.startswith(b"PK\x03\x04"):
        return _package(data, counter)
    if data.startswith(OLE):
        if LOCKED_MARK in data:
            raise Unreadable("Книга закрыта паролем. Сохраните её без пароля и загрузите ещё раз.")
        return xls.sheets(data, counter)
    _refuse_others(data)
    return delimited.sheets(data, counter)


def _refuse_others(data: bytes) -> None:
    if data.startswith(_PICTURES):
        raise Unreadable(PICTURE)
    start = data[:2_000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<html", b"<!doctype html", b"<table", b"<meta", b"<head", b"mime-version:")):
        raise Unreadable(f"Это веб-страница, хотя названа таблицей. {AS_XLSX}")
    if start.startswith(b"<?xml"):
        raise Unreadable(f"Это таблица в виде XML. {AS_XLSX}")
    if start.startswith(b"{\\rtf"):
        raise Unreadable("Это документ RTF. Сохраните его как DOCX и загрузите ещё раз.")


def _package(data: bytes, counter: Counter) -> list[Grid]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = Parts(archive, counter.bounds)
            for name in parts.names:
                if name.lower().endswith("workbook.bin"):
                    raise Unreadable("Книга сохранена как XLSB. Сохраните её как XLSX и загрузите ещё раз.")
                if name.lower().endswith(_MACROS):
                    raise Unreadable("В файле есть макросы. Сохраните его как .xlsx, без них, и загрузите ещё раз.")
            grids = _of_package(parts, counter)
            if not any(grid.rows for grid in grids) and any("media/" in name for name in parts.names):
                raise Unreadable(f"На листах только картинки. {PICTURE}")
            return grids
    except DAMAGED as error:
        raise Unreadable from error


def _of_package(parts: Parts, counter: Counter) -> list[Grid]:
    if xlsx.WORKBOOK in parts:
        return xlsx.sheets(parts, counter)
    if docx.DOCUMENT in parts:
        return docx.sheets(parts, counter)
    if ods.CONTENT in parts:
        if "META-INF/manifest.xml" in parts and b"encryption-data" in parts.archive.read("META-INF/manifest.xml"):
            raise Unreadable("Таблица закрыта паролем. Сохраните её без пароля и загрузите ещё раз.")
        return ods.sheets(parts, counter)
    raise Unreadable
