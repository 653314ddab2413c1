"""People mark themselves: a code is opened for an event, shown, made anew or closed; whoever has it was there."""

import datetime
import secrets
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction

from centers.models import Center, Person, User
from centers.people import namesakes
from events.attendance import attendance
from events.attendance import log as attendance_log
from events.models import CheckInCode, Event
from rcro_portal.lib.refusals import Refusal

TRIES = 20


class WrongCode(Refusal):
    words = "Такого кода сейчас нет: проверьте цифры. Код мог быть закрыт или заменён – спросите у ведущего."


class CountedAlready(Refusal):
    words = "Итоги мероприятия уже направлены в письме: отметиться самим больше нельзя. Напишите методисту."


class OfAnotherCenter(Refusal):
    words = (
        "Отметить можно того, кто приехал от вашего РВЦИ. Этот человек координирует другой или уже отмечен за другой "
        "РВЦИ либо в другом качестве. Если это ошибка, напишите методисту."
    )


class NoStatusThen(Refusal):
    words = "В день мероприятия у вашей организации не было статуса РВЦИ. Если это ошибка, напишите методисту."


REFUSALS = (
    *(WrongCode, CountedAlready, OfAnotherCenter, NoStatusThen),
    *(attendance.CameThemselves, attendance.NotHeldYet),
)


def living(event: Event) -> CheckInCode | None:
    return event.codes.living().select_related("opened_by").first()


@transaction.atomic
def open_anew(*, event: Event, by: User, at: datetime.datetime, instead_of: str = "") -> CheckInCode:
    """A code that nobody knows yet; the one before it is closed. Raises NotHeldYet, CountedAlready.

    ``instead_of`` is the key of the living code that its reader saw: where another lives by now, a form was sent twice,
    and that one is the answer.
    """
    attendance.refuse_early(event, at)
    if attendance_log.is_filed(event):
        raise CountedAlready
    if (there := living(event)) and str(there.pk) != instead_of:
        return there
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

    Raises NotHeldYet, WrongCode where the code was closed meanwhile, CountedAlready, CameThemselves, NoStatusThen, and
    OfAnotherCenter: nobody is taken from those for whom they came.
    """
    if not CheckInCode.objects.living().select_for_update(of=("self",)).filter(pk=code.pk).exists():
        raise WrongCode
    if attendance_log.is_filed(code.event):
        raise CountedAlready
    said: dict[str, Any] = {
        "event": code.event,
        "center": center,
        "by": by,
        "at": at,
        "why": f"Отметка по коду {code.shown}",
    }
    coordinators = attendance.coordinators(code.event)
    if person.pk and person == coordinators.get(center):
        attendance.mark(person=person, **said)
        return
    if not attendance.centers(code.event).filter(pk=center.pk).exists():
        raise NoStatusThen
    person = namesakes.known_or_new(person)
    _refuse_of_others(code.event, center, person, coordinators)
    attendance.mark_representative(person=person, **said)


def _refuse_of_others(event: Event, center: Center, person: Person, coordinators: Mapping[Center, Person]) -> None:
    """Raises OfAnotherCenter."""
    own = {one for one, coordinator in coordinators.items() if coordinator == person}
    row = event.attendances.filter(person=person).first()
    if (own and center not in own) or (row and row.center_id != center.pk and (row.center_id or row.is_present)):
        raise OfAnotherCenter
