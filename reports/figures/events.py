"""Figures of events: who came, who spoke, what was held."""

import datetime
from collections.abc import Callable, Collection, Mapping

from django.db.models import QuerySet
from django.utils import timezone

from centers.models import Center, Person
from events.models import Attendance, Event, ParticipantCount, Talk
from events.models.event import EventKind, EventStatus
from events.models.outcome import TalkAct
from events.models.participant_count import Category
from rcro_portal.lib.russian import upper_first
from rcro_portal.lib.whole_days import within
from reports.figures import listings
from reports.figures.nouns import NOUNS
from reports.figures.query import Narrow, Query

SEMINARS = (EventKind.METHODS_SEMINAR, EventKind.PANORAMA_SEMINAR)


def _present_coordinators(*, event: int) -> QuerySet:
    return Attendance.objects.filter(event=event).present().coordinators()


def _present_centers(*, event: int) -> QuerySet:
    here = Attendance.objects.filter(event=event, center__isnull=False).present()
    return Center.objects.filter(pk__in=here.values("center"))


def _absent_centers(*, event: int) -> QuerySet:
    held = Event.objects.filter(pk=event).first()
    if held is None:
        return Center.objects.none()
    day = timezone.localtime(held.starts_at).date()
    return Center.objects.with_status_on(day).exclude(pk__in=_present_centers(event=event))


def _speakers(*, event: int) -> QuerySet:
    talks = Talk.objects.filter(outcome__event=event).exclude(act=TalkAct.ANSWERED)
    return Person.objects.filter(pk__in=talks.values("speaker"))


def _held(kinds: Collection[str] = EventKind.values) -> Callable[..., QuerySet]:
    def rows(*, since: datetime.date, until: datetime.date) -> QuerySet:
        held = Event.objects.filter(status=EventStatus.HELD, kind__in=kinds)
        return held.filter(within("starts_at", since, until))

    return rows


def _participations(*, since: datetime.date, until: datetime.date) -> QuerySet:
    return Attendance.objects.filter(event__in=_held()(since=since, until=until)).present()


def _people(*, since: datetime.date, until: datetime.date) -> QuerySet:
    return Person.objects.filter(pk__in=_participations(since=since, until=until).values("person"))


def _centers(*, since: datetime.date, until: datetime.date) -> QuerySet:
    here = _participations(since=since, until=until).filter(center__isnull=False)
    return Center.objects.filter(pk__in=here.values("center"))


def _listed(*kinds: EventKind) -> Callable[..., str]:
    """The held ones in the list of events, of these kinds or of all."""
    chosen = {"kind": [kind.value for kind in kinds]} if kinds else {}
    return listings.of_period("events:event-list", status=EventStatus.HELD.value, **chosen)


def _counted(category: Category) -> Callable[..., QuerySet]:
    return lambda *, event: ParticipantCount.objects.filter(event=event, category=category)


def _named(category: Category) -> Callable[..., QuerySet]:
    return lambda *, event: Attendance.objects.filter(event=event, category=category).present()


def _names_of(category: Category, noun: str) -> Query:
    return Query(
        title=f"{upper_first(category.label)} на мероприятии: по именам",
        describes=f"{category.label}, названные среди участников мероприятия по имени; внесённые числом сюда не входят",
        over="event",
        noun=NOUNS[noun],
        rows=_named(category),
        listing=listings.NAMED_PARTICIPANTS,
    )


def _number_of(category: Category, noun: str) -> Query:
    """As it was brought in: by posts and municipalities, or as one number."""
    return Query(
        title=f"{upper_first(category.label)} на мероприятии: числом",
        describes="числа, внесённые на странице «Другие участники»; названные по имени сюда не входят",
        over="event",
        noun=NOUNS[noun],
        rows=_counted(category),
        column="count",
        sums_counts=True,
        listing=listings.PARTICIPANT_COUNTS,
    )


QUERIES: Mapping[str, Query] = {
    "present_coordinators": Query(
        title="Координаторы РВЦИ на мероприятии",
        describes="отмечены участниками мероприятия как координаторы РВЦИ",
        over="event",
        noun=NOUNS["coordinator"],
        rows=_present_coordinators,
        listing=listings.COORDINATORS,
    ),
    "present_centers": Query(
        title="РВЦИ на мероприятии",
        describes="РВЦИ, от которых на мероприятии был координатор или представитель",
        over="event",
        noun=NOUNS["center"],
        rows=_present_centers,
        listing=listings.CENTERS,
    ),
    "absent_centers": Query(
        title="РВЦИ, не участвовавшие в мероприятии",
        describes="РВЦИ со статусом в день мероприятия, от которых никто не отмечен",
        over="event",
        noun=NOUNS["center"],
        rows=_absent_centers,
        listing=listings.CENTERS,
    ),
    "speakers": Query(
        title="Выступившие на мероприятии",
        describes="люди, чьи выступления внесены в итоги; ответы на вопросы не считаются",
        over="event",
        noun=NOUNS["speaker"],
        rows=_speakers,
        listing=listings.PEOPLE,
    ),
    "educators_named": _names_of(Category.EDUCATOR, "educator"),
    "educators_counted": _number_of(Category.EDUCATOR, "educator"),
    "pupils_counted": _number_of(Category.PUPIL, "pupil"),
    "teams_counted": _number_of(Category.TEAM, "team"),
    "parents_named": _names_of(Category.PARENT, "parent"),
    "parents_counted": _number_of(Category.PARENT, "parent"),
    "events_held": Query(
        title="Проведённые мероприятия",
        describes="мероприятия всех видов, проведённые за период",
        over="period",
        noun=NOUNS["event"],
        rows=_held(),
        listing=listings.EVENTS,
        listed=_listed(),
    ),
    "webinars_held": Query(
        title="Проведённые вебинары",
        describes="вебинары, проведённые за период",
        over="period",
        noun=NOUNS["webinar"],
        rows=_held([EventKind.WEBINAR]),
        listing=listings.EVENTS,
        listed=_listed(EventKind.WEBINAR),
        part_of="events_held",
    ),
    "seminars_held": Query(
        title="Проведённые семинары",
        describes="научно-методические и панорамные семинары, проведённые за период",
        over="period",
        noun=NOUNS["seminar"],
        rows=_held(SEMINARS),
        listing=listings.EVENTS,
        listed=listings.of_period(
            "events:event-list", status=EventStatus.HELD.value, kind=[kind.value for kind in SEMINARS]
        ),
        part_of="events_held",
    ),
    "open_events_held": Query(
        title="Открытые образовательные события",
        describes="открытые образовательные события, проведённые за период",
        over="period",
        noun=NOUNS["open_event"],
        rows=_held([EventKind.OPEN_EVENT]),
        listing=listings.EVENTS,
        listed=_listed(EventKind.OPEN_EVENT),
        part_of="events_held",
    ),
    "people_at_events": Query(
        title="Участники мероприятий: люди",
        describes="люди, отмеченные хотя бы на одном мероприятии за период",
        over="period",
        noun=NOUNS["participant"],
        rows=_people,
        listing=listings.PEOPLE,
    ),
    "participations": Query(
        title="Участия в мероприятиях",
        describes="отметки об участии во всех мероприятиях за период",
        over="period",
        sums_counts=True,
        noun=NOUNS["participation"],
        rows=_participations,
        dated_by="event__starts_at",
        narrowed={
            "event": Narrow("event"),
            "center": Narrow("center"),
            "municipality": Narrow("center__organization__municipality__code"),
        },
        listing=listings.PARTICIPATIONS,
    ),
    "centers_at_events": Query(
        title="РВЦИ, участвовавшие в мероприятиях",
        describes="РВЦИ, от которых за период кто-нибудь был хотя бы на одном мероприятии",
        over="period",
        noun=NOUNS["center"],
        rows=_centers,
        listing=listings.CENTERS,
    ),
}
