"""What is on the sheet: the words of letter № 941, where they stand in millimetres, and when a letter is refused."""

import hashlib
import io
import os
import subprocess
import sys

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageStat
from pytest_django import Settings

from reports.typesetting import pages, rendering
from tests.reports import paper

pytestmark = pytest.mark.drawn_anew
COLUMN = {"left": 0, "right": 105}
OTHER_COLUMN = {"left": 105, "right": 210}


@pytest.fixture(scope="module")
def letter() -> bytes:
    return rendering.draw(paper.letter_941())


# -- Text -----------------------------------------------------------------------------------------


def test_says_every_word_of_letter_941(letter: bytes) -> None:
    assert paper.words(rendering.plain_text(letter)) == paper.text_941()


def test_takes_two_pages(letter: bytes) -> None:
    assert rendering.page_count(letter) == 2


def test_draft_differs_only_in_date_and_number() -> None:
    draft = rendering.draw(paper.letter_941(), draft=True)
    expected = paper.text_941().replace("25.09.2020 № 941", "ПРОЕКТ № ______")
    assert paper.words(rendering.plain_text(draft)) == expected


def test_draft_needs_no_signatory_and_no_number() -> None:
    late = {"number", "date", "reply_to_number", "reply_to_on", "signatory_post", "signatory_name"}
    content = [pair for pair in paper.letter_941() if pair[0] not in late]
    expected = paper.text_941().replace("25.09.2020 № 941", "ПРОЕКТ № ______").replace("Директор Н.П. Лыжина ", "")
    assert paper.words(rendering.plain_text(rendering.draw(content, draft=True))) == expected


def test_answer_names_the_letter_it_answers() -> None:
    answer = rendering.draw(paper.replaced(reply_to_number="45/1", reply_to_on="01.09.2020"))
    assert paper.line(answer, "на №", **COLUMN).text == "на № 45/1 от 01.09.2020"


@pytest.mark.parametrize(
    "text",
    [
        '<link rel="attachment" href="file:///etc/passwd">',
        "{{ settings.SECRET_KEY }} {% load static %}",
        "<script>alert(1)</script>",
        "<img src=http://127.0.0.1:9/pixel.png>",
        "<style>@import 'file:///etc/passwd'</style>",
        "&lt;b&gt; &amp; &nbsp;",
        "5 % — „лапки“, 11-х; ё, Ё; 2 ₽ и fi, fl, ffi",
    ],
)
def test_text_stays_text(text: str) -> None:
    pdf = rendering.draw(paper.with_paragraphs(text))
    assert text in paper.words(rendering.plain_text(pdf).replace("\xa0", " "))


def test_word_broken_between_two_pages_is_read_whole() -> None:
    text = "Индивидуализированное профессионально-педагогическое взаимодействие. " * 120
    pdf = rendering.draw(paper.with_paragraphs(text))
    with pypdfium2.PdfDocument(pdf) as document:
        ends = [page.get_textpage().get_text_bounded()[-2:] for page in document]
    assert any(end == f"\x02{number}" for number, end in enumerate(ends, 1)), ends
    assert paper.words(text) in paper.words(rendering.plain_text(pdf))


# -- Place ----------------------------------------------------------------------------------------


def test_text_keeps_the_margins(letter: bytes) -> None:
    body = [line for line in paper.lines(letter) if line.size == 12 and line.text != "2"]
    assert min(line.left for line in body) == 20
    assert max(line.right for line in body) == pytest.approx(200, abs=0.1)
    assert min(line.top for line in body) == pytest.approx(20.4, abs=0.5)
    assert max(line.bottom for line in body) <= 277


def test_body_is_set_in_12_on_13_8_points_with_an_indent(letter: bytes) -> None:
    first, second = paper.line(letter, "В соответствии"), paper.line(letter, "ведён вебинар")
    third = paper.line(letter, "центров инноваций в 2020")
    assert (first.left, second.left, first.size) == (32.5, 20, 12)
    assert third.top - second.top == pytest.approx(12 * 1.15 * paper.MM_PER_POINT, abs=0.11)


def test_body_is_justified(letter: bytes) -> None:
    assert paper.line(letter, "В соответствии").right == pytest.approx(200, abs=0.1)


def test_letterhead_is_a_centred_block_of_75_mm(letter: bytes) -> None:
    head = [line for line in paper.lines(letter, **COLUMN) if line.page == 1 and line.bottom < 65]
    assert [line.text for line in head][:6] == [
        "Департамент общего образования",
        "Томской области",
        "ОБЛАСТНОЕ ГОСУДАРСТВЕННОЕ",
        "БЮДЖЕТНОЕ УЧРЕЖДЕНИЕ",
        "«РЕГИОНАЛЬНЫЙ ЦЕНТР",
        "РАЗВИТИЯ ОБРАЗОВАНИЯ»",
    ]
    assert {round((line.left + line.right) / 2, 1) for line in head} == {57.5}
    assert max(line.right - line.left for line in head) <= 75


def test_addressee_stands_at_the_upper_right(letter: bytes) -> None:
    addressee = [line for line in paper.lines(letter, **OTHER_COLUMN) if line.page == 1 and line.bottom < 60]
    assert paper.words(" ".join(line.text for line in addressee)) == (
        "Руководителям и педагогам образовательных организаций Томской области"
    )
    assert {line.left for line in addressee} == {120}


def test_number_and_reply_lines_stand_under_the_letterhead(letter: bytes) -> None:
    site, number, reply = (paper.line(letter, text, **COLUMN) for text in ("www.", "25.09.2020", "на №"))
    assert site.bottom < number.top < number.bottom < reply.top
    assert number.text == "25.09.2020 № 941"
    assert round((number.left + number.right) / 2, 1) == 57.5


def test_heading_stands_at_the_left_margin_under_the_reply_line(letter: bytes) -> None:
    heading = paper.line(letter, "Об итогах")
    assert heading.left == 20
    assert heading.top > paper.line(letter, "на №", **COLUMN).bottom


def test_salutation_is_centred(letter: bytes) -> None:
    salutation = paper.line(letter, "Уважаемые коллеги!")
    assert (salutation.left + salutation.right) / 2 == pytest.approx(110, abs=0.1)


def test_page_number_stands_on_the_second_page_only(letter: bytes) -> None:
    numbers = [line for line in paper.lines(letter) if line.bottom < 20]
    assert [(line.page, line.text) for line in numbers] == [(2, "2")]
    assert (numbers[0].left + numbers[0].right) / 2 == pytest.approx(110, abs=0.1)
    assert numbers[0].top >= 10


def test_executor_stands_in_the_lower_margin_of_the_last_page(letter: bytes) -> None:
    executor = paper.line(letter, "Сафонова Вера Прокопьевна")
    assert (executor.page, executor.left, executor.size) == (2, 20, 10)
    assert 277 < executor.top < executor.bottom < 292


def test_signature_runs_from_margin_to_margin(letter: bytes) -> None:
    post, name = paper.line(letter, "Директор", **COLUMN), paper.line(letter, "Н.П. Лыжина", **OTHER_COLUMN)
    assert (post.page, post.left, name.right) == (2, 20, 200)
    assert post.bottom == name.bottom


def test_name_is_level_with_the_last_line_of_a_long_post() -> None:
    post = "Исполняющий обязанности директора областного государственного бюджетного учреждения"
    pdf = rendering.draw(paper.replaced(signatory_post=post))
    last, name = paper.line(pdf, "учреждения", **COLUMN), paper.line(pdf, "Н.П. Лыжина", **OTHER_COLUMN)
    assert last.bottom == name.bottom


@pytest.mark.parametrize("extra", range(9))
@pytest.mark.parametrize("ending", [("Да.", "Нет."), (paper.SENTENCE * 9,)])
def test_signature_moves_on_with_three_lines_of_text(ending: tuple[str, ...], extra: int) -> None:
    """Line by line through the place where the signature no longer fits the first page."""
    fill = (paper.SENTENCE * 4,) * (7 if len(ending) == 2 else 5)
    pdf = rendering.layout(paper.with_paragraphs(*fill, paper.SENTENCE * 2 * extra or "Нет.", *ending), draft=False)
    page = paper.line(pdf, "Директор").page
    above = [line for line in paper.lines(pdf) if line.page == page and 20 < line.top < paper.line(pdf, "Директор").top]
    assert len(above) >= 3


def test_letterhead_of_2025_may_be_80_mm_wide() -> None:
    name = "«Региональный центр развития образования 12»"
    contents = (paper.replaced(edition=edition, institution=[name]) for edition in ("2016", "2025"))
    old, new = (paper.lines(rendering.draw(content), **COLUMN) for content in contents)
    assert [[line.text for line in head if line.text == name] for head in (old, new)] == [[], [name]]


# -- Refusals ---------------------------------------------------------------------------------------


def test_character_without_a_glyph_is_named() -> None:
    with pytest.raises(rendering.UnknownGlyph, match="«😀» U\\+1F600"):
        rendering.draw(paper.with_paragraphs("Отлично 😀"))


def test_missing_glyphs_are_listed_once_in_order() -> None:
    assert rendering.missing_glyphs("中 и 😀 и 中,\n\tа № и ₽ есть") == ["中", "😀"]


def test_control_characters_are_not_printed() -> None:
    assert rendering.missing_glyphs("\x01\x1b") == ["\x01", "\x1b"]


@pytest.mark.parametrize(
    "pair", [["colour", "red"], ["paragraph", ["в списке"]], ["addressee", "строкой"], ["date", "26.09.2020"]]
)
def test_content_that_the_sheet_does_not_know(pair: list[object]) -> None:
    with pytest.raises(rendering.BadContent):
        rendering.draw([*paper.letter_941(), pair])


@pytest.mark.parametrize("pair", [["edition", "1999"], ["prepared_by", ["1", "2", "3", "4"]]])
def test_values_that_the_sheet_does_not_hold(pair: list[object]) -> None:
    with pytest.raises(rendering.BadContent):
        rendering.draw([pair])


def test_thirteenth_page_is_refused() -> None:
    with pytest.raises(rendering.TooLong, match="12 страниц"):
        rendering.draw(paper.with_paragraphs(*[paper.SENTENCE * 12] * 60))


def test_twelve_pages_are_drawn() -> None:
    pdf = rendering.draw(paper.with_paragraphs(*[paper.SENTENCE * 12] * 46))
    assert rendering.page_count(pdf) == 12
    assert [line.text for line in paper.lines(pdf) if line.bottom < 20] == [str(page) for page in range(2, 13)]


def test_missing_typeface_is_said(settings: Settings, tmp_path: object) -> None:
    settings.LETTER_FONT_DIR = tmp_path
    with pytest.raises(rendering.FontMissing, match=r"Tinos_400Regular\.ttf"):
        rendering.letter_font.face("regular")


# -- Same again, and pictures -------------------------------------------------------------------------


def test_same_content_gives_the_same_bytes(letter: bytes) -> None:
    assert rendering.draw(paper.letter_941()) == letter


def test_another_process_gives_the_same_bytes(letter: bytes) -> None:
    code = (
        "import django, hashlib; django.setup();"
        "from reports.typesetting import rendering; from tests.reports import paper;"
        "print(hashlib.sha256(rendering.draw(paper.letter_941())).hexdigest())"
    )
    environment = os.environ | {"PYTHONHASHSEED": "7", "DJANGO_SETTINGS_MODULE": "tests.settings"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert done.stdout.strip() == hashlib.sha256(letter).hexdigest()


def test_versions_name_what_the_look_depends_on() -> None:
    assert [name for name, _ in rendering.versions()] == ["WeasyPrint", "Pango", "font", "sheet"]


def test_page_image_is_a_picture_of_the_page(letter: bytes, tmp_path: object) -> None:
    file = tmp_path / "page.png"
    file.write_bytes(rendering.page_image(letter, 2, 800))
    with Image.open(file) as picture:
        assert (picture.format, picture.size) == ("PNG", (800, 1132))


def test_few_colours_are_as_good_as_all_and_a_third_of_the_bytes(letter: bytes) -> None:
    few, every = rendering.page_image(letter, 2, 1240), rendering.page_image(letter, 2, 1240, every_colour=True)
    pictures = [Image.open(io.BytesIO(data)).convert("RGB") for data in (few, every)]
    differences = ImageStat.Stat(ImageChops.difference(*pictures)).extrema
    assert 0 < max(most for _, most in differences) < 17, "no point is a whole shade away"
    assert len(few) < len(every) / 3


def test_the_stamp_stays_blue() -> None:
    assert pages.STAMP in pages.FEW_COLOURS
    assert len(pages.FEW_COLOURS) <= 256


@pytest.mark.parametrize("number", [0, 3])
def test_there_is_no_image_of_a_page_that_is_not_there(letter: bytes, number: int) -> None:
    with pytest.raises(IndexError):
        rendering.page_image(letter, number, 800)
