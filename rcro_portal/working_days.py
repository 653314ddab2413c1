"""Terms in working days.

A working day is Monday to Friday less the non-working holidays of article 112 of the Labour Code, on their
fixed dates. Days moved by a yearly decree of the Government are not known here: a term counted by these
words may be off by such a day, and the date printed beside them is what binds.
"""

from datetime import date, timedelta

from rcro_portal.russian import Forms, agree, long_date, lower_first

DAYS = Forms("день", "дня", "дней")
NEW_YEAR_AND_CHRISTMAS = {(1, day) for day in range(1, 9)}
HOLIDAYS = NEW_YEAR_AND_CHRISTMAS | {(2, 23), (3, 8), (5, 1), (5, 9), (6, 12), (11, 4)}


def is_day_off(day: date) -> bool:
    return day.weekday() >= 5 or (day.month, day.day) in HOLIDAYS


def next_working_day(day: date) -> date:
    """The first working day after this one."""
    following = day + timedelta(days=1)
    while is_day_off(following):
        following += timedelta(days=1)
    return following


def working_days_until(day: date, *, today: date) -> int:
    """Working days after today up to and with the day; 0 when none is left."""
    return sum(not is_day_off(today + timedelta(days=ahead)) for ahead in range(1, (day - today).days + 1))


def term_words(due_on: date, today: date) -> str:
    """«осталось 6 рабочих дней», «срок сегодня», «Просрочено на 2 дня» (calendar days)."""
    if due_on < today:
        return f"Просрочено на {agree((today - due_on).days, *DAYS)}"
    if due_on == today:
        return "срок сегодня"
    return _left(working_days_until(due_on, today=today))


def _left(days: int) -> str:
    if not days:
        return "рабочих дней не осталось"
    verb = Forms("остался", "осталось", "осталось").after(days)
    return f"{verb} {agree(days, 'рабочий день', 'рабочих дня', 'рабочих дней')}"


def due_words(due_on: date, today: date) -> str:
    """The term with its day: «Срок – 5 октября 2020 г., осталось 6 рабочих дней»."""
    return f"Срок – {long_date(due_on)}, {lower_first(term_words(due_on, today))}"
