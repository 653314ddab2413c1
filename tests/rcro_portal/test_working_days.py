from datetime import date

import pytest

from rcro_portal.working_days import is_day_off, next_working_day, term_words

FRIDAY = date(2020, 9, 25)


@pytest.mark.parametrize(
    ("due_on", "words"),
    [
        (date(2020, 10, 5), "осталось 6 рабочих дней"),
        (date(2020, 9, 29), "осталось 2 рабочих дня"),
        (date(2020, 9, 28), "остался 1 рабочий день"),
        (date(2020, 9, 27), "рабочих дней не осталось"),
        (FRIDAY, "срок сегодня"),
        (date(2020, 9, 24), "Просрочено на 1 день"),
        (date(2020, 9, 23), "Просрочено на 2 дня"),
        (date(2020, 9, 20), "Просрочено на 5 дней"),
    ],
)
def test_a_term_is_told_in_words(due_on: date, words: str) -> None:
    assert term_words(due_on, FRIDAY) == words


def test_weekends_and_holidays_are_days_off() -> None:
    days = [date(2020, 9, 26), date(2020, 11, 4), date(2021, 1, 8), date(2021, 1, 11), date(2014, 8, 10)]
    assert [is_day_off(day) for day in days] == [True, True, True, False, True]


def test_the_next_working_day_skips_the_new_year() -> None:
    assert next_working_day(date(2020, 12, 31)) == date(2021, 1, 11)
    assert next_working_day(date(2014, 8, 10)) == date(2014, 8, 11)
