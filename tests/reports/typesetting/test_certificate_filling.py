"""A filled certificate is the drawn one: content, text, tags, metadata; and what cannot be filled is drawn."""

import dataclasses
import io
import itertools
import math
from typing import Any

import pikepdf
import pypdfium2
import pytest

from reports.typesetting import certificate_filling, certificate_sheet, rendering
from reports.typesetting.certificate_sheet import CertificateWords, Holder
from reports.typesetting.letter_font import CannotDraw, UnknownGlyph

WORDS = CertificateWords(
    body_above="Департамент общего образования Томской области",
    institution=("Областное государственное бюджетное учреждение", "«Региональный центр развития образования»"),
    role="слушатель вебинара",
    topic="Школьный этап олимпиады: «Сириус» и другие платформы",
    talk="",
    details="региональный уровень · онлайн · 18 сентября 2020 г.",
    signatory_post="Директор",
    signatory_name="А.В. Воробьёва",
    issued="Дата выдачи: 25 сентября 2020 г.",
    checked_at="Подлинность проверяется по QR-коду",
)
LONG = "Организация и проведение школьного, муниципального и регионального этапов олимпиады в новом учебном году " * 2
PLACES = (
    "",
    "учитель математики, МАОУ СОШ № 2 г. Томска",
    "заместитель директора по учебно-воспитательной работе, муниципальное автономное общеобразовательное учреждение "
    "средняя общеобразовательная школа № 40 г. Томска",
)
SURNAMES = ("Ёлкина", "Тургенева-Гуляева", "Преображенская-Рождественская", "Ю", "Щёголь", "Кудайберген-оглы-Туманян")
GIVEN = ("Александра Константиновна", "Анна-Мария Дьёрдьевна", "Гасан Рустам оглы")


def holder(name: str, place: str = "", number: str = "№ РВЦИ-2026-7") -> Holder:
    return Holder(name, place, number, f"https://portal.example/c/{len(name):022}/")


HOLDERS = [
    holder(f"{surname} {given}", place)
    for (surname, given), place in zip(itertools.product(SURNAMES, GIVEN), itertools.cycle(PLACES), strict=False)
]


def opened(pdf: bytes) -> Any:
    return pikepdf.open(io.BytesIO(pdf))


def letters(text: str) -> str:
    return "".join(filter(str.isalpha, text))


def tags(element: Any) -> list[Any]:
    """Kind, alternative text and marked contents of every element of the tree."""
    if not isinstance(element, pikepdf.Dictionary):
        return [int(element)]
    said = [str(element.get("/S", "")), str(element.get("/Alt", ""))]
    children = element.get("/K", [])
    return [*said, [tags(one) for one in (children if isinstance(children, pikepdf.Array) else [children])]]


def test_filled_is_drawn_for_names_long_short_hyphenated_and_with_yo() -> None:
    for one in HOLDERS:
        made = certificate_filling.make(WORDS, one)
        filled, drawn = opened(made.pdf), opened(certificate_filling.draw(WORDS, one))

        assert not made.is_drawn
        assert filled.pages[0].Contents.read_bytes() == drawn.pages[0].Contents.read_bytes(), one
        assert filled.Root.Metadata.read_bytes() == drawn.Root.Metadata.read_bytes()
        assert filled.docinfo == drawn.docinfo
        assert tags(filled.Root.StructTreeRoot) == tags(drawn.Root.StructTreeRoot)


def picture(pdf: bytes) -> bytes:
    return rendering.page_image(pdf, 1, 1200, every_colour=True)


def test_looks_and_reads_as_a_drawn_one() -> None:
    one = HOLDERS[6]
    filled, drawn = certificate_filling.make(WORDS, one).pdf, certificate_filling.draw(WORDS, one)

    assert picture(filled) == picture(drawn)
    assert rendering.plain_text(filled) == rendering.plain_text(drawn)
    assert "Преображенская-Рождественская\nАлександра Константиновна" in rendering.plain_text(filled)


def test_is_tagged_pdf_a_2a_with_its_typefaces_and_its_title() -> None:
    pdf = opened(certificate_filling.make(WORDS, HOLDERS[0]).pdf)
    fonts = [one.DescendantFonts[0].FontDescriptor for one in pdf.pages[0].Resources.Font.values()]

    assert pdf.check_pdf_syntax() == []
    assert pdf.open_metadata().pdfa_status == "2A"
    assert pdf.Root.Lang == "ru"
    assert pdf.Root.MarkInfo.Marked
    assert all("/FontFile2" in one for one in fonts)
    assert len(fonts) == 2
    assert pdf.docinfo.Title == "Сертификат № РВЦИ-2026-7: Ёлкина Александра Константиновна"


def test_the_same_person_gets_the_same_bytes_and_another_one_others() -> None:
    first, again, other = (certificate_filling.make(WORDS, one).pdf for one in (HOLDERS[0], HOLDERS[0], HOLDERS[1]))

    assert first == again
    assert opened(first).trailer.ID[0] != opened(other).trailer.ID[0]


@pytest.mark.parametrize("name", ["Müller Anna", "Әлиев Дамир"])
def test_draws_a_name_with_a_letter_beyond_the_alphabet(name: str) -> None:
    made = certificate_filling.make(WORDS, holder(name))

    assert made.is_drawn
    assert name in rendering.plain_text(made.pdf)


def test_refuses_what_the_typeface_cannot_print() -> None:
    with pytest.raises(UnknownGlyph, match="U\\+1F600"):
        certificate_filling.make(WORDS, holder("Иванова 😀 Анна"))


def test_a_name_and_a_talk_of_any_length_are_whole_and_inside_the_frame() -> None:
    words = dataclasses.replace(WORDS, topic=LONG[:200], talk=f"тема выступления: «{LONG[:180]}»")
    longest = holder(f"{'Преображенская-' * 7}Лужина Александра Константиновна", PLACES[2])
    pdf = certificate_filling.make(words, longest).pdf
    text = pypdfium2.PdfDocument(pdf)[0].get_textpage()
    boxes = [text.get_charbox(index) for index in range(text.count_chars())]
    inner = [box for box in boxes if not math.isclose(box[0], box[2])]

    assert letters(longest.name) in letters(rendering.plain_text(pdf))
    assert min(box[0] for box in inner) > 70
    assert max(box[2] for box in inner) < 842 - 70
    places = {word: boxes[text.get_text_range().index(word)] for word in ("Региональный", "№ РВЦИ", "Дата", "Директор")}
    lowest = min(box[1] for index, box in enumerate(boxes) if text.get_text_range(index, 7) == "региона")
    assert places["№ РВЦИ"][3] + 40 < places["Региональный"][1]
    assert lowest > places["Директор"][3]


def test_refuses_what_no_sheet_holds() -> None:
    words = dataclasses.replace(WORDS, topic=(LONG * 2)[:300], talk=LONG * 3)
    with pytest.raises(CannotDraw, match="не помещается на один лист"):
        certificate_filling.make(words, holder(HOLDERS[6].name, PLACES[2] * 4))
    with pytest.raises(CannotDraw, match="Слишком длинно для сертификата: «заместитель"):
        certificate_filling.make(words, holder("Иванова Анна", PLACES[2] * 9))


def test_a_name_takes_one_line_where_it_can_and_two_at_need() -> None:
    assert certificate_sheet.name_lines("Ёлкина Анна").lines == ("Ёлкина Анна",)
    assert certificate_sheet.name_lines("Преображенская-Рождественская Александра Петровна").lines == (
        "Преображенская-Рождественская",
        "Александра Петровна",
    )
