"""The text of a letter «О проведении …», made from the event: what, when, why, where, and its programme."""

import datetime

from django.utils import timezone

from events import kinds
from events.models import Event
from events.models.event import EventForm
from rcro_portal import russian

FORMS = {EventForm.ONLINE: "онлайн", EventForm.ON_SITE: "очно", EventForm.MIXED: "очно и онлайн"}
HEAD = "Время | Тема | Выступающий"


def subject_line(event: Event) -> str:
    return f"О проведении {kinds.words(event.kind).genitive}"


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
                f"{_hours(event)} | {event.topic} | {event.department.name}",
            ],
        )
    )


def _invitation(event: Event, institution: str) -> str:
    local = timezone.localtime(event.starts_at)
    by_plan = (
        f" В соответствии с планом-графиком реализации регионального проекта «{event.schedule.project_title}» "
        f"на {event.schedule.year} год"
        if event.schedule
        else ""
    )
    organiser = f"{event.department.name} {institution} {russian.long_date(local.date())} в {local:%H:%M}"
    start = f"{by_plan.strip()} {organiser}" if by_plan else russian.upper_first(organiser)
    purpose = event.purpose.strip().rstrip(".")
    return f"{start} проводит {kinds.words(event.kind).accusative} «{event.topic}» с целью {purpose}."


def _place(event: Event) -> str:
    form = f"Форма проведения – {FORMS[EventForm(event.form)]}."
    if not event.place:
        return form
    name = "Подключение" if event.form == EventForm.ONLINE else "Место проведения"
    return f"{form} {name}: {event.place.rstrip('.')}."


def _day_before(event: Event) -> datetime.date:
    return timezone.localtime(event.starts_at).date() - datetime.timedelta(days=1)


def _hours(event: Event) -> str:
    """«15:00–16:30», by the clocks of Tomsk."""
    start = f"{timezone.localtime(event.starts_at):%H:%M}"
    return f"{start}–{timezone.localtime(event.ends_at):%H:%M}" if event.ends_at else start
