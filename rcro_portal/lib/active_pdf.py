"""What a PDF would do by itself, or take along: actions, scripts, files inside, media, links to other files.

Every object of the file is looked at, whether or not a page leads to it: actions of the document, its pages,
annotations, outline and fields are the same few dictionaries (ISO 32000-1, 12.6), and the same keys name what is
embedded. A link to a page of the web, a jump inside the file and a plain field to fill in are no harm.
"""

import re
from collections.abc import Iterator
from typing import Any

import pikepdf

from rcro_portal.lib import links

OBJECTS_AT_MOST = 250_000
VALUES_AT_MOST = 200_000

SCRIPT, INSIDE, MEDIA = "сценарий (JavaScript)", "файл, вложенный в PDF", "видео, звук или трёхмерная модель"
FORM, REMOTE = "форма, которая отправляет или меняет данные", "ссылка на другой файл"
COMMAND = "команда программе, которой читают PDF"
# By the kind of an action (its /S).
ACTIONS = {
    "/JavaScript": SCRIPT,
    "/Launch": "запуск программы или файла",
    **dict.fromkeys(("/GoToR", "/GoToE", "/GoToDp"), REMOTE),
    **dict.fromkeys(("/SubmitForm", "/ImportData", "/ResetForm", "/Hide"), FORM),
    **dict.fromkeys(("/Rendition", "/Movie", "/Sound", "/GoTo3DView", "/RichMediaExecute"), MEDIA),
    "/SetOCGState": "переключение слоёв",
}
TURNS = frozenset({"/NextPage", "/PrevPage", "/FirstPage", "/LastPage"})
KEYS = {
    **dict.fromkeys(("/JS", "/JavaScript"), SCRIPT),
    **dict.fromkeys(("/EmbeddedFiles", "/EF", "/AF", "/RF", "/Collection"), INSIDE),
    **dict.fromkeys(("/RichMediaContent", "/RichMediaSettings"), MEDIA),
    "/XFA": "форма XFA",
}
SUBTYPES = {
    "/FileAttachment": INSIDE,
    **dict.fromkeys(("/Sound", "/Movie", "/Screen", "/RichMedia", "/3D"), MEDIA),
}
CONTAINERS = (pikepdf.Array, pikepdf.Dictionary, pikepdf.Stream)
# Whatever is worth a closer look has one of these in its text, where qpdf spells every name in one way.
_WORTH = re.compile(
    b"/(?:%s)(?![^\\s/<>\\[\\]()])"
    % b"|".join(name[1:].encode() for name in (*ACTIONS, *KEYS, *SUBTYPES, "/URI", "/Named", "/F", "/Ref"))
)


class TooMuch(Exception):
    """More objects than an honest document holds."""


def found(pdf: pikepdf.Pdf) -> Iterator[str]:
    """In words, as «сценарий (JavaScript)»; nothing where the file only shows its pages. Raises TooMuch."""
    if len(pdf.objects) > OBJECTS_AT_MOST:
        raise TooMuch
    left = VALUES_AT_MOST
    for entry in pdf.objects:
        values = [entry] if _WORTH.search(_text(entry)) else []
        while values:
            left -= 1
            if left < 0:
                raise TooMuch
            value = values.pop()
            yield from _of(value)
            values += _parts(value)


def _text(entry: Any) -> bytes:
    if isinstance(entry, pikepdf.Stream):
        entry = entry.stream_dict
    # A number is one of Python's own.
    text: bytes = entry.unparse(resolved=True) if isinstance(entry, pikepdf.Object) else b""
    return text


def _parts(value: Any) -> list[Any]:
    """Containers in this one; what is an object of its own, the walk meets by itself."""
    if not isinstance(value, CONTAINERS):
        return []
    inside = value if isinstance(value, pikepdf.Array) else dict(value.items()).values()
    return [part for part in inside if isinstance(part, CONTAINERS) and not part.is_indirect]


def _of(value: Any) -> Iterator[str]:
    if isinstance(value, pikepdf.Name):
        # An object of its own that is only a name: some action or annotation says its kind by it.
        yield from _named(str(value), {**ACTIONS, **SUBTYPES, "/Named": COMMAND})
    elif isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        items = dict(value.items())
        yield from (KEYS[key] for key in sorted(KEYS.keys() & items.keys()) if not _is_empty(items[key]))
        yield from _named(str(items.get("/Subtype")), SUBTYPES)
        if _is_elsewhere(value, items):
            yield REMOTE
        yield from _action(items)
        yield from _base(items.get("/URI"))


def _named(name: str, words: dict[str, str]) -> Iterator[str]:
    if name in words:
        yield words[name]


def _is_empty(value: Any) -> bool:
    return isinstance(value, pikepdf.Array | pikepdf.Dictionary) and len(value) == 0


def _is_elsewhere(value: Any, items: dict[str, Any]) -> bool:
    """A stream whose bytes, a drawing whose page or an article which lies in another file."""
    if isinstance(value, pikepdf.Stream) and ("/F" in items or "/Ref" in items):
        return True
    return "/F" in items and str(items.get("/S")) in ("/Thread", "/GoTo")


def _base(value: Any) -> Iterator[str]:
    """Of a catalog: what every link is completed by that names no scheme (ISO 32000-1, 12.6.4.7)."""
    if isinstance(value, pikepdf.Dictionary) and (words := links.refused(str(value.get("/Base", "")))):
        yield words


def _action(items: dict[str, Any]) -> Iterator[str]:
    kind = str(items.get("/S"))
    if kind == "/Named" and str(items.get("/N")) not in TURNS:
        yield COMMAND
    elif kind == "/URI":
        address = items.get("/URI")
        words = links.refused(str(address)) if isinstance(address, pikepdf.String) else REMOTE
        yield from [words] if words else []
    else:
        yield from _named(kind, ACTIONS)
