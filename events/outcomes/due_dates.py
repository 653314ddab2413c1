"""The due date of a decision, moved from a day off to the next working day."""

import datetime

from centers.models import CalendarYear, User
from events.models import Outcome
from events.outcomes import outcomes
from rcro_portal.lib.refusals import Refusal


class NotOnADayOff(Refusal):
    words = "Этот срок уже приходится на рабочий день. Обновите страницу."


def postpone(*, outcome: Outcome, decision: int, version: int, by: User, at: datetime.datetime) -> datetime.date:
    """To the next working day the term of one decision (its place on the page, from 0), as a save of the whole page.

    Returns the new term. Raises as ``outcomes.save`` does where the text is another than ``version``.
    """
    page = outcomes.written(outcome)
    rows = page["decisions"]
    due_on = rows[decision]["due_on"] if decision < len(rows) else None
    calendar = CalendarYear.objects.calendar()
    if due_on is None or not calendar.is_day_off(due_on):
        raise NotOnADayOff
    rows[decision]["due_on"] = calendar.next_working_day(due_on)
    outcomes.save(of=outcome, version=version, by=by, at=at, **page)
    return rows[decision]["due_on"]
