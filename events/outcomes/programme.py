"""«Добавить всех выступавших по программе»: a report for each part of the programme that names a person."""

import datetime

from django.db import transaction

from centers.models import User
from events.models import Event, Outcome, ProgrammeItem
from events.models.outcome import TalkAct
from events.outcomes import outcomes, posts


def speaking(event: Event) -> list[ProgrammeItem]:
    items = ProgrammeItem.objects.filter(event=event, speaker__isnull=False).select_related("speaker")
    return list(items.order_by("day", "position", "starts_at", "pk"))


@transaction.atomic
def add(*, outcome: Outcome, by: User, at: datetime.datetime) -> int:
    """Whoever speaks in a talk already is not added again. Says how many were. Raises OutcomeLocked."""
    outcomes.hold_draft(outcome)
    outcome.refresh_from_db()
    page = outcomes.written(outcome)
    known = {talk["speaker"].pk for talk in page["talks"]}
    items = [item for item in speaking(outcome.event) if item.speaker_id not in known]
    titles = posts.printed([item.speaker for item in items if item.speaker], outcome.event.first_day)
    talks = [
        {
            "speaker": item.speaker,
            "act": TalkAct.REPORTED,
            "capacity": "",
            "post": titles.get(item.speaker_id or 0, ""),
            "title": item.title,
            "text": "",
        }
        for item in items
    ]
    if talks:
        given = {**page, "talks": [*page["talks"], *talks]}
        outcomes.save(of=outcome, version=outcome.version, by=by, at=at, **given)
    return len(talks)
