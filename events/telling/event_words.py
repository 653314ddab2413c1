"""The words of messages about events, said when they are sent: as the event is then."""

import datetime
from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from centers.models import Person
from events import kinds
from events.models import Attendance, Event
from events.models.attendance import Presence
from events.models.event import EventStatus
from events.telling import invitations, lecturing
from events.telling.words import Told, moment_of
from rcro_portal.lib import russian
from rcro_portal.lib.notices import planning
from rcro_portal.lib.notices.reasons import Body, Line
from rcro_portal.lib.notices.sending import NoLongerSo
from rcro_portal.lib.quotes import quoted
from rcro_portal.lib.russian import upper_first

# What a change is called; the day and the hour are one thing to whoever comes.
NAMES = {"starts_at": "время", "ends_at": "время", "form": "форма", "place": "место", "link": "ссылка"}
CALLED_OFF = "Мероприятие отменено."
WITHDRAWN, UNMARKED = "Участие уже отменено.", "Отметка об участии снята."
AFTER = "Открыть страницу мероприятия"
COMING = {Presence.REGISTERED, Presence.WAITING}
PARTS = 20


def told(words: Callable[[Event, Any], Told], *, takes_part: bool | None = None) -> dict[str, Any]:
    """Line and body of a reason; ``takes_part`` says what goes into the reader's calendar, None: nothing."""

    def made(notice: Any) -> tuple[Event, Told]:
        event = Event.objects.select_related("department", "calendar_entry").get(pk=planning.pk_in(notice.about))
        return event, words(event, notice)

    def line(notice: Any) -> Line:
        return made(notice)[1].line()

    def body(notice: Any) -> Body:
        event, said = made(notice)
        laid_out = said.body(notice)
        if takes_part is None or not _fits(event, notice, takes_part=takes_part):
            return laid_out
        name = notice.user.person.surname_first if notice.user else ""
        invitation = invitations.invitation(
            event, email=notice.email, name=name, takes_part=takes_part, at=moment_of(notice)
        )
        return laid_out._replace(invitation=invitation)

    return {"line": line, "body": body}


def announced(event: Event, notice: Any) -> Told:
    _refuse_over(event, notice)
    return Told(
        f"Приглашаем на {_accusative(event)} {quoted(event.topic)}: {event.when}.",
        *_where(event),
        f"Для кого: {event.audience}." if event.audience else "",
        _programme(event),
        f"Заявить участие можно до {russian.date_time(event.registration_ends_at)}.",
        path=_page(event),
        label="Заявить участие",
    )


def lectures(event: Event, notice: Any) -> Told:
    _refuse_over(event, notice)
    if not lecturing.is_at(event, notice.email):
        raise NoLongerSo("Преподаватель больше не назван.")
    first = f"Вы названы преподавателем: {event.what} {quoted(event.topic)}, {event.when}."
    return Told(first, *_where(event), *_link(event), path=_page(event))


def registered(event: Event, notice: Any) -> Told:
    _refuse_over(event, notice)
    if Presence.REGISTERED not in _presences(event, notice):
        raise NoLongerSo(WITHDRAWN)
    first = f"Участие заявлено: {event.what} {quoted(event.topic)}, {event.when}."
    calendar = "Запись для календаря – во вложении."
    return Told(first, _whose(notice), *_where(event), *_link(event), calendar, path=_page(event))


def moved_up(event: Event, notice: Any) -> Told:
    said = registered(event, notice)
    said.paragraphs = ["Освободилось место, и теперь вы участвуете.", *said.paragraphs]
    return said


def waits(event: Event, notice: Any) -> Told:
    _refuse_over(event, notice)
    if Presence.WAITING not in _presences(event, notice):
        raise NoLongerSo("Участник больше не в листе ожидания.")
    first = f"Мест на {_accusative(event)} {quoted(event.topic)} ({event.when}) пока нет, вы в листе ожидания."
    return Told(first, _whose(notice), "Если место освободится, портал напишет сразу.", path=_page(event))


def withdrawn(event: Event, notice: Any) -> Told:
    if event.status == EventStatus.CANCELLED:
        raise NoLongerSo(CALLED_OFF)
    if _presences(event, notice) & COMING:
        raise NoLongerSo("Участие снова заявлено.")
    first = f"Участие отменено: {event.what} {quoted(event.topic)}, {event.when}."
    return Told(first, _whose(notice), _why(event, notice), path=_page(event))


def changed(event: Event, notice: Any) -> Told:
    _refuse_over(event, notice)
    presences, lectures = _presences(event, notice), lecturing.is_at(event, notice.email)
    if not presences & COMING and not lectures:
        raise NoLongerSo(WITHDRAWN)
    what = ", ".join(dict.fromkeys(NAMES[name] for name in columns_in(notice.fact)))
    return Told(
        f"Изменилось ({what}): {event.what} {quoted(event.topic)}.",
        f"Теперь: {event.when}.",
        *_where(event),
        *(_link(event) if lectures or Presence.REGISTERED in presences else ()),
        path=_page(event),
    )


def cancelled(event: Event, notice: Any) -> Told:  # noqa: ARG001
    note = event.transitions.filter(after=EventStatus.CANCELLED).values_list("note", flat=True).first()
    first = f"{upper_first(event.what)} {quoted(event.topic)} ({event.when}) отменяется. Приносим извинения."
    return Told(first, f"Причина: {note}" if note else "", path=_page(event))


def reminder(event: Event, notice: Any) -> Told:
    _refuse_over(event, notice)
    if Presence.REGISTERED not in _presences(event, notice):
        raise NoLongerSo(WITHDRAWN)
    first = f"Напоминаем: {event.what} {quoted(event.topic)}, {event.when}."
    return Told(first, *_where(event), *_link(event), path=_page(event))


def thanks(event: Event, notice: Any) -> Told:
    if Presence.PRESENT not in _presences(event, notice):
        raise NoLongerSo(UNMARKED)
    rows = event.materials.open_to(office=False, comes=True).order_by("pk")
    titles = [quoted(row.title) for row in rows]
    materials = f"Материалы – на странице мероприятия: {', '.join(titles)}." if titles else ""
    later = "" if titles else "Материалы и запись, если они будут, появятся на странице мероприятия."
    first = f"Спасибо за участие: {event.what} {quoted(event.topic)}, {event.days_in_words}"
    return Told(russian.stopped(first), materials, later, path=_page(event), label=AFTER)


def materials(event: Event, notice: Any) -> Told:
    if Presence.PRESENT not in _presences(event, notice):
        raise NoLongerSo(UNMARKED)
    added = event.materials.added_on(datetime.date.fromisoformat(notice.fact))
    titles = [quoted(row.title) for row in added.order_by("pk")]
    if not titles:
        raise NoLongerSo("Материалы убраны.")
    first = f"Появились материалы: {event.what} {quoted(event.topic)}, {event.days_in_words}"
    where = f"На странице мероприятия: {', '.join(titles)}."
    return Told(russian.stopped(first), where, path=_page(event), label=AFTER)


def fact_of_change(at: datetime.datetime, names: Iterable[str]) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%S.%f} {','.join(name for name in NAMES if name in set(names))}"


def columns_in(fact: str) -> list[str]:
    """What such a fact says to be another."""
    return [name for name in fact.partition(" ")[2].split(",") if name in NAMES]


def fact_of_one(person: Person, at: datetime.datetime) -> str:
    """Colleagues may share an address: each is told of apart."""
    return f"{at.isoformat()} {person.pk}"


def _of_one(notice: Any) -> int | None:
    """Whom alone the message speaks of; None: of everybody at its address."""
    key = notice.fact.rpartition(" ")[2]
    return int(key) if key.isdecimal() else None


def _marks(event: Event, notice: Any) -> QuerySet[Attendance]:
    """Of whom the message speaks, as they are now."""
    if key := _of_one(notice):
        return event.attendances.filter(person=key)
    return _at_address(event, notice)


def _at_address(event: Event, notice: Any) -> QuerySet[Attendance]:
    theirs = Q(person__user__email=notice.email) | Q(person__user=None, person__email__iexact=notice.email)
    return event.attendances.filter(theirs)


def _presences(event: Event, notice: Any) -> set[str]:
    return set(_marks(event, notice).values_list("presence", flat=True))


def _fits(event: Event, notice: Any, *, takes_part: bool) -> bool:
    """Whether the entry belongs into the calendar at the address, where others may read it whose part stands."""
    coming = _at_address(event, notice).filter(presence=Presence.REGISTERED).exists()
    return coming if takes_part else not coming or event.status == EventStatus.CANCELLED


def _whose(notice: Any) -> str:
    """Whoever has no account is named: the mailbox may be the school's."""
    key = None if notice.user else _of_one(notice)
    person = Person.objects.filter(pk=key).first() if key else None
    return f"Участник: {person.full_name}." if person else ""


def _why(event: Event, notice: Any) -> str:
    """What was said of the last change of the reader's mark."""
    row = _marks(event, notice).order_by("pk").first()
    last = row and event.attendance_changes.filter(record=row.pk).order_by("-at", "-pk").first()
    return f"Причина: {last.why}" if last and last.why else ""


def _refuse_over(event: Event, notice: Any) -> None:
    if event.status == EventStatus.CANCELLED:
        raise NoLongerSo(CALLED_OFF)
    if event.starts_at <= moment_of(notice):
        raise NoLongerSo("Мероприятие уже началось.")


def _accusative(event: Event) -> str:
    return kinds.named(event, kinds.words(event.kind).accusative)


def _where(event: Event) -> list[str]:
    form = upper_first(event.get_form_display())
    return [f"{form}, место: {event.place}." if event.place else f"{form}."]


def _link(event: Event) -> list[str]:
    return [f"Подключиться: {event.link}"] if event.link else []


def _programme(event: Event) -> str:
    parts = event.programme.order_by("day", "starts_at", "position", "pk")[:PARTS]
    said = "; ".join(" – ".join(filter(None, (part.hour, part.title))) for part in parts)
    return f"В программе: {said}." if said else ""


def _page(event: Event) -> str:
    return reverse("reports:event-page", args=[event.pk])
