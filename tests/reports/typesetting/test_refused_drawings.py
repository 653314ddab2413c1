"""A letter that cannot be drawn says where: the words of the place stand in the refusal."""

from typing import Any

import pytest

from reports.typesetting import docx_letter, pages, read_back, rendering
from tests.reports import paper

LONG = "Прошу принять к сведению решение совета и разослать его по школам сети. " * 3
Content = list[list[Any]]


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (paper.with_paragraphs(LONG, f"{LONG} Отлично 😀 и далее. {LONG}"), "школам сети. Отлично 😀 и далее"),
        (paper.replaced(subject_line="Об итогах \u202eвебинара"), "заголовок, «Об итогах"),
        (paper.with_elements(["table", [["Графа"], ["шалом שלום"]]]), "таблица, «шалом"),
        (paper.replaced(prepared_by=["Сафонова", "51-56-66", "e-mail", "четвёртая"]), "«четвёртая»"),
        (paper.replaced(prepared_by=["Очень длинная строка " * 9]), "«Очень длинная строка"),
        (paper.with_elements(["paragraph", LONG], ["table", [[]]]), "школам сети.»"),
        (paper.with_elements(["table", [["Город", "Школа"]] + [["а", "б"]] * 200]), "«Город, Школа»"),
        (paper.with_elements(["appendix", [f"{number}. План" for number in range(1, 25)]]), "«21. План»"),
    ],
    ids=["glyph", "heading", "cell", "fourth line", "wide line", "empty table", "long table", "appendices"],
)
def test_refusal_quotes_its_place(content: Content, place: str) -> None:
    wanted = " ".join(place.split())
    for make in (lambda: rendering.draw(content), lambda: docx_letter.write(content, draft=False)):
        with pytest.raises(rendering.CannotDraw) as refusal:
            make()
        assert wanted in str(refusal.value)
        assert str(refusal.value).endswith(".")


def test_what_is_too_long_quotes_where_the_thirteenth_page_begins() -> None:
    content = paper.with_paragraphs(*[f"Абзац {number}. {LONG * 6}" for number in range(1, 70)])
    with pytest.raises(rendering.TooLong, match=r"на 13-ю переходит «(?!13»).{10,}…»\. Сократите"):
        rendering.draw(content)


def test_lost_text_is_quoted(monkeypatch: pytest.MonkeyPatch) -> None:
    real = pages.plain_text
    monkeypatch.setattr(pages, "plain_text", lambda pdf: real(pdf).replace("к сведению", "к св*"))
    content = paper.with_paragraphs("Прошу принять к сведению.")
    with pytest.raises(rendering.TextLost, match=r"«текст» текст изменился бы: «Прошу принять к сведению\.»"):
        rendering.draw(content)


def test_addressee_beside_the_number_is_read_whole() -> None:
    """On one height with «25.09.2020 № 941» a reader mixes the two; nothing of the letter is lost by that."""
    last = 'сети–« научно-методического итоги% "„обучающихся –научно-методического 2020 РЦРО/\' вебинара„ 2020 в"№'
    pdf = rendering.draw(paper.replaced(addressee=["Руководителям"] * 9 + [last]))
    assert "25.09.2020 № 941 2020 РЦРО" in rendering.plain_text(pdf)


def test_text_that_is_not_in_the_file_is_lost_beside_columns_too() -> None:
    pdf = rendering.layout(paper.replaced(addressee=["Сидорову П.П."]), draft=False)
    with pytest.raises(rendering.TextLost, match="«адресат»"):
        read_back.compare(paper.replaced(addressee=["Сидорову П.П. и Ивановой"]), pdf, draft=False)
