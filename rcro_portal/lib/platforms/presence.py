"""How long somebody was there: whoever comes again, or by two devices at once, is there as long as either lasts."""

import datetime
from collections.abc import Iterable

from rcro_portal.lib.platforms.report import SPANS, Entry


def minutes(entries: Iterable[Entry], platform: str) -> int | None:
    """Of one person's entries. None where the list says nothing of times."""
    found = list(entries)
    stays = [(one.joined, one.left) for one in found if one.joined and one.left]
    counted = [one.seconds for one in found if one.seconds is not None and not one.detail]
    if details := [(one.joined, one.left) for one in found if one.detail and one.joined and one.left]:
        return _rounded(union(details))
    if not stays:
        return _rounded(sum(counted)) if counted else None
    if platform in SPANS and len(counted) == len(stays):
        return _rounded(min(union(stays), sum(counted)))
    return _rounded(union(stays))


def union(stays: Iterable[tuple[datetime.datetime, datetime.datetime]]) -> float:
    """Seconds that at least one of the intervals holds."""
    total, until = datetime.timedelta(), None
    for begin, end in sorted(stays):
        if until is None or begin > until:
            total, until = total + (end - begin), end
        elif end > until:
            total, until = total + (end - until), end
    return total.total_seconds()


def _rounded(seconds: float) -> int:
    return int(seconds / 60 + 0.5)
