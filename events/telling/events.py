"""What people are told of events: announced, taken part in, changed, called off; reminders before, thanks after."""

import datetime
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.db.models import Q
from django.utils import timezone

from centers.models import CalendarYear, Center, Organization, Person
from events.models import Attendance, Event
from events.models.attendance import Presence
from events.models.event import EventStatus
from events.telling import event_words as words
from events.telling import lecturing, terms, whom
from rcro_portal.lib.notices import following, planning, quiet_hours, tables
from rcro_portal.lib.notices.following import Wanted
from rcro_portal.lib.notices.messages import LEFT
from rcro_portal.lib.notices.reasons import Reason
from rcro_portal.lib.quotes import quoted
from rcro_portal.lib.working_days import Calendar

THANKED_WITHIN = datetime.timedelta(days=14)
# Marked in the evening, looked at after midnight: thanked the same morning.
HOURS_OF_NIGHT = datetime.timedelta(hours=quiet_hours.MORNING)
SAID_ANEW = "Пока письмо ждало отправки, об этом стало известно новое."


def announce(event: Event, *, at: datetime.datetime) -> None:
    """Whoever coordinates today a centre that has the status on the day of the event, once; and its lecturers."""
    centers = Center.objects.with_status_on(event.first_day)
    organizations = Organization.objects.filter(center__in=centers).values_list("pk", flat=True)
    found = whom.coordinators(timezone.localdate(at), organizations=organizations)
    everybody = dict.fromkeys(one for several in found.values() for one in several)
    following.tell(reason=ANNOUNCED, wanted=_each(event, everybody, "", f"Приглашаем: {event_title(event)}", at), at=at)
    tell_lecturers(event, lecturing.addresses(event), at=at)


def tell_lecturers(event: Event, found: Iterable[whom.Addressee], *, at: datetime.datetime) -> None:
    """Of an announced event that is to come: that they are named there, each once."""
    if event.status == EventStatus.ANNOUNCED and event.starts_at > at:
        wanted = _each(event, found, "", f"Вы преподаёте: {event_title(event)}", at)
        following.tell(reason=LECTURES, wanted=wanted, at=at)


def tell_of_change(event: Event, names: Iterable[str], *, at: datetime.datetime) -> None:
    """Whoever comes, waits or teaches; ``names``: columns that are others now. Two changes before the mail are one."""
    waiting = planning.planned(reason=CHANGED, about=event)
    before = [name for fact in waiting.values_list("fact", flat=True) for name in words.columns_in(fact)]
    planning.take_back(reason=CHANGED, about=event, because=SAID_ANEW, at=at)
    fact = words.fact_of_change(at, {*before, *names})
    found = dict.fromkeys(one for row in comers(event) if (one := whom.address(row.person)))
    found |= dict.fromkeys(lecturing.addresses(event))
    following.tell(reason=CHANGED, wanted=_each(event, found, fact, f"Изменения: {event_title(event)}", at), at=at)


def leave_off(event: Event, *, because: str, at: datetime.datetime) -> None:
    """What waits and speaks of an event to come is said no more."""
    waiting = planning.planned(about=event).filter(reason__in=[one.key for one in BEFORE])
    waiting.update(status=planning.TAKEN_BACK, taken_back_at=at, error=because)


def tell_of_materials(event: Event, *, at: datetime.datetime) -> None:
    """Whoever was there and is thanked already; one message for all that is added in a day.

    Of whom the thanks are still to come, they are told by those.
    """
    thanked = tables.notices().standing().filter(reason=THANKS.key, about=planning.name_of(event))
    emails = set(thanked.exclude(pk__in=thanked.planned()).values_list("email", flat=True))
    day = timezone.localdate(at)
    if not emails or not event.materials.added_on(day).exists():
        return
    moment = terms.morning(CalendarYear.objects.calendar().next_working_day(day))
    rows = Attendance.objects.present().filter(event=event).select_related("person__user").order_by("pk")
    found = dict.fromkeys(one for row in rows if (one := whom.address(row.person)) and one.email in emails)
    subject = f"Новые материалы: {event_title(event)}"
    following.tell(reason=MATERIALS, wanted=_each(event, found, day.isoformat(), subject, moment), at=at)


def call_off(event: Event, *, at: datetime.datetime) -> None:
    """Nothing more is said of it but this, to whoever comes or was written to of it."""
    planning.take_back(about=event, because="Мероприятие отменено.", at=at)
    rows = tables.notices().filter(about=planning.name_of(event), status__in=LEFT).select_related("user__person")
    found = dict.fromkeys(whom.Addressee(row.email, row.user) for row in rows)
    found |= dict.fromkeys(one for row in comers(event) if (one := whom.address(row.person)))
    following.tell(reason=CANCELLED, wanted=_each(event, found, "", f"Отменено: {event_title(event)}", at), at=at)


def tell_one(
    reason: Reason, row: Attendance, *, subject: str, at: datetime.datetime, former: Person | None = None
) -> None:
    """What has become of somebody's part; what was planned to be said of it before is said no more.

    ``former``: whose the row was, and who is told instead.
    """
    person = former or row.person
    one = whom.address(person)
    if one is None:
        return
    mine = tables.notices().planned().filter(about=planning.name_of(row.event), email=one.email)
    mine.filter(fact__endswith=f" {person.pk}").filter(reason__in=[each.key for each in OF_ONE]).update(
        status=planning.TAKEN_BACK, taken_back_at=at, error=SAID_ANEW
    )
    fact = words.fact_of_one(person, at)
    wanted = [Wanted(row.event, fact, "", one.email, one.user, f"{subject}: {event_title(row.event)}", at)]
    following.tell(reason=reason, wanted=wanted, at=at)


def follow(events: Collection[Event], *, because: str, at: datetime.datetime) -> None:
    """Reminders before these and thanks after them become what the facts say; queries do not grow with the events."""
    rows = list(events)
    calendar = CalendarYear.objects.calendar()
    people = Attendance.objects.filter(event__in=rows).select_related("person__user")
    marks: dict[int, list[Attendance]] = {}
    for mark in people.order_by("pk"):
        marks.setdefault(mark.event_id, []).append(mark)
    reminders: list[Wanted] = []
    thanks: list[Wanted] = []
    for event in rows:
        reminders += _reminders(event, marks.get(event.pk, ()), calendar, at)
        thanks += _thanks(event, marks.get(event.pk, ()), calendar, at)
    following.follow(reason=REMINDER, about=rows, wanted=reminders, because=because, at=at)
    following.follow(reason=THANKS, about=rows, wanted=thanks, because=because, at=at)


def _reminders(
    event: Event, marks: Iterable[Attendance], calendar: Calendar, at: datetime.datetime
) -> Iterator[Wanted]:
    """On the last working day before it; of an event on a Monday, on Friday."""
    if event.status != EventStatus.ANNOUNCED or event.starts_at <= at:
        return
    moment = terms.morning(calendar.working_day_before(event.first_day))
    for mark in marks:
        if mark.presence == Presence.REGISTERED and (one := whom.address(mark.person)):
            term = event.starts_at.isoformat()
            yield Wanted(event, "before", term, one.email, one.user, f"Напоминание: {event_title(event)}", moment)


def _thanks(event: Event, marks: Iterable[Attendance], calendar: Calendar, at: datetime.datetime) -> Iterator[Wanted]:
    """On the working day after it, or after they were marked, where a list of a platform came later."""
    if event.status != EventStatus.HELD or timezone.localdate(at) > event.last_day + THANKED_WITHIN:
        return
    moment = terms.morning(calendar.next_working_day(event.last_day))
    if moment <= at:
        moment = terms.morning(calendar.next_working_day(timezone.localdate(at - HOURS_OF_NIGHT)))
    for mark in marks:
        if mark.presence == Presence.PRESENT and (one := whom.address(mark.person)):
            yield Wanted(event, "after", "", one.email, one.user, f"Спасибо за участие: {event_title(event)}", moment)


def _each(
    event: Event, people: Iterable[whom.Addressee], fact: str, subject: str, at: datetime.datetime
) -> list[Wanted]:
    return [Wanted(event, fact, "", one.email, one.user, subject, at) for one in people]


def comers(event: Event) -> Any:
    """Who is to come or waits for a seat."""
    coming = Q(presence__in=[Presence.REGISTERED, Presence.WAITING])
    return event.attendances.filter(coming).select_related("person__user").order_by("pk")


def event_title(event: Event) -> str:
    """«вебинар «О наставничестве», 18.09.2026»: for subjects."""
    return f"{event.what} {quoted(event.topic)}, {event.days}"


COMER = "Тому, кто заявлен"
ANNOUNCED = Reason(
    key="event_announced",
    words="Объявлено мероприятие",
    whom="Координаторам центров, у которых в день мероприятия есть статус",
    by_choice=True,
    **words.told(words.announced),
)
LECTURES = Reason(
    key="event_lectures",
    words="Преподаватель назван в объявленной смене",
    whom="Преподавателям смены, чей адрес известен, когда её объявили или когда их назвали",
    **words.told(words.lectures),
)
REGISTERED = Reason(
    key="event_registered", words="Участие заявлено", whom=COMER, **words.told(words.registered, takes_part=True)
)
WAITS = Reason(
    key="event_waits", words="Мест нет: лист ожидания", whom="Тому, кто ждёт места", **words.told(words.waits)
)
MOVED_UP = Reason(
    key="event_moved_up",
    words="Освободилось место",
    whom="Тому, кто ждал места и теперь участвует",
    **words.told(words.moved_up, takes_part=True),
)
WITHDRAWN = Reason(
    key="event_withdrawn",
    words="Участие отменено",
    whom="Тому, кто был заявлен",
    **words.told(words.withdrawn, takes_part=False),
)
CHANGED = Reason(
    key="event_changed",
    words="У мероприятия другое время, место, форма или ссылка",
    whom="Тем, кто заявлен, ждёт места или преподаёт",
    **words.told(words.changed, takes_part=True),
)
CANCELLED = Reason(
    key="event_cancelled",
    words="Мероприятие отменено",
    whom="Тем, кто заявлен, и всем, кому о нём уже написали",
    **words.told(words.cancelled, takes_part=False),
)
REMINDER = Reason(
    key="event_reminder",
    words="Завтра или после выходных мероприятие",
    whom="Тем, кто заявлен, в последний рабочий день перед ним",
    in_digest=True,
    by_choice=True,
    may_stop=True,
    **words.told(words.reminder),
)
THANKS = Reason(
    key="event_thanks",
    words="Спасибо за участие, материалы и запись",
    whom="Тем, кто отмечен, в первый рабочий день после мероприятия",
    by_choice=True,
    may_stop=True,
    **words.told(words.thanks),
)
MATERIALS = Reason(
    key="event_materials",
    words="После благодарности появились материалы или запись",
    whom="Тем, кто отмечен и уже получил благодарность, на следующий рабочий день, раз за день",
    in_digest=True,
    by_choice=True,
    may_stop=True,
    **words.told(words.materials),
)
OF_ONE = (REGISTERED, WAITS, MOVED_UP, WITHDRAWN)
BEFORE = (ANNOUNCED, LECTURES, REGISTERED, WAITS, MOVED_UP, CHANGED)
REASONS = (ANNOUNCED, LECTURES, *OF_ONE, CHANGED, CANCELLED, REMINDER, THANKS, MATERIALS)
