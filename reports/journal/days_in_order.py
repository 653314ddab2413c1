"""Which of many days are out of order: the fewest without which no day falls."""

import datetime
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate


def odd_ones(days: Sequence[datetime.date], fixed: Sequence[bool]) -> dict[int, int]:
    """The places of those that nothing fixes, each with the place of a day that speaks against it."""
    kept = _kept(days, fixed)
    found: dict[int, int] = {}
    latest = earliest = -1
    for place, day in enumerate(days):
        if fixed[place] or place in kept:
            latest = place if latest < 0 or day >= days[latest] else latest
        elif latest >= 0 and day < days[latest]:
            found[place] = latest
    for place in range(len(days) - 1, -1, -1):
        if fixed[place] or place in kept:
            earliest = place if earliest < 0 or days[place] <= days[earliest] else earliest
        else:
            found.setdefault(place, earliest)
    return found


def _kept(days: Sequence[datetime.date], fixed: Sequence[bool]) -> set[int]:
    """A longest run without a day that falls, of days that contradict no fixed one."""
    possible = list(_between_fixed(days, fixed))
    return {possible[number] for number in _longest([days[place] for place in possible])}


def _between_fixed(days: Sequence[datetime.date], fixed: Sequence[bool]) -> Iterator[int]:
    known = list(zip(days, fixed, strict=True))
    after = accumulate((day if is_fixed else datetime.date.max for day, is_fixed in reversed(known)), min)
    before = accumulate((day if is_fixed else datetime.date.min for day, is_fixed in known), max)
    bounds = zip(before, reversed(list(after)), strict=True)
    return (place for place, (first, last) in enumerate(bounds) if first <= days[place] <= last)


def _longest(days: Sequence[datetime.date]) -> Iterator[int]:
    """From behind, so that of two days that contradict each other the earlier place is kept."""
    heads: list[int] = []  # of the runs of each length the one whose first day is the latest
    starts: list[int | None] = [None]
    following: dict[int, int | None] = {}
    for place in range(len(days) - 1, -1, -1):
        head = -days[place].toordinal()
        length = bisect_right(heads, head)
        following[place] = starts[length]
        heads[length : length + 1], starts[length + 1 : length + 2] = [head], [place]
    now = starts[-1]
    while now is not None:
        yield now
        now = following[now]
