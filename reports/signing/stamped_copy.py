"""A copy of the letter with the visible mark of a signature made outside; the original must not change.

The mark shows what ГОСТ Р 7.0.97-2016 (5.23) asks for: the phrase, the certificate's number, owner and term. It is laid
where the hand would sign, into the place that the sheet leaves empty, and takes the place of the signature field.
"""

import io
from typing import Any

import pikepdf

from reports.signing import stamp_sheet
from reports.signing.gost import GostVerdict
from reports.typesetting import rendering, signature_field


class NoPlace(Exception):
    """The PDF has no empty place for the mark."""


def make(pdf: bytes, verdict: GostVerdict) -> bytes:
    """The letter with the mark of this verdict, which must be a proved one. Raises NoPlace."""
    assert verdict.valid, "a mark without a proved signature would be a forgery"
    with pikepdf.open(io.BytesIO(pdf)) as letter, pikepdf.open(io.BytesIO(_mark(verdict))) as mark:
        field = _field(letter)
        field.AP = pikepdf.Dictionary(N=letter.copy_foreign(mark.pages[0].as_form_xobject()))
        _fit(field)
        _retire(letter, field, stamp_sheet.words(verdict))
        copy = io.BytesIO()
        letter.save(copy, deterministic_id=True, fix_metadata_version=False)
    return copy.getvalue()


def _mark(verdict: GostVerdict) -> bytes:
    return rendering.stamp(stamp_sheet.html(verdict))


def _field(letter: pikepdf.Pdf) -> Any:
    fields = letter.Root.AcroForm.Fields if "/AcroForm" in letter.Root else []
    found = [field for field in fields if str(field.T) == signature_field.NAME and "/V" not in field]
    if len(found) != 1:
        raise NoPlace(f"{len(found)} empty places for the mark")
    return found[0]


def _fit(field: Any) -> None:
    """The mark keeps its size and lies in the middle of its place, as the mark of a PAdES signature does."""
    left, lower, right, upper = (float(edge) for edge in field.Rect)
    x0, y0, x1, y1 = (float(edge) for edge in field.AP.N.BBox)
    across, up = (right - left - (x1 - x0)) / 2, (upper - lower - (y1 - y0)) / 2
    corner = (left + across, lower + up)
    field.Rect = pikepdf.Array([round(edge, 3) for edge in (*corner, corner[0] + x1 - x0, corner[1] + y1 - y0)])


def _retire(letter: pikepdf.Pdf, field: Any, words: str) -> None:
    """The field becomes a picture with its words: nobody can sign a copy by mistake."""
    for name in ("/FT", "/T", "/TU"):
        del field[name]
    field.Subtype, field.Contents = pikepdf.Name.Stamp, pikepdf.String(words)
    numbers = letter.Root.StructTreeRoot.ParentTree.Nums
    tag = dict(zip([int(key) for key in list(numbers)[::2]], list(numbers)[1::2], strict=True))[int(field.StructParent)]
    tag.S, tag.Alt = pikepdf.Name.Annot, pikepdf.String(words)
    del letter.Root.AcroForm
