"""Days and moments in queries: how many whole days lie between, and periods without a call for each row.

SQLite asks Python for the day of every moment; its bounds as moments say the same, and an index knows them.
"""

import datetime
from typing import Any

from django.db.models import DateField, Func, IntegerField, Q
from django.utils import timezone

DAY = 86_400  # seconds
# Beyond these no moment can be told in every zone.
FIRST, LAST = datetime.date(1000, 1, 1), datetime.date(9000, 1, 1)


def midnight(day: datetime.date) -> datetime.datetime:
    """With which the day begins on our clocks."""
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))


def within(column: str, since: datetime.date, until: datetime.date) -> Q:
    """The moment lies on one of these days, both of them included."""
    end = min(until, LAST) + datetime.timedelta(days=1)
    return Q(**{f"{column}__gte": midnight(max(since, FIRST)), f"{column}__lt": midnight(end)})


class TwoDaysLater(Func):
    """The second day after; no zone is so far away that a moment of the day itself lies behind its beginning."""

    output_field = DateField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return super().as_sql(compiler, connection, template="date(%(expressions)s, '+2 days')", **extra)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return super().as_sql(compiler, connection, template="(%(expressions)s + 2)", **extra)


class WholeDays(Func):
    """``WholeDays(later, earlier)``: full days of 24 hours, rounded towards nought; of two days their distance."""

    output_field = IntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        template = f"((strftime('%%%%s', %(expressions)s)) / {DAY})"
        return super().as_sql(compiler, connection, template=template, arg_joiner=") - strftime('%%s', ", **extra)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        template = f"((FLOOR(EXTRACT(EPOCH FROM %(expressions)s))::bigint) / {DAY})"
        return super().as_sql(
            compiler, connection, template=template, arg_joiner="))::bigint - FLOOR(EXTRACT(EPOCH FROM ", **extra
        )
