"""By which clock a list was written: day or month first, Tomsk, Moscow or UTC – the event's own time says.

A platform writes by the clock of an account that nobody remembers. What the file itself says of its zone goes first.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rcro_portal.lib.platforms.moments import MOSCOW, Order, Written
from rcro_portal.lib.refusals import Refusal

DAY, HOUR = datetime.timedelta(days=1), datetime.timedelta(hours=1)
UNPLANNED, AROUND = 2 * HOUR, datetime.timedelta(minutes=15)
ZONES = {datetime.timedelta(): "по Гринвичу (UTC)", MOSCOW: "по московскому времени"}
# Another clock is believed only where ours makes hardly anybody present, and it makes most.
HARDLY, MOST = 0.1, 0.5


class AnotherDay(Refusal):
    words = "Это список другого мероприятия: дни и часы в нём другие. Проверьте, тот ли это файл."


@dataclass(frozen=True)
class Planned:
    """When the event was to be, by its own clock."""

    starts_at: datetime.datetime
    ends_at: datetime.datetime | None

    @property
    def end(self) -> datetime.datetime:
        return self.ends_at or self.starts_at + UNPLANNED

    @property
    def days(self) -> frozenset[datetime.date]:
        """Those of the event, and the ones beside them: over midnight, or by another clock."""
        count = (self.end.date() - self.starts_at.date()).days + 1
        return frozenset(self.starts_at.date() + DAY * number for number in range(-1, count + 1))


@dataclass(frozen=True)
class Clock:
    planned: Planned
    order: Order = "day"
    offset: datetime.timedelta | None = None

    def moment(self, written: Written) -> datetime.datetime | None:
        """By the event's clock; a time without a day is that nearest to the event. None where there is no time."""
        if written.time is None:
            return None
        zone = datetime.timezone(self._ahead(written))
        if (day := written.date(self.order)) or written.by_day or written.by_month:
            return self._at(day, written.time, zone) if day else None
        first = self.planned.starts_at.date()
        near = [self._at(first + DAY * number, written.time, zone) for number in (-1, 0, 1)]
        return min(near, key=lambda moment: abs(moment - self.planned.starts_at))

    def _ahead(self, written: Written) -> datetime.timedelta:
        said = written.offset if written.offset is not None else self.offset
        return said if said is not None else self.planned.starts_at.utcoffset() or datetime.timedelta()

    def _at(self, day: datetime.date, time: datetime.time, zone: datetime.tzinfo) -> datetime.datetime:
        return datetime.datetime.combine(day, time, zone).astimezone(self.planned.starts_at.tzinfo)

    @property
    def words(self) -> str:
        return ZONES.get(self.offset, "") if self.offset is not None else ""


def settled(
    pairs: Sequence[tuple[Written | None, Written | None]], planned: Planned, said: datetime.timedelta | None = None
) -> Clock:
    """For what is written of joining and leaving. ``said``: what a heading says of the zone. Raises AnotherDay."""
    order = _order([one for pair in pairs for one in pair if one], planned.days)
    ours = Clock(planned, order, said)
    if said is not None or not any(one and one.time for pair in pairs for one in pair):
        return ours
    shares = {clock: _share(pairs, clock) for clock in (ours, *(Clock(planned, order, zone) for zone in ZONES))}
    best = max(shares, key=lambda clock: shares[clock])
    if shares[best] == 0:
        raise AnotherDay
    return best if shares[ours] <= HARDLY and shares[best] >= MOST else ours


def _order(found: Iterable[Written], days: frozenset[datetime.date]) -> Order:
    dated = [one for one in found if one.by_day or one.by_month]
    by_day, by_month = (sum(one.date(order) in days for one in dated) for order in ("day", "month"))
    if dated and not by_day and not by_month:
        told = next(day for one in dated if (day := one.by_day or one.by_month))
        raise AnotherDay(f"В файле {told:%d.%m.%Y}, а мероприятие было в другой день. Проверьте, тот ли это файл.")
    return "month" if by_month > by_day else "day"


def _share(pairs: Sequence[tuple[Written | None, Written | None]], clock: Clock) -> float:
    """What part of those who are listed was there at some time of the event."""
    first, last = clock.planned.starts_at - AROUND, clock.planned.end + AROUND
    there = known = 0
    for joined, left in pairs:
        moments = [moment for one in (joined, left) if one and (moment := clock.moment(one))]
        if moments:
            known += 1
            there += min(moments) <= last and max(moments) >= first
    return there / known if known else 0
