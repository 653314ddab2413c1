"""Outcomes of events, written as their methodists would write them; figures stay names until a letter is filed."""

import datetime

from centers.models import Organization, Person, User
from events.models import Event, Outcome
from events.outcomes import outcomes
from rcro_portal.demo import source


def in_order() -> list[dict]:
    return sorted(source.read_all("outcomes"), key=lambda row: row["begun_at"])


def enter(row: dict, people: dict[str, Person], users: dict[str, User]) -> Outcome:
    by, at = users[row["prepared_by"]], row["begun_at"]
    event = event_of(row)
    outcome = outcomes.begin(event=event, by=by, at=at)
    for figure in row["figures"]:
        outcomes.add_figure(of=outcome, **figure | {"parameters": plain(figure["parameters"])})
    outcomes.save(
        of=outcome,
        version=outcome.version,
        talks=[talk | {"speaker": people[talk["speaker"]]} for talk in row["talks"]],
        problems=[{"text": text} for text in row["problem_areas"]],
        decisions=[_decision(decision) for decision in row["decisions"]],
        problem_source=row["problem_source"],
        by=by,
        at=at + datetime.timedelta(hours=2),
    )
    return outcome


def mend(outcome: Outcome, changed: dict, *, by: User, at: datetime.datetime) -> Outcome:
    """Its first decision as ``changed`` says, the rest of the page as it was."""
    outcome = Outcome.objects.get(pk=outcome.pk)
    page = outcomes.written(outcome)
    page["decisions"][0] |= changed
    outcomes.save(of=outcome, version=outcome.version, by=by, at=at, **page)
    return Outcome.objects.get(pk=outcome.pk)


def event_of(outcome: dict) -> Event:
    row = next(row for row in source.read("events") if row["key"] == outcome["event"])
    return Event.objects.get(topic=row["topic"], starts_at=row["starts_at"])


def _decision(row: dict) -> dict:
    """Other organisations than centres by their short names."""
    if "owed_by_others" not in row:
        return row
    return row | {"owed_by_others": list(Organization.objects.filter(short_name__in=row["owed_by_others"]))}


def plain(parameters: dict) -> dict:
    """As the database keeps them: days in ISO."""
    return {
        name: value.isoformat() if isinstance(value, datetime.date) else value for name, value in parameters.items()
    }
