"""People mark themselves: a code is opened for an event, shown, made anew or closed; whoever has it was there."""

import datetime
import secrets
from typing import Any

from django.db import IntegrityError, transaction

from centers.models import Center, Person, User
from events import attendance, attendance_log
from events.models import CheckInCode, Event
from rcro_portal.lib.refusals import Refusal

TRIES = 20


class WrongCode(Refusal):
    words = "Такого кода сейчас нет: проверьте цифры. Код мог быть закрыт или заменён – спросите у ведущего."


class CountedAlready(Refusal):
    words = "Итоги мероприятия уже направлены в письме: отметиться самим больше нельзя. Напишите методисту."


def living(event: Event) -> CheckInCode | None:
    return event.codes.living().select_related("opened_by").first()


@transaction.atomic
def open_anew(*, event: Event, by: User, at: datetime.datetime) -> CheckInCode:
    """A code that nobody knows yet; the one before it is closed. Raises NotHeldYet, CountedAlready."""
    attendance.refuse_early(event, at)
    if attendance_log.is_filed(event):
        raise CountedAlready
    close(event=event, by=by, at=at)
    for _ in range(TRIES):
        code = f"{secrets.randbelow(1_000_000):06}"
        try:
            with transaction.atomic():
                return CheckInCode.objects.create(event=event, code=code, opened_by=by, opened_at=at)
        except IntegrityError:
            continue
    raise Refusal


def close(*, event: Event, by: User, at: datetime.datetime) -> bool:
    """Whether there was one to close."""
    return bool(event.codes.living().update(closed_by=by, closed_at=at))


def event_of(code: str) -> CheckInCode:
    """The living code with its event. Raises WrongCode, CountedAlready."""
    figures = "".join(letter for letter in code if letter.isdecimal())
    found = CheckInCode.objects.living().filter(code=figures).select_related("event", "opened_by").first()
    if found is None:
        raise WrongCode
    if attendance_log.is_filed(found.event):
        raise CountedAlready
    return found


@transaction.atomic
def check_in(*, code: CheckInCode, center: Center, person: Person, by: User, at: datetime.datetime) -> None:
    """The coordinator of the centre, or somebody who came instead; the history says by which code.

    Raises NotHeldYet, WrongCode where the code was closed meanwhile, CameThemselves.
    """
    if not CheckInCode.objects.living().select_for_update(of=("self",)).filter(pk=code.pk).exists():
        raise WrongCode
    said: dict[str, Any] = {
        "event": code.event,
        "center": center,
        "by": by,
        "at": at,
        "why": f"Отметка по коду {code.shown}",
    }
    if person.pk and person == attendance.coordinators(code.event).get(center):
        attendance.mark(person=person, **said)
    else:
        attendance.mark_representative(person=person, **said)
