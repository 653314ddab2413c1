"""«По состоянию на …»: the day that a page or a file speaks of, asked for in the address, else today.

Whose rows a reader sees is judged by today, whatever day the rows are shown as of.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone

from rcro_portal.lib.russian import short_date

KEY = "on"
OF_ANOTHER_DAY = "Карточка показана на другой день, а править можно только сегодняшнюю."
# Outside of these no row of the portal has a term: a mistyped year is not a question.
FIRST, LAST = datetime.date(1992, 1, 1), datetime.date(2100, 12, 31)


@dataclass(frozen=True)
class AsOf:
    day: datetime.date
    today: datetime.date

    @property
    def is_today(self) -> bool:
        return self.day == self.today

    @property
    def then(self) -> datetime.date | None:
        """The day, if it is another than today."""
        return None if self.is_today else self.day

    @property
    def asked(self) -> str:
        """The value of ``on`` in links; nothing for today, so that a link of today is one of tomorrow."""
        return "" if self.is_today else self.day.isoformat()

    @property
    def words(self) -> str:
        return f"по состоянию на {short_date(self.day)}"

    @property
    def querystring(self) -> str:
        """What links to other pages of the same day end with."""
        return f"?{KEY}={self.asked}" if self.asked else ""

    @property
    def closed(self) -> str:
        """Why a card of another day offers no acts."""
        return "" if self.is_today else OF_ANOTHER_DAY


def asked(params: Mapping[str, str]) -> AsOf:
    """The day of ``on=2019-12-31``; what is no day, or none that rows can have, is ignored."""
    today = timezone.localdate()
    try:
        day = datetime.date.fromisoformat(params.get(KEY, ""))
    except ValueError:
        day = today
    return AsOf(day if FIRST <= day <= LAST else today, today)
