"""A table over several pages as one table in the tag tree, for those who hear the document.

WeasyPrint 70 tags each page's part as a table of its own, heading and all. Here, while the file is still objects, the
parts become one: rows follow each other, a row divided between pages is one row, and a heading that is only repeated
is an artefact of the sheet (ISO 32000-1, 14.8.2.2). What stays apart: docs/adr/0015.
"""

from collections.abc import Iterator
from typing import Any


def join(document: Any, pdf: Any) -> None:
    """A finisher of WeasyPrint's ``write_pdf``: changes the objects that are about to be written."""
    begun: dict[Any, dict[Any, list[Any]]] = {}
    for number, page in enumerate(document.pages):
        for table in _boxes(page._page_box, "table"):
            rows = [(row, [cell.mark for cell in row.children]) for row in _boxes(table, "tr")]
            if table.element in begun:
                _continue(pdf, begun[table.element], rows, number)
            else:
                begun[table.element] = {row.element: marks for row, marks in rows}


def _boxes(box: Any, tag: str) -> Iterator[Any]:
    """The boxes of that element; not the wrapper that WeasyPrint puts around a table."""
    for one in box.descendants():
        if one.element_tag == tag and not one.is_table_wrapper:
            yield one


def _continue(pdf: Any, begun: dict[Any, list[Any]], rows: list[tuple[Any, list[Any]]], page: int) -> None:
    """One more part of a table: its rows join those before, and its own tags go."""
    body, table = _parent(pdf, _parent(pdf, [*begun.values()][-1][0])), _table(pdf, rows[0][1][0])
    whole = _table(pdf, body)
    for row, marks in rows:
        tag = _parent(pdf, marks[0])
        if row.element not in begun:
            begun[row.element] = marks
            _move(tag, body)
            _lead(marks, whole)
        elif _is_heading(pdf, tag):
            _hide(pdf, [mcid for mark in marks for mcid in _marked(pdf, mark)], page)
        else:
            _join_cells(pdf, begun[row.element], marks)
    _parent(pdf, table)["K"].remove(table.reference)


def _object(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]


def _parent(pdf: Any, tag: Any) -> Any:
    return _object(pdf, tag["P"])


def _table(pdf: Any, tag: Any) -> Any:
    while tag["S"] != "/Table":
        tag = _parent(pdf, tag)
    return tag


def _is_heading(pdf: Any, row: Any) -> bool:
    return bool(_parent(pdf, row)["S"] == "/THead")


def _move(tag: Any, parent: Any) -> None:
    parent["K"].append(tag.reference)
    tag["P"] = parent.reference


def _lead(cells: list[Any], whole: Any) -> None:
    """The cells name the first part's headings, by WeasyPrint's ids: «table-row-column»."""
    import pydyf

    for cell in cells:
        names = [name.string.partition("-")[2] for name in cell["A"].get("Headers", ())]
        if names:
            cell["A"]["Headers"] = pydyf.Array(pydyf.String(f"{whole.number}-{name}") for name in names)


def _join_cells(pdf: Any, before: list[Any], after: list[Any]) -> None:
    for first, second in zip(before, after, strict=True):
        for reference in list(second["K"]):
            _move(_object(pdf, reference), first)


def _marked(pdf: Any, tag: Any) -> Iterator[int]:
    """Numbers of the marked contents under the tag, on its page."""
    for kid in tag["K"]:
        if isinstance(kid, int):
            yield kid
        else:
            yield from _marked(pdf, _object(pdf, kid))


def _hide(pdf: Any, numbers: list[int], page: int) -> None:
    """These contents of the page are artefacts: no tag is theirs."""
    import pydyf

    drawn = _object(pdf, pdf.objects[pdf.pages["Kids"][3 * page]]["Contents"]).stream
    for place, part in enumerate(drawn):
        if isinstance(part, pydyf.Dictionary) and part.get("MCID") in numbers:
            drawn[place - 1 : place + 2] = ["/Artifact", b"", b"BMC"]
    root = next(tag for tag in pdf.objects if isinstance(tag, dict) and tag.get("Type") == "/StructTreeRoot")
    parents = _object(pdf, root["ParentTree"])["Nums"][2 * page + 1]
    for number in numbers:
        parents[number] = b"null"
