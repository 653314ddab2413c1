"""The parts of an office file (a ZIP archive inside): their names, sizes, and their XML piece by piece."""

import zipfile
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote
from xml.parsers import expat

CHUNK = 64 * 1024
MEMBERS_AT_MOST = 2_000
INFLATED_AT_MOST = 200 * 1024 * 1024


class Broken(Exception):
    """A part is no XML that an office program would write, or the archive says two things of one part."""


def is_too_much(package: zipfile.ZipFile) -> bool:
    members = package.infolist()
    return len(members) > MEMBERS_AT_MOST or sum(member.file_size for member in members) > INFLATED_AT_MOST


def is_locked(package: zipfile.ZipFile) -> bool:
    return any(member.flag_bits & 1 for member in package.infolist())


def parts(package: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """Members by their names as programs compare them. Raises Broken where two have one name: readers disagree."""
    found: dict[str, zipfile.ZipInfo] = {}
    for member in package.infolist():
        name = part_name(member.filename)
        if name in found or ".." in name.split("/"):
            raise Broken
        if not member.is_dir():
            found[name] = member
    return found


def part_name(name: str) -> str:
    """«/word/document.xml», as programs compare names."""
    return "/" + unquote(name).replace("\\", "/").strip("/").casefold()


def start(package: zipfile.ZipFile, member: zipfile.ZipInfo, size: int = 16) -> bytes:
    with package.open(member) as part:
        return part.read(size)


def chunks(package: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    with package.open(member) as part:
        while chunk := part.read(CHUNK):
            yield chunk


def parse(package: zipfile.ZipFile, member: zipfile.ZipInfo, parser: Any) -> None:
    """Feed the part to an expat parser. Raises Broken, also for a DOCTYPE: no office program writes one."""
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        for chunk in chunks(package, member):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise Broken from error


def _refuse_doctype(*_: object) -> None:
    raise Broken
