"""The due date of a decision, moved from a day off to the next working day."""

import datetime
from typing import Any

from centers.models import CalendarYear, User
from events.outcomes import outcomes
from rcro_portal.lib.drafts.writing import Drafts
from rcro_portal.lib.refusals import Refusal


class NotOnADayOff(Refusal):
    words = "Этот срок уже приходится на рабочий день. Обновите страницу."


def postpone(
    *,
    of: Any,
    decision: int,
    version: int,
    by: User,
    at: datetime.datetime,
    drafts: Drafts[Any] = outcomes.DRAFTS,
) -> datetime.date:
    """To the next working day the term of one decision (its place on the page, from 0), as a save of the whole page.

    ``of``: an outcome, or another text with decisions by its ``drafts``. Returns the new term. Raises as
    ``drafts.save`` does where the text is another than ``version``.
    """
    page = drafts.written(of)
    rows = page["decisions"]
    due_on = rows[decision]["due_on"] if decision < len(rows) else None
    calendar = CalendarYear.objects.calendar()
    if due_on is None or not calendar.is_day_off(due_on):
        raise NotOnADayOff
    rows[decision]["due_on"] = calendar.next_working_day(due_on)
    drafts.save(of=of, version=version, by=by, at=at, **page)
    return rows[decision]["due_on"]
