"""Files as people bring them: a PDF, a DOCX, an XLSX, each with whatever a test puts into it."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pikepdf

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
KIND = "application/vnd.openxmlformats-officedocument"
DOCX = ("word/document.xml", f"{KIND}.wordprocessingml.document.main+xml")
XLSX = ("xl/workbook.xml", f"{KIND}.spreadsheetml.sheet.main+xml")


def package(
    main: tuple[str, str] = DOCX,
    *,
    relations: str = "",
    kinds: str = "",
    given: dict[str, bytes | str] | None = None,
) -> bytes:
    """Of one part, with its ``relations`` and the ``kinds`` of others; ``given`` come beside it or instead."""
    name, kind = main
    folder, _, file = name.rpartition("/")
    members: dict[str, bytes | str] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/{name}" ContentType="{kind}"/>{kinds}</Types>',
        "_rels/.rels": related(relation("officeDocument", name)),
        name: "<w/>",
        f"{folder}/_rels/{file}.rels": related(relations),
        **(given or {}),
    }
    with io.BytesIO() as buffer:
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for place, data in members.items():
                if data:
                    archive.writestr(place, data)
        return buffer.getvalue()


def related(relations: str) -> str:
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{relations}</Relationships>'


def relation(kind: str, target: str, *, external: bool = False, key: str = "r1") -> str:
    mode = ' TargetMode="External"' if external else ""
    return f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{target}"{mode}/>'


def kind_of(part: str, kind: str) -> str:
    return f'<Override PartName="/{part}" ContentType="{kind}"/>'


def document(inside: str) -> bytes:
    """A DOCX with this in its body."""
    return package(given={"word/document.xml": f"<w:document {W}><w:body>{inside}</w:body></w:document>"})


def sheet(inside: str) -> bytes:
    """An XLSX with a sheet that holds this."""
    return package(
        XLSX,
        relations=relation("worksheet", "worksheets/sheet1.xml"),
        kinds=kind_of("xl/worksheets/sheet1.xml", f"{KIND}.spreadsheetml.worksheet+xml"),
        given={"xl/worksheets/sheet1.xml": f"<worksheet>{inside}</worksheet>"},
    )


def pdf(change: Callable[[pikepdf.Pdf], object] | None = None, *, pages: int = 1, **save: Any) -> bytes:
    """Blank pages, and what ``change`` puts into the document."""
    with io.BytesIO() as file, pikepdf.new() as made:
        for _ in range(pages):
            made.add_blank_page(page_size=(595, 842))
        if change:
            change(made)
        made.save(file, deterministic_id="encryption" not in save, **save)
        return file.getvalue()


def action(kind: str, **more: Any) -> pikepdf.Dictionary:
    return pikepdf.Dictionary(
        {
            "/Type": pikepdf.Name.Action,
            "/S": pikepdf.Name(f"/{kind}"),
            **{f"/{key}": value for key, value in more.items()},
        }
    )


def scripted(made: pikepdf.Pdf) -> None:
    made.Root.OpenAction = action("JavaScript", JS=pikepdf.String("app.alert(1)"))


ODF = "application/vnd.oasis.opendocument."
SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{uri}:1.0"'
    for name, uri in [
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("draw", "drawing"),
        ("script", "script"),
        ("form", "form"),
        ("meta", "meta"),
    ]
)


def open_document(kind: str = "text", inside: str = "", *, given: dict[str, bytes | str] | None = None) -> bytes:
    """An ODT or ODS with this in its body; ``given`` come beside its parts or instead."""
    content = f'<office:document-content {SPACES} xmlns:xlink="http://www.w3.org/1999/xlink">'
    members: dict[str, bytes | str] = {
        "mimetype": f"{ODF}{kind}",
        "content.xml": f"{content}<office:body>{inside}</office:body></office:document-content>",
        "META-INF/manifest.xml": manifest(kind),
        **(given or {}),
    }
    with io.BytesIO() as buffer:
        with zipfile.ZipFile(buffer, "w") as archive:
            for place, data in members.items():
                archive.writestr(place, data)
        return buffer.getvalue()


def manifest(kind: str = "text", inside: str = "") -> str:
    """META-INF/manifest.xml of such a file, with more entries ``inside``."""
    space = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    root = f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODF}{kind}"/>'
    return f'<manifest:manifest xmlns:manifest="{space}">{root}{inside}</manifest:manifest>'
