"""The outcome: opened with what is usual, saved as it is written, locked while its letter is under way."""

import datetime
import re
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import F

from centers.models import User
from events import kinds
from events.models import Event, Outcome, OutcomeFigure, OutcomeStep
from events.models.event import EventStatus
from events.models.outcome import OutcomeStatus
from rcro_portal.refusals import Refusal, WrongStep
from rcro_portal.trail import move

# A figure in the text: its name in double square brackets.
TOKEN = re.compile(r"\[\[([^\[\]\n]{1,150})\]\]")
ADDRESSEE = "Руководителям и педагогам образовательных организаций\nТомской области"
SALUTATION = "Уважаемые коллеги!"


class EventNotHeld(Refusal):
    words = "Итоги вносят после мероприятия. Отметьте его проведённым."


class OutcomeLocked(Refusal):
    words = "Итоги направлены на согласование и закрыты для правки. Отзовите их, чтобы изменить."


class OutcomeChanged(Refusal):
    """Somebody else saved while this text was being written."""

    words = "Пока вы писали, текст изменили. Ваш вариант сохранён на этой странице: сравните и сохраните ещё раз."


def tokens_in(*texts: str) -> Iterator[str]:
    """The names of the figures that the texts quote, in order."""
    for text in texts:
        yield from (name.strip() for name in TOKEN.findall(text))


def begin(*, event: Event, by: User, at: datetime.datetime) -> Outcome:
    """The outcome of a held event, made at the first call. Raises EventNotHeld."""
    if event.status != EventStatus.HELD:
        raise EventNotHeld
    outcome, _ = Outcome.objects.get_or_create(
        event=event,
        defaults={
            "prepared_by": by.person,
            "subject_line": f"Об итогах проведения {kinds.words(event.kind).genitive}",
            "addressee": ADDRESSEE,
            "salutation": SALUTATION,
            "edited_by": by,
            "edited_at": at,
        },
    )
    return outcome


def save(*, outcome: Outcome, by: User, at: datetime.datetime, **page: Any) -> None:
    """Save the whole editor (``page``: what ``Editor.cleaned`` gives), if the outcome is a draft and still the version
    that the writer had before their eyes.

    Whoever comes second gets OutcomeChanged and nothing is written; a filed outcome refuses with OutcomeLocked.
    """
    _write(outcome, OutcomeStatus.DRAFT, OutcomeLocked, by=by, at=at, **page)


def revise(*, outcome: Outcome, by: User, at: datetime.datetime, **page: Any) -> None:
    """The head's own hand in a filed outcome; call it in the transaction that takes the new snapshot and the visa."""
    _write(outcome, OutcomeStatus.FILED, WrongStep, by=by, at=at, **page)


@transaction.atomic
def _write(
    outcome: Outcome,
    status: str,
    otherwise: type[Refusal],
    *,
    version: int,
    talks: list[dict[str, Any]],
    problems: list[dict[str, Any]],
    decisions: list[dict[str, Any]],
    by: User,
    at: datetime.datetime,
    **fields: Any,
) -> None:
    rows = Outcome.objects.filter(pk=outcome.pk, status=status)
    if rows.filter(version=version).update(version=F("version") + 1, edited_by=by, edited_at=at, **fields) != 1:
        raise OutcomeChanged if rows.exists() else otherwise
    outcome.refresh_from_db()
    _write_anew(outcome.talks, talks)
    _write_anew(outcome.problem_areas, problems)
    for decision, row in zip(_write_anew(outcome.decisions, decisions, without="owed_by"), decisions, strict=True):
        decision.owed_by.set(row.get("owed_by", []))


def _write_anew(rows: Any, values: list[dict[str, Any]], without: str = "") -> list[Any]:
    """The rows as they stand on the page now, in its order; nothing refers to the rows of what is not sent."""
    rows.all().delete()
    return [
        rows.create(position=position, **{name: value for name, value in row.items() if name != without})
        for position, row in enumerate(values, 1)
    ]


def refuse_locked(outcome: Outcome) -> None:
    """Raises OutcomeLocked."""
    if outcome.status != OutcomeStatus.DRAFT:
        raise OutcomeLocked


def add_figure(*, outcome: Outcome, name: str, query: str, parameters: dict[str, Any], case: str) -> OutcomeFigure:
    """A figure that the text may quote by its name; the same name again changes what it counts."""
    refuse_locked(outcome)
    figure, _ = OutcomeFigure.objects.update_or_create(
        outcome=outcome, name=name, defaults={"query": query, "parameters": parameters, "case": case}
    )
    return figure


def remove_figure(*, outcome: Outcome, figure: OutcomeFigure) -> None:
    refuse_locked(outcome)
    figure.delete()


def lock(*, outcome: Outcome, by: User, at: datetime.datetime) -> None:
    """Filed: nobody edits it now. Call inside the transaction that opens the letter."""
    move(outcome, OutcomeStatus.FILED, by=by, at=at, steps=OutcomeStep)


def unlock(*, outcome: Outcome, by: User, at: datetime.datetime, note: str) -> None:
    """Given back: a draft again."""
    move(outcome, OutcomeStatus.DRAFT, by=by, at=at, note=note, steps=OutcomeStep)
