"""Last year's accepted answers, found by the keys that questions keep when a request is cloned."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal

from events.models import DataAnswer, DataRequest
from events.models.request_sheet import SheetStatus
from events.requests import checks

# A number that changed by more than this share of last year's is pointed out.
NOTABLE = Decimal("0.5")


def answers(request: DataRequest, centers: Iterable[int]) -> Mapping[int, dict[str, str]]:
    """By the key of the centre, then of the question; nothing of a sheet that was not accepted. One query."""
    found: dict[int, dict[str, str]] = defaultdict(dict)
    if request.follows_id is None:
        return found
    rows = DataAnswer.objects.filter(
        sheet__request=request.follows_id, sheet__status=SheetStatus.ACCEPTED, sheet__center__in=list(centers)
    )
    for center, key, text in rows.values_list("sheet__center", "question__key", "text"):
        found[center][key] = text
    return found


def is_notable(now: str, before: str) -> bool:
    """Both are numbers, and this year's is another by more than half."""
    number, last = checks.amount(now), checks.amount(before)
    return bool(number is not None and last and abs(number - last) > NOTABLE * abs(last))
