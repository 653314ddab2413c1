"""Progress of an event from plan to fulfilment: five steps, and one next step."""

import datetime
from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from events import permissions as event_permissions
from events.acts import EVENT, EventCase
from events.models import Commitment, Event
from events.models.attendance import Presence
from events.models.commitment import TO_DO, CommitmentStatus
from events.models.event import EventStatus
from events.models.outcome import OutcomeStatus
from rcro_portal.lib import russian
from reports.home.event_beside import Beside
from reports.letters import available_actions
from reports.models import Letter
from reports.models.letter import LetterStatus


class Fulfilment(NamedTuple):
    """How far the commitments of an event are; what a later letter withdrew is not counted.

    ``due_on`` is the nearest term of what is not accepted yet, ``asked``: something was asked at all.
    """

    accepted: int
    total: int
    in_review: int
    overdue: int
    due_on: datetime.date | None

    @property
    def is_done(self) -> bool:
        return self.accepted == self.total

    @property
    def words(self) -> str:
        """«принято 0 из 49, срок 7 декабря»; nothing where nothing was asked."""
        if not self.total:
            return ""
        return f"принято {self.accepted} из {self.total}" + (f", срок {_day(self.due_on)}" if self.due_on else "")


def _day(day: datetime.date) -> str:
    """«7 декабря», as in the letter; its year is the next line's matter."""
    return date_format(day, "j E")


class EventProgress(NamedTuple):
    """Progress as the page of an event shows it: the bar's steps and the next step, if this person has any."""

    steps: list[dict[str, Any]]
    next_step: dict[str, Any] | None


def track(beside: Beside) -> EventProgress:
    event, case, is_office = beside.event, beside.case, beside.is_office
    # While a replacement is on its way the sent letter is the event's, and the replacement is the next step.
    letter = beside.in_force or beside.under_way
    replacement = beside.under_way if beside.in_force else None
    present = sum(row.presence == Presence.PRESENT for row in event.attendances.all())
    done = _fulfilment(beside.commitments, case.day)
    return EventProgress(
        _steps(event, letter, present, done, is_office),
        _replacing(replacement, case)
        if replacement and is_office
        else _next(case, letter, present=bool(present), done=done),
    )


def _fulfilment(rows: Iterable[Commitment], day: datetime.date) -> Fulfilment:
    standing = [row for row in rows if row.status != CommitmentStatus.WITHDRAWN]
    counted = Counter(row.status for row in standing)
    return Fulfilment(
        accepted=counted[CommitmentStatus.ACCEPTED],
        total=len(standing),
        in_review=counted[CommitmentStatus.IN_REVIEW],
        overdue=sum(row.status in TO_DO and row.due_on < day for row in standing),
        due_on=min((row.due_on for row in standing if row.status != CommitmentStatus.ACCEPTED), default=None),
    )


def _steps(
    event: Event, letter: Letter | None, present: int, done: Fulfilment, is_office: bool
) -> list[dict[str, Any]]:
    outcome = getattr(event, "outcome", None)
    sent = letter is not None and letter.status == LetterStatus.SENT
    # What is not sent yet is the institution's own: a coordinator learns of it with the letter.
    filed = sent or (is_office and letter is not None and letter.status != LetterStatus.DRAFT)
    reopened = sent and outcome is not None and outcome.status == OutcomeStatus.DRAFT
    flags = [
        event.status != EventStatus.DRAFT,
        present > 0 or event.status == EventStatus.HELD,
        filed,
        sent,
        sent and done.is_done,
    ]
    notes = [
        event.get_status_display(),
        _came(event, present),
        "открыты для замены письма" if reopened else "направлены" if filed else "черновик" if outcome else "",
        letter.get_status_display() if letter else "",
        done.words,
    ]
    urls = [
        "",
        reverse("events:attendance-edit", args=[event.pk]) if event.starts_at <= timezone.now() else "",
        reverse("events:outcome-edit", args=[outcome.pk]) if outcome and (reopened or not filed) else "",
        reverse("reports:letter-detail", args=[letter.pk]) if letter else "",
        f"{reverse('reports:event-page', args=[event.pk])}#fulfilment" if done.total else "",
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


def _came(event: Event, present: int) -> str:
    if present:
        return russian.agree(present, "участник", "участника", "участников")
    return "координаторов не было" if event.status == EventStatus.HELD else ""


def _replacing(letter: Letter, case: EventCase) -> dict[str, Any]:
    """A letter that will replace the sent one: the next step, for those who know of it."""
    return {**_read(letter, case), "title": f"Письмо взамен: {letter.get_status_display().lower()}"}


def _next(case: EventCase, letter: Letter | None, *, present: bool, done: Fulfilment) -> dict[str, Any] | None:
    event = case.row
    if event.status == EventStatus.CANCELLED:
        return {"title": "Мероприятие отменено", "caption": "Отменено", "text": _why_cancelled(event)}
    if event.status == EventStatus.DRAFT:
        return _announce(case)
    if event.status == EventStatus.ANNOUNCED and event.starts_at > case.now:
        return _wait(case)
    if not event_permissions.is_office(case.user):
        return None
    if event.status == EventStatus.ANNOUNCED:
        return _mark(case)
    if letter is None:
        return _write(case, present)
    return _sent(event, letter, done) if letter.status == LetterStatus.SENT else _read(letter, case)


def _why_cancelled(event: Event) -> str:
    step = event.transitions.filter(after=EventStatus.CANCELLED).first()
    return step.note if step else ""


def _announce(case: EventCase) -> dict[str, Any]:
    return {
        "title": "Объявить мероприятие",
        "text": "Черновик видят только сотрудники. После объявления его увидят координаторы центров.",
        **_act("announce", case),
    }


def _wait(case: EventCase) -> dict[str, Any]:
    event, user = case.row, case.user
    when = event.when.removesuffix(".")
    register = EVENT.rule("register", case)
    if event_permissions.is_office(user) or not register.is_open:
        return {"title": f"Мероприятие состоится {when}", "text": "После начала здесь можно будет отметить участников."}
    own = next((row for row in event.attendances.all() if row.person_id == user.person_id), None)
    if own and own.is_waiting:
        text = "Мест пока нет. Освободится место – портал заявит вас сам."
        return {"title": f"Вы в листе ожидания. Мероприятие состоится {when}", "text": text, "caption": "Участие"}
    if own and own.presence == Presence.REGISTERED:
        return {"title": f"Вы заявлены. Ждём вас {when}", "text": event.place, "caption": "Участие"}
    return {"title": f"Мероприятие состоится {when}", "text": event.place, **_act("register", case)}


def _mark(case: EventCase) -> dict[str, Any]:
    return {
        "title": "Отметить участников",
        "text": "По отметкам портал посчитает участников для письма. Не было никого – скажите это там же.",
        **_act("mark", case),
        "url": reverse("events:attendance-edit", args=[case.row.pk]),
        "method": "get",
    }


def _write(case: EventCase, marked: bool) -> dict[str, Any]:
    """An event may have no participants: then the letter does not say who took part, and the ticks stay open."""
    begun, act = hasattr(case.row, "outcome"), _act("begin_outcome", case)
    return {
        "title": "Закончить и направить итоги" if begun else "Внести итоги",
        "text": "Выступления, показатели и решение станут письмом: его страницы видны рядом, пока вы пишете.",
        **act,
        "label": "Открыть итоги" if begun else act["label"],
        "other_url": "" if marked else reverse("events:attendance-edit", args=[case.row.pk]),
        "other_label": "Отметить участников",
    }


def _act(key: str, case: EventCase) -> dict[str, Any]:
    """The button of an act as the table has it, with the reason where it is refused."""
    ruling = EVENT.rule(key, case)
    url = reverse(ruling.act.url, args=[case.row.pk])
    return {"label": ruling.act.label, "url": url, "method": "post", "reason": ruling.why}


def _sent(event: Event, letter: Letter, done: Fulfilment) -> dict[str, Any]:
    """How far fulfilment is; done when everything that stands is accepted."""
    step: dict[str, Any] = {
        "other_url": reverse("reports:letter-detail", args=[letter.pk]),
        "other_label": f"Открыть письмо № {letter.entry.number}",
    }
    if done.is_done:
        title = f"Принято всё: {done.accepted} из {done.total}" if done.total else "Письмо ничего не поручало"
        return {**step, "title": title, "text": f"Письмо № {letter.entry.number} отправлено центрам.", "done": True}
    late = f"Просрочено: {done.overdue}. " if done.overdue else ""
    review = f"Ждут проверки: {done.in_review}." if done.in_review else "Ответы появятся ниже."
    return {
        **step,
        "caption": "Исполнение",
        "title": russian.upper_first(done.words),
        "text": f"Письмо № {letter.entry.number} отправлено центрам. {late}{review}",
        "label": "Смотреть исполнение",
        "url": f"{reverse('reports:event-page', args=[event.pk])}#fulfilment",
    }


def _read(letter: Letter, case: EventCase) -> dict[str, Any]:
    return {
        "title": f"Письмо: {letter.get_status_display().lower()}",
        "text": available_actions.waits_for(letter, case.user, case.now) or letter.subject_line,
        "label": "Открыть письмо",
        "url": reverse("reports:letter-detail", args=[letter.pk]),
    }
