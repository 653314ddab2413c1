"""When a register's new year may open: by itself while the server's clock is plausible, else by the clerk's word.

A clock that jumped forward would give № 1 of a year that has not begun. The register's last number says what the clock
should be near to; after two months without letters the clerk is asked once.
"""

import datetime
from typing import NamedTuple

from rcro_portal.lib import russian
from rcro_portal.lib.refusals import Refusal
from reports.models import OutgoingRegister, RegisterEntry, RegisterYear

PLAUSIBLE = datetime.timedelta(days=62)


class YearNotOpen(Refusal):
    """The year was not opened by a person, and the register's last number is older than 62 days."""


class NotThatDay(Refusal):
    words = "Страница открыта в другой день. Обновите её и посмотрите, какая дата на сервере сейчас."


class Question(NamedTuple):
    """«Сегодня действительно 03.02.2028?», and the last number after which the year would open."""

    register: OutgoingRegister
    day: datetime.date
    last: RegisterEntry

    @property
    def words(self) -> str:
        return f"Сегодня действительно {russian.short_date(self.day)}?"

    @property
    def why(self) -> str:
        return (
            f"Последний номер журнала – {self.last.number} от {russian.short_date(self.last.registered_on)}, больше "
            f"двух месяцев назад. Если дата на сервере неверна, ничего не нажимайте и скажите администратору."
        )

    @property
    def waits(self) -> str:
        """For those whose letter waits meanwhile."""
        return (
            f"Журнал {self.day.year} года ещё не открыт: последний номер {self.last.number} дан "
            f"{russian.short_date(self.last.registered_on)}, а на сервере {russian.short_date(self.day)}. Если дата "
            "верна, год открывает делопроизводитель на странице журнала; если нет, администратор исправит часы сервера."
        )


def question(register: OutgoingRegister, day: datetime.date) -> Question | None:
    """What the clerk must say before that day's year opens; nothing where it is open or opens by itself."""
    if not register.counts or RegisterYear.objects.filter(register=register, year=day.year).exists():
        return None
    last = register.entries.order_by("-registered_on", "-sequence", "-pk").first()
    if last is None or day - last.registered_on <= PLAUSIBLE:
        return None
    return Question(register, day, last)


def refuse(register: OutgoingRegister, day: datetime.date) -> None:
    """Raises YearNotOpen."""
    if asked := question(register, day):
        raise YearNotOpen(asked.waits)
