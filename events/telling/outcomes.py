"""An event is past its day and its outcome is not filed: there is a term, and whoever planned the event is reminded."""

import datetime
from collections.abc import Collection, Iterator
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from centers.models import CalendarYear
from events import kinds
from events.models import Event
from events.models.event import EventStatus
from events.models.outcome import OutcomeStatus
from events.telling import terms, whom
from events.telling.words import Told, day_of, moment_of, refuse_overtaken
from rcro_portal.lib.notices import following, planning
from rcro_portal.lib.notices.following import Wanted
from rcro_portal.lib.notices.reasons import Reason
from rcro_portal.lib.notices.sending import NoLongerSo
from rcro_portal.lib.quotes import quoted
from rcro_portal.lib.working_days import Calendar

FILED = "Итоги направлены."


def due_on(event: Event, calendar: Calendar) -> datetime.date:
    """By when its outcome is to be filed."""
    return terms.after(event.last_day, settings.OUTCOME_WORKING_DAYS, calendar)


def is_owed(event: Event, now: datetime.datetime) -> bool:
    """It was announced and is over, and its outcome lies on nobody's desk but the methodist's."""
    outcome = getattr(event, "outcome", None)
    over = event.status == EventStatus.HELD or (event.status == EventStatus.ANNOUNCED and event.starts_at <= now)
    return over and (outcome is None or outcome.status == OutcomeStatus.DRAFT)


def follow(events: Collection[Event], *, because: str, at: datetime.datetime) -> None:
    rows = list(events)
    following.follow(reason=OVERDUE, about=rows, wanted=_wanted(rows, at), because=because, at=at)


def _wanted(rows: Collection[Event], at: datetime.datetime) -> Iterator[Wanted]:
    owed = [row for row in rows if row.status in (EventStatus.ANNOUNCED, EventStatus.HELD)]
    owed = [row for row in owed if row.starts_at > at or is_owed(row, at)]
    calendar = CalendarYear.objects.calendar()
    planners = whom.planners({row.department_id for row in owed}, timezone.localdate(at))
    for row in owed:
        due = due_on(row, calendar)
        subject = f"Итоги не внесены: {row.what} {quoted(row.topic)}, {row.days}"
        for fact, moment in terms.around(due, calendar).items():
            for one in whom.first_of(planners.get(row.department_id, ()), row.planned_by.person_id):
                yield Wanted(row, fact, due.isoformat(), one.email, one.user, subject, moment)


def _told(notice: Any) -> Told:
    event = Event.objects.select_related("outcome").get(pk=planning.pk_in(notice.about))
    if not is_owed(event, moment_of(notice)):
        raise NoLongerSo(FILED if event.status == EventStatus.HELD else "Мероприятие отменено или перенесено.")
    refuse_overtaken(notice)
    calendar = CalendarYear.objects.calendar()
    due = due_on(event, calendar)
    named = kinds.named(event, kinds.words(event.kind).genitive)
    first = f"Не внесены итоги {named} {quoted(event.topic)}, {event.days}."
    return Told(first, f"{calendar.due_words(due, day_of(notice))}.", path=_page(event), label="Внести итоги")


def _page(event: Event) -> str:
    return reverse("reports:event-page", args=[event.pk])


OVERDUE = Reason(
    key="outcome_overdue",
    words="Мероприятие прошло, итоги не направлены",
    whom="Тому, кто внёс мероприятие в план, или методистам и начальнику его отдела",
    in_digest=True,
    by_choice=True,
    may_stop=True,
    line=lambda notice: _told(notice).line(),
    body=lambda notice: _told(notice).body(notice),
)
REASONS = (OVERDUE,)
