"""The empty signature field that the sheet carries: the bytes the director reads already hold its place.

WeasyPrint leaves one empty box; here, while the file is still objects, that box becomes a signature field with
its own place in the tag tree. The signature later fills the field and touches nothing else.
"""

from typing import Any

NAME = "Signature"
DESCRIPTION = "Место электронной подписи"
POINTS_PER_PIXEL = 0.75
PRINTED_AND_LOCKED = 4 | 128


class PlaceLost(Exception):
    """The sheet has no place for the signature, or more than one."""


def add(document: Any, pdf: Any) -> None:
    """A finisher of WeasyPrint's ``write_pdf``: adds the field to the objects that are about to be written."""
    import pydyf

    number, rectangle = _place(document)
    page = pdf.objects[pdf.pages["Kids"][3 * number]]
    field = pydyf.Dictionary(
        {
            "Type": "/Annot",
            "Subtype": "/Widget",
            "FT": "/Sig",
            "T": pydyf.String(NAME),
            "TU": pydyf.String(DESCRIPTION),
            "Rect": pydyf.Array(rectangle),
            "P": page.reference,
            "F": PRINTED_AND_LOCKED,
            "AP": pydyf.Dictionary({"N": _empty_appearance(pdf, rectangle)}),
        }
    )
    pdf.add_object(field)
    page["Annots"] = pydyf.Array([field.reference])
    pdf.catalog["AcroForm"] = pydyf.Dictionary({"Fields": pydyf.Array([field.reference]), "SigFlags": 1})
    _tag(pdf, field, page)


def _place(document: Any) -> tuple[int, list[float]]:
    """The page (from 0) and the rectangle (points, from the lower left corner) of the empty box."""
    found = [(number, page) for number, page in enumerate(document.pages) if "signature" in page.anchors]
    if len(found) != 1:
        raise PlaceLost(f"{len(found)} places for the signature")
    number, page = found[0]
    left, top, right, bottom = page.anchors["signature"]
    edges = (left, page.height - bottom, right, page.height - top)
    return number, [round(edge * POINTS_PER_PIXEL, 3) for edge in edges]


def _empty_appearance(pdf: Any, rectangle: list[float]) -> bytes:
    """PDF/A wants an appearance of every field, also of one that shows nothing yet."""
    import pydyf

    left, lower, right, upper = rectangle
    box = pydyf.Array([0, 0, round(right - left, 3), round(upper - lower, 3)])
    stream = pydyf.Stream([], {"Type": "/XObject", "Subtype": "/Form", "BBox": box, "Resources": pydyf.Dictionary()})
    pdf.add_object(stream)
    return stream.reference


def _tag(pdf: Any, field: Any, page: Any) -> None:
    """Turns the tag of the empty box into a Form that points at the field, between the post and the name."""
    import pydyf

    boxes = [
        tag for tag in pdf.objects if isinstance(tag, pydyf.Dictionary) and tag.get("S") == "/Div" and not tag["K"]
    ]
    if len(boxes) != 1:
        raise PlaceLost(f"{len(boxes)} empty tags for the signature")
    form = boxes[0]
    target = pydyf.Dictionary({"Type": "/OBJR", "Obj": field.reference, "Pg": page.reference})
    pdf.add_object(target)
    form.update({"S": "/Form", "K": pydyf.Array([target.reference]), "Alt": pydyf.String(DESCRIPTION)})
    root = next(tag for tag in pdf.objects if isinstance(tag, dict) and tag.get("Type") == "/StructTreeRoot")
    parents = pdf.objects[int(root["ParentTree"].split()[0])]["Nums"]
    key = len(parents) // 2
    parents.extend([key, form.reference])
    root["ParentTreeNextKey"] = key + 1
    field["StructParent"] = key
