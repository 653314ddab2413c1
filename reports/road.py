"""One event, five steps, one next step: where it stands on the road from plan to fulfilment."""

import datetime
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils import timezone

from centers.models import User
from events import permissions as event_permissions
from events.models import Commitment, Event
from events.models.commitment import CommitmentStatus
from events.models.event import EventStatus
from rcro_portal import russian
from reports import desk, reasons
from reports.models import Letter
from reports.models.letter import LetterStatus


class Road(NamedTuple):
    """What the page of an event shows of its way: the bar's steps and the next step, if this person has any."""

    steps: list[dict[str, Any]]
    next_step: dict[str, Any] | None


def of(event: Event, user: User, now: datetime.datetime) -> Road:
    outcome = getattr(event, "outcome", None)
    related = ("entry", "department", "snapshot", "authority", "prepared_by", "filed_by", "outcome")
    letter = outcome.letters.living().select_related(*related).first() if outcome else None
    present = event.attendances.present().count()
    done = _fulfilment(event)
    return Road(
        _steps(event, letter, present, done, event_permissions.is_office(user)),
        _next(event, letter, user, now, bool(present)),
    )


def _fulfilment(event: Event) -> tuple[int, int]:
    """Accepted and all commitments of the event."""
    rows = Commitment.objects.filter(decision__outcome__event=event)
    return rows.filter(status=CommitmentStatus.ACCEPTED).count(), rows.count()


def _steps(
    event: Event, letter: Letter | None, present: int, done: tuple[int, int], is_office: bool
) -> list[dict[str, Any]]:
    outcome = getattr(event, "outcome", None)
    sent = letter is not None and letter.status == LetterStatus.SENT
    # What is not sent yet is the institution's own: a coordinator learns of it with the letter.
    filed = sent or (is_office and letter is not None and letter.status != LetterStatus.DRAFT)
    flags = [
        event.status != EventStatus.DRAFT,
        present > 0,
        filed,
        sent,
        sent and done[0] == done[1],
    ]
    notes = [
        event.get_status_display(),
        russian.agree(present, "участник", "участника", "участников") if present else "",
        "направлены" if filed else "черновик" if outcome else "",
        letter.get_status_display() if letter else "",
        f"принято {done[0]} из {done[1]}" if done[1] else "",
    ]
    urls = [
        "",
        reverse("events:attendance-edit", args=[event.pk]) if event.starts_at <= timezone.now() else "",
        reverse("events:outcome-edit", args=[outcome.pk]) if outcome and not filed else "",
        reverse("reports:letter-detail", args=[letter.pk]) if letter else "",
        f"{reverse('reports:event-page', args=[event.pk])}#fulfilment" if done[1] else "",
    ]
    current = flags.index(False) if False in flags else len(flags)
    names = ["План", "Участники", "Итоги", "Письмо", "Исполнение"]
    return [
        {
            "name": name,
            "state": "done" if flags[place] else "current" if place == current else "todo",
            "note": notes[place] if is_office or place < 1 else "",
            "url": urls[place] if is_office else "",
        }
        for place, name in enumerate(names)
    ]


def _next(
    event: Event, letter: Letter | None, user: User, now: datetime.datetime, marked: bool
) -> dict[str, Any] | None:
    day = timezone.localdate(now)
    if event.status == EventStatus.CANCELLED:
        return {"title": "Мероприятие отменено", "caption": "Отменено", "text": _why_cancelled(event)}
    if event.status == EventStatus.DRAFT:
        return _announce(event, user, day)
    if event.status == EventStatus.ANNOUNCED and event.starts_at > now:
        return _wait(event, user, day)
    if not event_permissions.is_office(user):
        return None
    if event.status == EventStatus.ANNOUNCED or not marked:
        return _mark(event, user, day)
    if letter is None:
        return _write(event, user, day)
    return _read(letter, user, now)


def _why_cancelled(event: Event) -> str:
    step = event.steps.filter(after=EventStatus.CANCELLED).first()
    return step.note if step else ""


def _announce(event: Event, user: User, day: datetime.date) -> dict[str, Any]:
    return {
        "title": "Объявить мероприятие",
        "text": "Черновик видят только сотрудники. После объявления его увидят координаторы центров.",
        "label": "Объявить",
        "url": reverse("events:event-announce", args=[event.pk]),
        "method": "post",
        "reason": _whose(event, user, day, "Объявляет методист или начальник отдела"),
    }


def _wait(event: Event, user: User, day: datetime.date) -> dict[str, Any]:
    when = russian.date_time(event.starts_at)
    if event_permissions.is_office(user) or not event_permissions.may_register(user, day):
        return {"title": f"Мероприятие состоится {when}", "text": "После начала здесь можно будет отметить участников."}
    if event.attendances.filter(person=user.person_id).exists():
        return {"title": f"Вы заявлены. Ждём вас {when}", "text": event.place, "caption": "Участие"}
    return {
        "title": f"Мероприятие состоится {when}",
        "text": event.place,
        "label": "Заявить участие",
        "url": reverse("events:event-register", args=[event.pk]),
        "method": "post",
    }


def _mark(event: Event, user: User, day: datetime.date) -> dict[str, Any]:
    return {
        "title": "Отметить участников",
        "text": "Письмо назовёт, сколько координаторов участвовало: портал посчитает их по отметкам.",
        "label": "Отметить участников",
        "url": reverse("events:attendance-edit", args=[event.pk]),
        "reason": _whose(event, user, day, "Участников отмечает методист"),
    }


def _write(event: Event, user: User, day: datetime.date) -> dict[str, Any]:
    begun = hasattr(event, "outcome")
    return {
        "title": "Закончить и направить итоги" if begun else "Внести итоги",
        "text": "Выступления, показатели и решение станут письмом: его страницы видны рядом, пока вы пишете.",
        "label": "Открыть итоги" if begun else "Внести итоги",
        "url": reverse("events:outcome-begin", args=[event.pk]),
        "method": "post",
        "reason": _whose(event, user, day, "Итоги вносит методист"),
    }


def _whose(event: Event, user: User, day: datetime.date, words: str) -> str:
    """Why the step is not this person's, with the department and the names of those whose it is."""
    if event_permissions.may_plan(user):
        return ""
    return f"{words}: {event.department.name}{reasons.planners(event.department, day)}."


def _read(letter: Letter, user: User, now: datetime.datetime) -> dict[str, Any]:
    if letter.status == LetterStatus.SENT:
        return {
            "title": f"Письмо № {letter.entry.number} отправлено центрам",
            "text": "Центры отвечают на решение. Ответы ждут проверки ниже.",
            "done": True,
            "other_url": reverse("reports:letter-detail", args=[letter.pk]),
            "other_label": "Открыть письмо",
        }
    return {
        "title": f"Письмо: {letter.get_status_display().lower()}",
        "text": desk.of(letter, user, now).waits or letter.subject_line,
        "label": "Открыть письмо",
        "url": reverse("reports:letter-detail", args=[letter.pk]),
    }
