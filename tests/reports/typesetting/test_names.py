"""Names on the sheet: a signatory's is never broken, an addressee's only where it may be."""

import io
import zipfile

import pikepdf
import pytest

from reports.typesetting import docx_letter, rendering, sheet
from tests.reports import paper

NAMES = [
    "Н.П. Лыжина",
    "Е.А. Преображенская-Ланская",
    "А.-М.К. Константинопольская-Преображенская",
    "И.И. Высокопреображенская-Рождественская-Ланская",
]
POSTS = ["Директор", "Исполняющий обязанности директора", "Первый заместитель начальника департамента образования"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("post", POSTS)
@pytest.mark.parametrize("margin", ["20", "30"])
def test_signatory_stands_in_one_piece(margin: str, post: str, name: str) -> None:
    pdf = rendering.draw(
        paper.with_elements(["paragraph", "Нет."], margin=margin, signatory_post=post, signatory_name=name)
    )
    found = [line for line in paper.lines(pdf) if line.text.endswith(name)]
    assert [(line.page, line.right) for line in found] == [(1, pytest.approx(200, abs=0.2))]
    words = [line for line in paper.lines(pdf, right=110) if line.text.split()[0] in post.split()]
    assert words[0].left == pytest.approx(int(margin), abs=0.1)
    assert all(word in " ".join(line.text for line in words) for word in post.split())


@pytest.mark.parametrize("name", NAMES[1:])
def test_place_of_the_signature_keeps_its_size(name: str) -> None:
    with pikepdf.open(io.BytesIO(rendering.draw(paper.replaced(signatory_name=name)))) as pdf:
        left, lower, right, upper = (float(edge) * paper.MM_PER_POINT for edge in pdf.Root.AcroForm.Fields[0].Rect)
    assert (round(right - left, 1), round(upper - lower, 1)) == (70, 25)


@pytest.mark.parametrize(
    ("addressee", "printed"),
    [
        ("Преображенской-Ланской Екатерине Александровне", ["Преображенской-Ланской", "Екатерине Александровне"]),
        (
            "Директору гимназии № 55 Преображенской-Ланской Е.А.",
            ["Директору гимназии № 55", "Преображенской-Ланской Е.А."],
        ),
        ("Высокопреображенской-Константинопольской Е.А.", ["Высокопреображенской-", "Константинопольской Е.А."]),
    ],
)
def test_addressees_name_breaks_where_names_may(addressee: str, printed: list[str]) -> None:
    pdf = rendering.draw(paper.replaced(addressee=[addressee]))
    column = [line.text.replace("\u2010", "-") for line in paper.lines(pdf, left=115) if line.page == 1]
    assert column[: len(printed)] == printed
    assert addressee in paper.words(rendering.plain_text(pdf))


def test_words_own_marks_stay_out_of_the_docx() -> None:
    lines = sheet.broken("Высокопреображенской-Константинопольской Е.А.", "addressee", 75)
    assert lines[0].endswith("\u2010")
    data = docx_letter.write(paper.replaced(addressee=["Высокопреображенской-Константинопольской Е.А."]), draft=False)
    text = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()
    assert "Высокопреображенской-" in text
    assert not {"\u2010", "\u2060"} & set(text)
