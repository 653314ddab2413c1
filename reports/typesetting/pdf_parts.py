"""A finished PDF as what stays and three objects that change: its content, its metadata, its title.

The parts that stay are kept as the bytes they are, in front; the three are written behind them, then the table of
their places. So a thousand files of one shape cost what their own few kilobytes cost.
"""

import hashlib
import io
import re
import zlib
from typing import Any, NamedTuple

_ENTRY = re.compile(rb"(\d{10}) (\d{5}) n")
BYTES_OF_ID = 16
QUICK = 2  # of zlib's nine levels: the last hundred bytes cost more than all others


class PdfParts(NamedTuple):
    """``head`` holds all that stays; ``places`` says where in it each object begins, by number (nothing: a changing
    one). ``content`` and ``metadata`` are uncompressed."""

    head: bytes
    places: list[int | None]
    content: bytes
    metadata: bytes
    producer: str
    numbers: tuple[int, int, int]
    root: int


def taken_apart(pdf: bytes) -> PdfParts:
    """Of a file of one page without encryption."""
    import pikepdf

    plain, mode = io.BytesIO(), pikepdf.ObjectStreamMode.disable
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.save(plain, object_stream_mode=mode, deterministic_id=True, fix_metadata_version=False)
    data = plain.getvalue()
    with pikepdf.open(io.BytesIO(data)) as document:
        page = document.pages[0].obj
        numbers = (page.Contents.objgen[0], document.Root.Metadata.objgen[0], document.trailer.Info.objgen[0])
        content, metadata = page.Contents.read_bytes(), document.Root.Metadata.read_bytes()
        producer, root = str(document.trailer.Info.Producer), document.Root.objgen[0]
    head, places = _kept(data, set(numbers))
    return PdfParts(head, places, content, metadata, producer, numbers, root)


def put_together(parts: PdfParts, *, content: bytes, metadata: bytes, title: str) -> bytes:
    """The whole file, the same for the same parts."""
    content_number, metadata_number, info_number = parts.numbers
    out, places = bytearray(parts.head), list(parts.places)
    for number, body in (
        (content_number, _stream(content, b"")),
        (metadata_number, _stream(metadata, b"/Type /Metadata /Subtype /XML ")),
        (info_number, b"<< /Producer %b /Title %b >>" % (_text(parts.producer), _text(title))),
    ):
        places[number] = len(out)
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start, size = len(out), len(places)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    out += b"".join(b"%010d 00000 n \n" % place for place in places[1:] if place is not None)
    name = hashlib.sha256(content + metadata).hexdigest()[: 2 * BYTES_OF_ID].encode()
    out += b"trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R " % (size, parts.root, info_number)
    out += b"/ID [<%b><%b>] >>\nstartxref\n%d\n%%%%EOF\n" % (name, name, start)
    return bytes(out)


def _kept(data: bytes, changing: set[int]) -> tuple[bytes, list[int | None]]:
    table = data.rindex(b"xref\n", 0, data.rindex(b"startxref"))
    begins = [int(found[1]) for found in _ENTRY.finditer(data, table)]
    ends = dict(zip(sorted(begins), [*sorted(begins)[1:], table], strict=True))
    head, places = bytearray(data[: min(begins)]), [None]
    kept: list[Any] = places
    for number, begin in enumerate(begins, start=1):
        if number in changing:
            kept.append(None)
            continue
        kept.append(len(head))
        head += data[begin : ends[begin]]
    return bytes(head), kept


def _stream(data: bytes, said: bytes) -> bytes:
    packed = zlib.compress(data, QUICK)
    return b"<< %b/Filter /FlateDecode /Length %d >>\nstream\n%b\nendstream" % (said, len(packed), packed)


def _text(text: str) -> bytes:
    return b"<FEFF%b>" % text.encode("utf-16-be").hex().encode()
