"""«Добавить всех выступавших по программе»: a report of each person whom the programme names."""

import datetime

from django.db import transaction

from centers.models import Person, User
from events.models import Event, Outcome, ProgrammeItem
from events.models.outcome import TalkAct
from events.outcomes import outcomes, posts


def speaking(event: Event) -> list[tuple[Person, ProgrammeItem]]:
    """In order; two who speak together have a talk each."""
    items = ProgrammeItem.objects.filter(event=event).select_related("speaker", "with_speaker")
    return [(one, item) for item in items.order_by("day", "position", "starts_at", "pk") for one in item.people]


@transaction.atomic
def add(*, outcome: Outcome, by: User, at: datetime.datetime) -> int:
    """Whoever speaks in a talk already is not added again. Says how many were. Raises OutcomeLocked."""
    outcomes.hold_draft(outcome)
    outcome.refresh_from_db()
    page = outcomes.written(outcome)
    known = {talk["speaker"].pk for talk in page["talks"]}
    new = [(one, item) for one, item in speaking(outcome.event) if one.pk not in known]
    titles = posts.printed([one for one, _ in new], outcome.event.first_day)
    talks = [
        {
            "speaker": one,
            "act": TalkAct.REPORTED,
            "capacity": "",
            "post": titles.get(one.pk, ""),
            "title": item.title,
            "text": "",
        }
        for one, item in new
    ]
    if talks:
        given = {**page, "talks": [*page["talks"], *talks]}
        outcomes.save(of=outcome, version=outcome.version, by=by, at=at, **given)
    return len(talks)
