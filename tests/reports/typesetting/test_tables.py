"""Tables of a letter over several pages: rows divided where no page holds them, one table in the tag tree."""

import io
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pikepdf
import pytest

from reports.typesetting import rendering
from tests.reports import paper

HEADING = paper.TABLE[0]
LONG = paper.SENTENCE * 45  # taller than a page in its column


def letter(*rows: list[str]) -> list[list[Any]]:
    return paper.with_elements(["paragraph", paper.SENTENCE * 3], ["table", [HEADING, *rows]], ["paragraph", "Всё."])


def tall(place: int) -> list[list[str]]:
    rows = [["1", "Город Томск", "Лицей", "5"], ["2", "ЗАТО Северск", "Лицей", "7"], ["3", "Асино", "Школа", "9"]]
    rows[place][2] = LONG
    return rows


def tags(element: Any) -> Iterator[Any]:
    yield element
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from tags(kid)


@pytest.mark.parametrize("place", [0, 1, 2])
def test_row_taller_than_a_page_is_divided(place: int) -> None:
    """Its text, read back with other cells and a repeated heading in its midst, was refused as lost."""
    pdf = rendering.draw(letter(*tall(place)))
    bottoms = [
        max(line.bottom for line in paper.lines(pdf) if line.page == page and line.bottom <= 277.2)
        for page in range(1, rendering.page_count(pdf))
    ]
    assert min(bottoms) > 250  # no page is left half empty before it
    assert max(line.bottom for line in paper.lines(pdf)) <= 290.5
    post = paper.line(pdf, "Директор", right=70)
    assert len([line for line in paper.lines(pdf) if line.page == post.page and 20 < line.top < post.top]) >= 3


def test_heading_taller_than_a_page_is_divided_too() -> None:
    content = paper.with_elements(["table", [["Показатель", LONG], ["12", "да"]]], ["paragraph", "Всё."])
    assert rendering.page_count(rendering.draw(content)) >= 2


def test_row_lower_than_a_quarter_of_a_page_stays_whole() -> None:
    rows = [[str(number), "Город Томск", paper.SENTENCE * 2, "5"] for number in range(1, 40)]
    for line in paper.lines(rendering.draw(letter(*rows)), left=20):
        if line.top < 40 and line.page > 1 and line.text.startswith(("и педагогов", "обучающихся")):
            pytest.fail(f"a row is divided before «{line.text}»")


@pytest.fixture(scope="module", params=["letter", "draft", "register"])
def opened(request: pytest.FixtureRequest) -> Iterator[pikepdf.Pdf]:
    rows = [[str(number), "Город Томск", paper.SENTENCE * 2, "5"] for number in range(1, 60)]
    rows[30][2] = LONG
    if request.param == "register":
        cells = ["".join(f"<td>{cell}</td>" for cell in row) for row in rows]
        head = "".join(f"<th>{cell}</th>" for cell in HEADING)
        body = "".join(f"<tr>{row}</tr>" for row in cells)
        html = f"<html lang=ru><title>р</title><body><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        pdf = rendering.table_document(html)
    else:
        pdf = rendering.draw(letter(*rows), draft=request.param == "draft")
    with pikepdf.open(io.BytesIO(pdf)) as document:
        yield document


def test_table_over_pages_is_one_table_with_one_heading(opened: pikepdf.Pdf) -> None:
    assert len(opened.pages) > 3
    kinds = Counter(str(tag.S) for tag in tags(opened.Root.StructTreeRoot.K[0]))
    assert (kinds["/Table"], kinds["/THead"], kinds["/TH"]) == (1, 1, 4)
    assert (kinds["/TR"], kinds["/TD"]) == (60, 59 * 4)


def test_cells_on_every_page_name_the_one_heading(opened: pikepdf.Pdf) -> None:
    found = list(tags(opened.Root.StructTreeRoot.K[0]))
    ids = {str(tag.ID) for tag in found if tag.S == "/TH"}
    assert {str(name) for tag in found if tag.S == "/TD" for name in tag.A["/Headers"]} == ids


def test_repeated_heading_is_an_artefact_and_everything_else_is_tagged(opened: pikepdf.Pdf) -> None:
    parents = list(opened.Root.StructTreeRoot.ParentTree.Nums)
    for number, page in enumerate(opened.pages):
        owners = list(parents[parents[::2].index(number) * 2 + 1])
        marked = [int(ops.operands[1].MCID) for ops in pikepdf.parse_content_stream(page) if str(ops.operator) == "BDC"]
        margin = {place for place, owner in enumerate(owners) if owner is None}
        assert margin.isdisjoint(marked)
        assert all(str(owners[place].S) == "/Span" for place in marked if place < len(owners))


def test_file_is_sound(opened: pikepdf.Pdf) -> None:
    assert opened.check_pdf_syntax() == []
    with opened.open_metadata() as metadata:
        assert metadata.pdfa_status == "2A"
