"""Words of protocols in any case, gender and spelling."""

import pytest

from olympiad.results import words
from olympiad.results.words import Status


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Победитель", Status.WINNER),
        ("ПОБЕДИТЕЛЬНИЦА", Status.WINNER),
        ("диплом победителя", Status.WINNER),
        ("призер", Status.PRIZE_WINNER),
        ("Призёрам", Status.PRIZE_WINNER),
        ("участница", Status.PARTICIPANT),
        ("", Status.PARTICIPANT),
        ("–", Status.PARTICIPANT),
        ("неявка", Status.AWAY),
        ("не явился", Status.AWAY),
        ("Аннулирован", Status.AWAY),
        ("победитель, 1 место", Status.WINNER),
        ("Диплом I степени", Status.WINNER),
        ("Диплом II степени", Status.PRIZE_WINNER),
        ("участник (победитель прошлого года)", Status.PARTICIPANT),
        ("не является призёром", Status.PARTICIPANT),
        ("н/я", Status.AWAY),
        ("молодец", None),
    ],
)
def test_status_is_told_by_its_word(text: str, status: Status | None) -> None:
    assert words.status(text) == status


@pytest.mark.parametrize(
    ("text", "grade"), [("10", 10), ("10:Б", 10), ("7 «А»", 7), ("9.0", 9), ("12", None), ("0", None), ("Б", None)]
)
def test_grade_is_the_number_of_a_class(text: str, grade: int | None) -> None:
    assert words.grade(text) == grade


@pytest.mark.parametrize(
    ("text", "grade"),
    [("9 класс", 9), ("Протокол, 10-е классы", 10), ("9–11 классы", None), ("9, 10 классы", None), ("0 класс", None)],
)
def test_title_says_one_grade_or_none(text: str, grade: int | None) -> None:
    assert words.grade_said(text) == grade


@pytest.mark.parametrize(("text", "count"), [("1 074", 1074), ("2,0", 2), ("-", None), ("", None), ("0", 0)])
def test_dash_is_unknown_and_nought_is_nought(text: str, count: int | None) -> None:
    assert words.count(text) == count


def test_points_have_a_decimal_comma() -> None:
    assert words.points("61,5") == 61.5


@pytest.mark.parametrize("text", ["nan", "inf", "1e999", "1_0", "٥", "1234567"])
def test_what_python_alone_calls_a_number_is_no_points(text: str) -> None:
    with pytest.raises(ValueError, match=text):
        words.points(text)
