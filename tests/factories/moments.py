"""The days on which the factories' little story happens, in spring 2026 by the clocks of Tomsk."""

import datetime
from zoneinfo import ZoneInfo

TOMSK = ZoneInfo("Asia/Tomsk")
LONG_AGO = datetime.date(2020, 1, 1)


def tomsk(month: int, day: int, hour: int, minute: int = 0, *, year: int = 2026) -> datetime.datetime:
    return datetime.datetime(year, month, day, hour, minute, tzinfo=TOMSK)


PLANNED_AT = tomsk(1, 20, 11)
ANNOUNCED_AT = tomsk(2, 10, 12)
STARTS_AT = tomsk(3, 12, 15)
HELD_AT = tomsk(3, 12, 17)
WRITTEN_AT = tomsk(3, 13, 10)
FILED_AT = tomsk(3, 16, 10)
APPROVED_AT = tomsk(3, 17, 9)
REGISTERED_AT = tomsk(3, 18, 9, 30)
DRAWN_AT = tomsk(3, 18, 9, 31)
SIGNED_AT = tomsk(3, 18, 10)
SENT_AT = tomsk(3, 18, 10, 1)
DUE_ON = datetime.date(2026, 4, 6)
