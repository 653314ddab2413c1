"""What is wrong with who is to do a decision until when: of an outcome's decisions, and of a written letter's."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from centers.models import CalendarYear, Person
from events.models import DecisionRow
from events.models.outcome import DecisionKind
from rcro_portal.lib import russian
from rcro_portal.lib.quotes import quoted
from rcro_portal.lib.working_days import WEEKDAYS, Calendar
from reports.composing.findings import Act, Finding


@dataclass(frozen=True)
class Text:
    """The text that decides: who prepares it, where a term is moved by one press, and the version that is looked at."""

    prepared_by: Person
    postpone_url: str
    version: int


def findings(text: Text, decisions: Sequence[DecisionRow], today: datetime.date) -> Iterator[Finding]:
    calendar = CalendarYear.objects.calendar()
    for number, decision in enumerate(decisions):
        due_on, anchor = decision.due_on, f"decisions-{number}-due_on"
        if decision.kind == DecisionKind.DECISION and due_on is None:
            yield Finding("У решения нет срока. Укажите срок или отметьте «К сведению».", anchor)
        elif due_on and due_on < today:
            yield Finding(f"Срок решения {russian.short_date(due_on)} уже прошёл.", anchor)
        elif due_on:
            yield from _day_of_the_term(text, number, due_on, calendar)
            yield from _begun(number, decision, today)
        yield from _debtors(text, number, decision)


def _begun(number: int, decision: DecisionRow, today: datetime.date) -> Iterator[Finding]:
    if decision.starts_on and decision.starts_on < today:
        words = f"Период решения начинается {russian.short_date(decision.starts_on)}: этот день уже прошёл. Проверьте."
        yield Finding(words, f"decisions-{number}-starts_on", blocks=False)


def _debtors(text: Text, number: int, decision: DecisionRow) -> Iterator[Finding]:
    """Whom the portal asks nothing, and who sees to it instead."""
    if decision.debtors and not decision.owed_by_others.exists():
        centers = "" if decision.owed_by.exists() else " Поручений РВЦИ не будет."
        words = (
            f"Решение {number + 1} исполняют не РВЦИ ({quoted(decision.debtors)}): ответа портал не ждёт, "
            f"за исполнением следит исполнитель письма, {text.prepared_by.surname_first}{centers}"
        )
        yield Finding(words, f"decisions-{number}-debtors", blocks=False)


def _day_of_the_term(text: Text, number: int, due_on: datetime.date, calendar: Calendar) -> Iterator[Finding]:
    """A term on a day off, and one in a year of which nobody knows what the decree moves."""
    following = calendar.next_working_day(due_on) if calendar.is_day_off(due_on) else None
    if following:
        yield _on_a_day_off(text, number, due_on, following)
    if doubt := calendar.doubt(due_on, following or due_on):
        words = f"{doubt} Проверьте срок {russian.short_date(due_on)}."
        yield Finding(words, f"decisions-{number}-due_on", blocks=False)


def _on_a_day_off(text: Text, number: int, due_on: datetime.date, following: datetime.date) -> Finding:
    """«Срок 10.08.2014 — воскресенье. Поставить 11.08.2014?»: the offer is one press."""
    weekday = WEEKDAYS[due_on.weekday()] if due_on.weekday() >= 5 else "нерабочий день"
    offered = russian.short_date(following)
    act = Act(f"Поставить {offered}", text.postpone_url, {"decision": str(number), "version": str(text.version)})
    words = f"Срок {russian.short_date(due_on)} – {weekday}. Поставить {offered}?"
    return Finding(words, f"decisions-{number}-due_on", blocks=False, act=act)
