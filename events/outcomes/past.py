"""«Взять из прошлого»: who speaks in which order and what is counted, from an earlier outcome of the same kind.

Its text is not taken: what was true of that event is not of this one. Talks whose speaker this event does not know, and
decisions, become empty rows of the open page that say only what they are; left empty they are not saved.
"""

import datetime
from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import Case, Exists, OuterRef, QuerySet, Value, When

from centers.models import StaffPost, User
from events.models import Attendance, Event, Outcome, OutcomeFigure, Talk
from events.models.attendance import Capacity
from events.outcomes import figures_moved, outcomes, posts
from rcro_portal.lib.drafts.models import QUOTED
from rcro_portal.lib.drafts.page_data import Page

OFFERED, REMEMBERED, PROBLEMS = 5, 3, 3


def of_its_kind(event: Event) -> QuerySet[Outcome]:
    """Outcomes of earlier events of the same kind, the department's own first, the newest first."""
    is_own = Case(When(event__department=event.department_id, then=Value(0)), default=Value(1))
    earlier = Outcome.objects.filter(event__kind=event.kind, event__starts_at__lt=event.starts_at)
    written = earlier.filter(Exists(Talk.objects.filter(outcome=OuterRef("pk"))))
    return written.annotate(rank=is_own).select_related("event").order_by("rank", "-event__starts_at", "-pk")


@transaction.atomic
def take(*, outcome: Outcome, source: Outcome, by: User, at: datetime.datetime) -> tuple[int, int]:
    """What stands there already stays. Says how many talks and how many figures came. Raises OutcomeLocked."""
    outcomes.hold_draft(outcome)
    outcome.refresh_from_db()
    page = outcomes.written(outcome)
    talks = [] if page["talks"] else list(_talks(outcome.event, source))
    figures = [outcome.figures.get_or_create(name=one["name"], defaults=one) for one in usual(outcome.event, [source])]
    given = {**page, **_as_begun(page, source), "talks": [*page["talks"], *talks]}
    outcomes.save(of=outcome, version=outcome.version, by=by, at=at, **given)
    return len(talks), sum(is_new for _, is_new in figures)


def _as_begun(page: Page, source: Outcome) -> Page:
    """Of the letter what nobody has changed yet."""
    begun = {"addressee": outcomes.ADDRESSEE, "salutation": outcomes.SALUTATION, "problem_source": ""}
    return {name: getattr(source, name) for name, words in begun.items() if page[name] == words}


def _talks(event: Event, source: Outcome) -> Iterator[Page]:
    """Those whose speaker is of the institution's staff on the event's day, or is marked as a speaker of the event.

    Whoever came from a centre and spoke then hardly speaks again: the empty row asks who did.
    """
    talks = list(source.talks.select_related("speaker").order_by("position", "pk"))
    keys = {talk.speaker_id for talk in talks}
    staff = StaffPost.objects.in_force_on(event.first_day).filter(person__in=keys).values_list("person", flat=True)
    here = Attendance.objects.present().filter(event=event, person__in=keys, capacity=Capacity.SPEAKER)
    known = {*staff, *here.values_list("person", flat=True)}
    titles = posts.printed([talk.speaker for talk in talks], event.first_day)
    for talk in talks:
        if talk.speaker_id in known:
            yield {
                "speaker": talk.speaker,
                "act": talk.act,
                "capacity": talk.capacity,
                "post": titles.get(talk.speaker_id, ""),
                "title": "",
                "text": "",
            }


def usual(event: Event, sources: list[Outcome] | None = None) -> list[dict[str, Any]]:
    """Figures of earlier outcomes of the kind, asked of this event; each once. Words typed by hand do not come."""
    if sources is None:
        sources = list(of_its_kind(event)[:REMEMBERED])
    rows = OutcomeFigure.objects.filter(outcome__in=sources).exclude(query="").select_related("outcome__event")
    found: dict[str, dict[str, Any]] = {}
    for row in sorted(rows, key=lambda row: (-row.outcome.event.starts_at.timestamp(), row.pk)):
        was = row.outcome.event
        kept = {name: getattr(row, name) for name in QUOTED}
        moved = figures_moved.moved(kept, day=was.first_day, event=event, of=was.pk)
        found.setdefault(moved["name"], moved)
    return list(found.values())


def with_empty_rows(page: Page, source: Outcome) -> Page:
    """The page to draw: rows that say only what they are where ``source`` has more than the page does."""
    return {
        **page,
        "talks": list(_by_acts(page["talks"], source)),
        "problems": page["problems"] or [{} for _ in source.problem_areas.all()[:PROBLEMS]],
        "decisions": page["decisions"] or list(source.decisions.order_by("position", "pk").values("kind", "asks")),
    }


def _by_acts(talks: list[Page], source: Outcome) -> Iterator[Page]:
    """The talks in the order of the acts there; what does not fit it stands at the end."""
    acts = list(source.talks.order_by("position", "pk").values_list("act", flat=True))
    left, lacking = list(talks), Counter(acts) - Counter(talk["act"] for talk in talks)
    for act in acts:
        if left and left[0]["act"] == act:
            yield left.pop(0)
        elif lacking[act]:
            lacking[act] -= 1
            yield {"act": act}
    yield from left
