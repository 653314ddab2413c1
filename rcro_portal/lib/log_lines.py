"""What a log may keep of an address. Links open letters and accounts, so whoever reads a log would hold their keys.

Tracebacks are read like lines: an exception may quote the address, or the row, that it could not do with.

An address keeps its shape: what its pattern captures as text – tokens, keys, names – is cut, numbers stay; of a query
only the names stay. An address that no pattern knows may be a mistyped link: its first part is left.
"""

import logging
import re
from typing import Any
from urllib.parse import unquote

from django.conf import settings
from django.urls import Resolver404, resolve

CUT = "…"
LONGEST_NAME = 20
_ADDRESS = re.compile(
    r"""(?:https?://[^\s/'"]+/[^\s'"<>]*|(?<![\w/.])/(?!/)[^\s'"<>]+|(?<![\w/.:])//[^\s'"<>]+)(?<![.,:;)\]])"""
)
_BROKEN = re.compile(r"""/[^\s'"<>]*[\s'"<>]""")
_ORIGIN = re.compile(r"https?://[^\s/?#]*")
_NAME = re.compile(rf"[\w-]{{1,{LONGEST_NAME}}}")
_VALUES = re.compile(r"(Failing row contains |Key \(.*?\)=|arguments )(?:\(.*\)|'.*')")
_NUMBER = re.compile(r"[0-9]{1,9}")

# For ``settings``: one line an event on standard error, every address in it cut.
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"cut": {"()": f"{__name__}.CutAddresses"}},
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["cut"]}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        # fontTools and WeasyPrint tell the story of every glyph at INFO.
        "fontTools": {"level": "WARNING"},
        "weasyprint": {"level": "ERROR"},
        "pikepdf": {"level": "WARNING"},
        "pyhanko": {"level": "WARNING"},
        "pyhanko_certvalidator": {"level": "WARNING"},
    },
}


def cut(address: str) -> str:
    """``/m/…/pages/…/2/?next=…`` for a path with its query, and the same behind ``https://host``."""
    found = _ORIGIN.match(address)
    origin = found[0] if found else ""
    path, asks, query = address.removeprefix(origin).partition("#")[0].partition("?")
    return origin + _path(path) + asks + "&".join(_field(field) for field in query.split("&") if field)


def words(text: str) -> str:
    """A line of a log with every address in it cut."""
    return _ADDRESS.sub(lambda found: cut(found[0]), text)


def known(text: str) -> str:
    """The same where paths may be those of files: an address of the portal's own is cut, another path stays.

    What PostgreSQL tells of a row that a constraint refused is the row itself; Django, of an address that cannot be
    made, what should have stood in it.
    """
    text = _ADDRESS.sub(lambda found: cut(found[0]) if _is_ours(found[0]) else found[0], text)
    return _VALUES.sub(rf"\1({CUT})", text)


class CutAddresses(logging.Filter):
    """For handlers: Django names the address of whatever was refused or failed, an exception whatever it met."""

    def __init__(self) -> None:
        super().__init__()
        self.exceptions = logging.Formatter()

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.startswith("django.") and isinstance(record.args, tuple):
            # A link that a mail program broke has a space or a quotation mark in its middle: it is cut as one.
            record.args = tuple(cut(one) if isinstance(one, str) and _BROKEN.match(one) else one for one in record.args)
        said = record.getMessage()
        shown = words(said) if record.name.startswith(("django.", "gunicorn.")) else known(said)
        if shown != said:
            record.msg, record.args = shown, ()
        if record.exc_info:
            record.exc_text = known(record.exc_text or self.exceptions.formatException(record.exc_info))
        return True


def _is_ours(address: str) -> bool:
    if _ORIGIN.match(address):
        return True
    try:
        resolve("/" + unquote(address.partition("?")[0]).lstrip("/"))
    except Resolver404:
        return False
    return True


def _field(field: str) -> str:
    name = field.partition("=")[0]
    return f"{name if _NAME.fullmatch(name) else CUT}={CUT}"


def _path(path: str) -> str:
    if path.startswith(settings.STATIC_URL):
        return path
    try:
        captured = resolve(unquote(path)).kwargs.values()
    except Resolver404:
        return _beginning(path)
    secret = [value for value in captured if isinstance(value, str) and not _NUMBER.fullmatch(value)]
    return _without(path, secret)


def _without(path: str, secret: list[str]) -> str:
    """A part that is captured, alone or with others by hyphens, goes whole."""
    if any("/" in value for value in secret):
        return _beginning(path)
    return "/".join(CUT if _holds(unquote(part), secret) else part for part in path.split("/"))


def _holds(part: str, secret: list[str]) -> bool:
    return any(part == value or part.startswith(f"{value}-") or part.endswith(f"-{value}") for value in secret)


def _beginning(path: str) -> str:
    first, slash, rest = path.lstrip("/").partition("/")
    return "/" + (first if len(first) <= LONGEST_NAME else CUT) + slash + (CUT if rest else "")
