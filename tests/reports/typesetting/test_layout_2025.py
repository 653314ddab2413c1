"""The sheet of ГОСТ Р 7.0.97-2025, measured in the PDF: the wider corner, the heading, the QR code."""

import io

import pikepdf
import pytest

from rcro_portal.lib import qr_code
from reports.typesetting import rendering
from tests.reports import paper

SIDE, EDGE = 20, 0.3


@pytest.fixture(scope="module")
def letter() -> bytes:
    return rendering.draw(
        paper.with_elements(["paragraph", "Прошу принять к сведению."], edition="2025", qr=paper.ADDRESS)
    )


def code(pdf: bytes) -> tuple[int, float, float, float, float]:
    """Page and edges in mm of the dark modules."""
    found = [(page.page_number, shape) for page in paper.read(pdf) for shape in (*page.curves, *page.rects)]
    assert len({page for page, _ in found}) == 1
    shapes = [shape for _, shape in found]
    edges = [min(one["x0"] for one in shapes), max(one["x1"] for one in shapes)]
    edges += [min(one["top"] for one in shapes), max(one["bottom"] for one in shapes)]
    return (found[0][0], *(edge * paper.MM_PER_POINT for edge in edges))


# -- Corner and heading -------------------------------------------------------------------------------


def test_corner_is_up_to_80_mm_wide() -> None:
    name = "«Региональный центр развития образования 12»"
    old, new = (
        [
            line.text
            for line in paper.lines(rendering.draw(paper.replaced(edition=edition, institution=[name])), right=105)
        ]
        for edition in ("2016", "2025")
    )
    assert (name in old, name in new) == (False, True)


@pytest.mark.parametrize(("edition", "middle", "widest"), [("2016", 57.5, 75), ("2025", 60, 80)])
def test_lines_of_the_corner_are_centred_in_it(edition: str, middle: float, widest: float) -> None:
    pdf = rendering.draw(paper.replaced(edition=edition))
    head = [line for line in paper.lines(pdf, right=105) if line.page == 1 and line.bottom < 65]
    assert all((line.left + line.right) / 2 == pytest.approx(middle, abs=0.1) for line in head)
    assert max(line.right - line.left for line in head) <= widest


@pytest.mark.parametrize("subject", ["", "  "])
def test_letter_has_a_heading_always(subject: str) -> None:
    content = paper.replaced(edition="2025", subject_line=subject)
    with pytest.raises(rendering.BadContent, match="нет заголовка"):
        rendering.draw(content)
    assert rendering.page_count(rendering.draw(content, draft=True)) == 2
    assert rendering.page_count(rendering.draw(paper.replaced(subject_line=subject))) == 2


# -- QR code ------------------------------------------------------------------------------------------


def test_code_stands_in_the_lower_right_corner_of_the_first_sheet(letter: bytes) -> None:
    page, left, right, top, bottom = code(letter)
    side = qr_code.drawn(paper.ADDRESS).side
    dark = SIDE * (side - 2 * qr_code.QUIET_MODULES) / side
    assert page == 1
    assert right == pytest.approx(200, abs=0.5)
    assert (right - left, bottom - top) == (pytest.approx(dark, abs=EDGE), pytest.approx(dark, abs=EDGE))
    assert 282 <= bottom <= 287


@pytest.mark.parametrize("pages", [1, 2, 3])
@pytest.mark.parametrize("margin", ["20", "30"])
def test_no_text_comes_near_the_code(pages: int, margin: str) -> None:
    content = [*paper.of_pages(pages), ["margin", margin], ["qr", paper.ADDRESS]]
    pdf = rendering.layout([pair for pair in content if pair[0] != "edition"] + [["edition", "2025"]], draft=False)
    page, left, _, top, _ = code(pdf)
    near = [line for line in paper.lines(pdf) if line.page == 1 and line.bottom > top - 2 and line.right > left - 2]
    assert (page, near) == (1, [])
    last = rendering.page_count(pdf)
    bottoms = {line.page: line.bottom for line in paper.lines(pdf) if line.size == 12}
    assert bottoms[1] <= 265
    assert last == 1 or max(bottoms.values()) <= 277


def test_executor_of_a_single_sheet_stands_beside_the_code(letter: bytes) -> None:
    executor = paper.line(letter, "Сафонова")
    _, left, _, top, bottom = code(letter)
    assert top - 1 <= executor.top < executor.bottom <= bottom
    assert executor.right < left


def test_code_says_what_it_is_to_those_who_hear_the_letter(letter: bytes) -> None:
    with pikepdf.open(io.BytesIO(letter)) as opened:
        (figure,) = [
            found for found in opened.objects if isinstance(found, pikepdf.Dictionary) and found.get("/S") == "/Figure"
        ]
        assert str(figure.Alt) == qr_code.ALT


@pytest.mark.parametrize(("values", "draft"), [({"qr": ""}, False), ({"qr": paper.ADDRESS}, True)])
def test_draft_keeps_the_room_of_the_code(values: dict[str, str], draft: bool) -> None:
    without, drawn = (
        rendering.draw(
            paper.with_elements(*[["paragraph", paper.SENTENCE * 12]] * 6, edition="2025", **one), draft=draft
        )
        for one in (values, {})
    )
    assert paper.read(without)[0].curves + paper.read(without)[0].rects == []
    ends = [max(line.bottom for line in paper.lines(pdf) if line.page == 1) for pdf in (without, drawn)]
    assert (ends[0] <= 265, ends[1] > 265) == (True, True)


def test_edition_of_2016_knows_no_code() -> None:
    assert rendering.draw([*paper.letter_941(), ["qr", paper.ADDRESS]]) == rendering.draw(paper.letter_941())


def test_address_that_makes_too_small_modules_is_refused() -> None:
    with pytest.raises(rendering.BadContent, match=r"QR-кода длиннее 106 знаков: «https://x\.example/xxx"):
        rendering.draw([*paper.letter_941(), ["qr", "https://x.example/" + "x" * 89]])


def test_code_is_drawn_with_its_quiet_zone() -> None:
    drawing = qr_code.drawn("https://x.example/")
    assert drawing.side == 25 + 2 * qr_code.QUIET_MODULES
    assert drawing.path.startswith("M4 4h7v1h-7z")
