"""The text of a letter «О проведении …», made from the event: what, when, why, where, and its programme."""

import datetime

from django.utils import timezone

from centers.models import CalendarYear
from events import kinds
from events.models import Event
from events.models.event import EventForm
from events.programme import items
from rcro_portal.lib import russian
from rcro_portal.lib.quotes import quoted

FORMS = {EventForm.ONLINE: "онлайн", EventForm.ON_SITE: "очно", EventForm.MIXED: "очно и онлайн"}
BY_LINK = "Подключение – по ссылке: после заявки она видна на странице мероприятия в портале."
HEAD = "Время | Тема | Выступающий"


def subject_line(event: Event) -> str:
    return f"О проведении {kinds.named(event, kinds.words(event.kind).genitive)}"


def body(event: Event, institution: str) -> str:
    """Paragraphs by line, the programme as rows of a table; its author goes on from there."""
    words = kinds.words(event.kind)
    return "\n".join(
        filter(
            None,
            [
                _invitation(event, institution),
                _place(event),
                f"Просим обеспечить участие координаторов РВЦИ в {words.prepositional} "
                f"и заявить его в портале сети до {russian.long_date(_day_before(event))}",
                f"Программа {words.genitive}:",
                HEAD,
                *_programme(event),
            ],
        )
    )


def _invitation(event: Event, institution: str) -> str:
    words = kinds.words(event.kind)
    by_plan = (
        f" В соответствии с планом-графиком реализации регионального проекта {quoted(event.schedule.project_title)} "
        f"на {event.schedule.year} год"
        if event.schedule
        else ""
    )
    organiser = _when(event) if kinds.is_of_others(event) else f"{event.department.name} {institution} {_when(event)}"
    start = f"{by_plan.strip()} {organiser}" if by_plan else russian.upper_first(organiser)
    purpose = event.purpose.strip().rstrip(".")
    will_be = kinds.named(event, f"состоится {words.nominative}")
    what = will_be if kinds.is_of_others(event) else f"проводит {words.accusative}"
    return f"{start} {what} {quoted(event.topic)} с целью {purpose}."


def _when(event: Event) -> str:
    """«18 сентября 2020 г. в 15:00», «со 2 по 8 марта 2026 г.»."""
    if event.first_day != event.last_day:
        return event.days_in_words
    return f"{event.days_in_words} в {timezone.localtime(event.starts_at):%H:%M}"


def _place(event: Event) -> str:
    form = f"Форма проведения – {FORMS[EventForm(event.form)]}."
    if not event.place:
        return f"{form} {BY_LINK}" if event.link else form
    name = "Подключение" if event.form == EventForm.ONLINE else "Место проведения"
    return f"{form} {name}: {event.place.rstrip('.')}."


def _programme(event: Event) -> list[str]:
    """Rows of the table; of an event without a programme the event itself."""
    rows = [f"{one.hour or '–'} | {_cell(one.title)} | {_cell(one.who) or '–'}" for one in items.shown(event)]
    return rows or [f"{_hours(event)} | {event.topic} | {event.department.name}"]


def _cell(words: str) -> str:
    """What parts the cells of a row stands in none."""
    return words.replace("|", "/")


def _day_before(event: Event) -> datetime.date:
    """Whoever takes part says so on a working day before it begins."""
    return CalendarYear.objects.calendar().working_day_before(event.first_day)


def _hours(event: Event) -> str:
    """«15:00–16:30», by the clocks of Tomsk; of several days, the days."""
    if event.first_day != event.last_day:
        return event.days
    start = f"{timezone.localtime(event.starts_at):%H:%M}"
    return f"{start}–{timezone.localtime(event.ends_at):%H:%M}" if event.ends_at else start
