from datetime import date, timedelta

import pytest

from rcro_portal.lib.working_days import DECREED, Calendar

FRIDAY = date(2020, 9, 25)
CALENDAR = Calendar()
# What decrees moved in 2024–2027: the fixed holidays and the weekdays alone are wrong on each of them.
OFF_BY_DECREE = (
    *("2024-04-29", "2024-04-30", "2024-05-10", "2024-12-30", "2024-12-31"),
    *("2025-05-02", "2025-05-08", "2025-06-13", "2025-11-03", "2025-12-31"),
    *("2026-01-09", "2026-03-09", "2026-05-11", "2026-12-31"),
    *("2027-02-22", "2027-05-03", "2027-05-10", "2027-06-14", "2027-11-05", "2027-12-31"),
)
WORKED_BY_DECREE = ("2024-04-27", "2024-11-02", "2024-12-28", "2025-11-01", "2027-02-20")


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
    assert CALENDAR.term_words(due_on, FRIDAY) == words


def test_weekends_and_holidays_are_days_off() -> None:
    days = [date(2020, 9, 26), date(2020, 11, 4), date(2021, 1, 8), date(2021, 1, 11), date(2014, 8, 10)]
    assert [CALENDAR.is_day_off(day) for day in days] == [True, True, True, False, True]


def test_the_25_days_that_decrees_moved() -> None:
    assert len(OFF_BY_DECREE) + len(WORKED_BY_DECREE) == 25
    assert [day for day in OFF_BY_DECREE if not CALENDAR.is_day_off(date.fromisoformat(day))] == []
    assert [day for day in WORKED_BY_DECREE if CALENDAR.is_day_off(date.fromisoformat(day))] == []


def test_nothing_else_of_those_years_is_moved() -> None:
    """Every other day is a weekend or a holiday of article 112, or else it is worked."""
    new_year = {(1, day) for day in range(1, 9)}
    fixed = new_year | {(2, 23), (3, 8), (5, 1), (5, 9), (6, 12), (11, 4)}
    days = [date(2024, 1, 1) + timedelta(days=ahead) for ahead in range(366 + 3 * 365)]
    moved = [day for day in days if CALENDAR.is_day_off(day) != (day.weekday() >= 5 or (day.month, day.day) in fixed)]
    assert [day.isoformat() for day in moved] == sorted((*OFF_BY_DECREE, *WORKED_BY_DECREE))


def test_the_next_working_day_skips_the_new_year_and_what_was_moved() -> None:
    assert CALENDAR.next_working_day(date(2020, 12, 31)) == date(2021, 1, 11)
    assert CALENDAR.next_working_day(date(2026, 12, 30)) == date(2027, 1, 11)
    assert CALENDAR.next_working_day(date(2027, 2, 19)) == date(2027, 2, 20)
    assert CALENDAR.next_working_day(date(2014, 8, 10)) == date(2014, 8, 11)


def test_the_working_day_before() -> None:
    assert CALENDAR.working_day_before(date(2026, 3, 10)) == date(2026, 3, 6)
    assert CALENDAR.working_day_before(date(2027, 2, 24)) == date(2027, 2, 20)


def test_a_year_of_which_no_decree_is_known_is_said_aloud() -> None:
    doubt = "Производственный календарь 2028 года портал не знает: перенесённые дни не учтены"
    assert CALENDAR.term_words(date(2028, 1, 12), date(2027, 12, 29)) == f"осталось 4 рабочих дня. {doubt}"
    assert CALENDAR.due_words(date(2028, 1, 12), date(2027, 12, 29)).endswith(f", осталось 4 рабочих дня. {doubt}")
    assert CALENDAR.doubt(date(2027, 12, 1), date(2030, 1, 9)).startswith("Производственный календарь 2028–2030 годов")
    assert CALENDAR.doubt(date(2027, 1, 1), date(2027, 12, 31)) == ""
    # Before the package's first decree too.
    assert CALENDAR.doubt(date(2004, 5, 1), date(2004, 5, 1)).startswith("Производственный календарь 2004 года")


def test_overdue_days_are_of_the_calendar_and_need_no_decree() -> None:
    assert CALENDAR.term_words(date(2028, 5, 2), date(2028, 5, 4)) == "Просрочено на 2 дня"


def test_what_the_institution_put_down_stands_above_the_package() -> None:
    own = Calendar({date(2028, 1, 10): True, date(2027, 12, 31): False}, frozenset({2028}))
    assert (own.is_day_off(date(2028, 1, 10)), own.is_day_off(date(2027, 12, 31))) == (True, False)
    assert own.next_working_day(date(2027, 12, 31)) == date(2028, 1, 11)
    assert own.doubt(date(2027, 12, 31), date(2028, 2, 1)) == ""


def test_the_package_knows_the_decrees_of_these_years() -> None:
    assert set(range(2005, 2028)) <= DECREED
