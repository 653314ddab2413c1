from datetime import UTC, date, datetime

import pytest

from rcro_portal.lib import russian
from rcro_portal.lib.russian import NBSP, agree, agree_oblique, typeset


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "0 координаторов"),
        (1, "1 координатор"),
        (2, "2 координатора"),
        (5, "5 координаторов"),
        (11, "11 координаторов"),
        (12, "12 координаторов"),
        (14, "14 координаторов"),
        (21, "21 координатор"),
        (23, "23 координатора"),
        (25, "25 координаторов"),
        (111, "111 координаторов"),
        (112, "112 координаторов"),
        (121, "121 координатор"),
        (1074, "1074 координатора"),
        (12500, f"12{NBSP}500 координаторов"),
    ],
)
def test_a_noun_agrees_with_its_number(number: int, words: str) -> None:
    assert agree(number, "координатор", "координатора", "координаторов") == words


def test_the_figures_of_a_real_letter_agree() -> None:
    assert agree(1074, "школьник", "школьника", "школьников") == "1074 школьника"
    assert agree(571, "учитель", "учителя", "учителей") == "571 учитель"
    assert agree(475, "обучающийся", "обучающихся", "обучающихся") == "475 обучающихся"


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "1 предмету"), (9, "9 предметам"), (11, "11 предметам"), (21, "21 предмету"), (22, "22 предметам")],
)
def test_only_one_and_its_like_take_an_oblique_singular(number: int, words: str) -> None:
    assert agree_oblique(number, "предмету", "предметам") == words


@pytest.mark.parametrize(
    ("number", "text"),
    [(1074, "1074"), (9999, "9999"), (12500, f"12{NBSP}500"), (1000000, f"1{NBSP}000{NBSP}000"), (-5, "-5")],
)
def test_thousands_stand_apart_from_five_digits_on(number: int, text: str) -> None:
    assert russian.grouped(number) == text


def test_dates_are_written_as_letters_write_them() -> None:
    day = date(2020, 9, 18)
    assert russian.long_date(day, "года") == f"18{NBSP}сентября{NBSP}2020{NBSP}года"
    assert russian.long_date(date(2020, 10, 5)) == f"5{NBSP}октября{NBSP}2020{NBSP}г."
    assert russian.short_date(date(2020, 9, 25)) == "25.09.2020"


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 3, 2), date(2026, 3, 8), "со 2 по 8 марта 2026 г."),
        (date(2027, 5, 3), date(2027, 5, 14), "с 3 по 14 мая 2027 г."),
        (date(2027, 5, 22), date(2027, 5, 23), "с 22 по 23 мая 2027 г."),
        (date(2026, 2, 27), date(2026, 3, 2), "с 27 февраля по 2 марта 2026 г."),
        (date(2026, 12, 2), date(2027, 12, 5), "со 2 декабря 2026 г. по 5 декабря 2027 г."),
        (date(2026, 3, 2), date(2026, 3, 2), "2 марта 2026 г."),
    ],
)
def test_days_from_one_to_another(first: date, last: date, words: str) -> None:
    assert russian.long_span(first, last).replace(NBSP, " ") == words
    assert " по" in russian.long_span(first, last) or first == last
    assert NBSP.join(("8", "марта", "2026")) in russian.long_span(date(2026, 3, 2), date(2026, 3, 8))


def test_days_in_a_list() -> None:
    assert russian.short_span(date(2026, 3, 2), date(2026, 3, 8)) == "02.03.2026–08.03.2026"
    assert russian.short_span(date(2026, 3, 2), date(2026, 3, 2)) == "02.03.2026"


def test_a_moment_is_told_by_the_clocks_of_tomsk() -> None:
    moment = datetime(2020, 9, 18, 8, 0, tzinfo=UTC)
    assert russian.date_time(moment).replace(NBSP, " ") == "18 сентября 2020 г., 15:00"


@pytest.mark.parametrize(
    ("name", "signed", "listed"),
    [
        (("Лыжина", "Н.", "П."), "Н.П. Лыжина", "Лыжина Н.П."),
        (("Петрова", "Анна", "Сергеевна"), "А.С. Петрова", "Петрова А.С."),
        (("Шульц", "Анна-Мария", ""), "А.-М. Шульц", "Шульц А.-М."),
        (("Ким", "", ""), "Ким", "Ким"),
    ],
)
def test_initials_stand_before_or_after_the_surname(name: tuple[str, str, str], signed: str, listed: str) -> None:
    assert russian.initials_first(*name) == signed
    assert russian.surname_first(*name) == listed


@pytest.mark.parametrize("patronymic", ["Гасан оглы", "Гасан-оглы", "Гасан Кызы"])
def test_whose_son_is_no_initial(patronymic: str) -> None:
    assert russian.initials("Али", patronymic) == "А.Г."


def test_full_names_skip_what_is_missing() -> None:
    assert russian.full_name("Ким", "Виктор") == "Ким Виктор"


def test_a_past_verb_agrees_with_the_speaker() -> None:
    assert [russian.by_gender(gender, "отметил", "отметила") for gender in ("m", "f")] == ["отметил", "отметила"]


def test_only_the_first_letter_changes_its_case() -> None:
    assert russian.lower_first("Начальник ОГБУ") == "начальник ОГБУ"
    assert russian.upper_first("итоги ВсОШ") == "Итоги ВсОШ"
    assert russian.upper_first("") == ""


def test_search_knows_neither_case_nor_yo_nor_spaces() -> None:
    assert russian.search_key(f"  Семёнов{NBSP} ПЁТР ") == "семенов петр"


TIED = [
    "исх. № 941 от 25.09.2020",
    "Татарская ул., д. 16, г. Томск, 634050",
    "18 сентября 2020 года проведён вебинар",
    "до 5 октября 2020 г. внести изменения",
    "Н.П. Лыжина подписала, Лыжина Н.П. и Н. П. Лыжина",
    "вебинар ОГБУ «РЦРО» — для 12 500 человек",
    "на 3 л. в 2 экз., 45 % школ",
    "и т. д. и т. п.",
]


@pytest.mark.parametrize("text", TIED)
def test_typesetting_changes_only_spaces_and_only_once(text: str) -> None:
    tied = typeset(text)
    assert tied.replace(NBSP, " ") == text
    assert typeset(tied) == tied


@pytest.mark.parametrize(
    ("text", "tied"),
    [
        ("исх. № 941 от 25.09.2020", "исх. №~941 от~25.09.2020"),
        ("Татарская ул., д. 16, г. Томск, 634050", "Татарская ул., д.~16, г.~Томск, 634050"),
        ("до 5 октября 2020 г. Внести", "до~5~октября~2020~г. Внести"),
        ("Н.П. Лыжина, Лыжина Н.П., Н. П. Лыжина", "Н.П.~Лыжина, Лыжина~Н.П., Н.~П.~Лыжина"),
        ("вебинар ОГБУ «РЦРО» — для 12 500 человек", "вебинар ОГБУ~«РЦРО»~— для 12~500 человек"),
        ("на 3 л. в 2 экз., 45 % школ", "на~3~л. в~2~экз., 45~% школ"),
        ("18 сентября 2020 года и в 2019 году", "18~сентября~2020~года и~в~2019~году"),
    ],
)
def test_what_belongs_together_is_tied(text: str, tied: str) -> None:
    assert typeset(text).replace(NBSP, "~") == tied


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("СОШ № 7", "сош 7"),
        ("СОШ\u20117", "сош 7"),
        ("COШ №7", "сош 7"),
        ("«Ёлка» (г. Асино)", "елка г асино"),
        ("е\u0308лка, за\u0301мок, й", "елка замок й"),
        ("сл\u00adово\ufeff", "слово"),
        ("01-25/7730а", "01 25 7730 а"),
        ("№ «»", ""),
    ],
)
def test_search_key_is_words_and_numbers(text: str, key: str) -> None:
    assert russian.search_key(text) == key


def test_sort_key_orders_numbers_by_their_size() -> None:
    names = ["СОШ № 101", "«СОШ» № 9", "Гимназия", "СОШ №12", "СОШ № 9 «Б»"]
    assert sorted(names, key=russian.sort_key) == ["Гимназия", "«СОШ» № 9", "СОШ № 9 «Б»", "СОШ №12", "СОШ № 101"]
