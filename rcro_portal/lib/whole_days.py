"""How many whole days lie between two moments or days, as the database reckons it."""

from typing import Any

from django.db.models import Func, IntegerField

DAY = 86_400  # seconds


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
