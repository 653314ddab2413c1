"""What centres are told of a request for information: sent, its term comes or has passed, what became of it."""

import datetime
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone

from centers.models import CalendarYear
from events.models import DataSheet
from events.models.request_sheet import SheetStatus
from events.telling import terms, whom
from events.telling.words import Told, day_of, refuse_overtaken
from rcro_portal.lib import russian
from rcro_portal.lib.notices import following, planning
from rcro_portal.lib.notices.following import Wanted
from rcro_portal.lib.notices.reasons import Body, Line, Reason
from rcro_portal.lib.notices.sending import NoLongerSo
from rcro_portal.lib.quotes import quoted

HANDED_OVER = "Центр ведёт уже другой координатор."


def follow(sheets: Collection[DataSheet], *, because: str, at: datetime.datetime) -> None:
    """Reminders of these become what their terms, states and coordinators say now; queries do not grow with them."""
    rows = list(sheets)
    following.follow(reason=REMINDER, about=rows, wanted=_wanted(rows, at), because=because, at=at)


def _wanted(rows: Iterable[DataSheet], at: datetime.datetime) -> Iterator[Wanted]:
    waiting = [row for row in rows if row.is_silent]
    calendar = CalendarYear.objects.calendar()
    coordinators = _coordinators(waiting, at)
    for row in waiting:
        due = row.request.due_on
        for fact, moment in terms.around(due, calendar).items():
            for one in coordinators.get(row.center.organization_id, ()):
                yield Wanted(row, fact, due.isoformat(), one.email, one.user, _term_and_title(row), moment)


def tell(reason: Reason, rows: Iterable[DataSheet], *, subject: str, fact: str = "", at: datetime.datetime) -> int:
    """Those who coordinate the centre today are told; where it has no coordinator, nobody. How many messages."""
    rows = list(rows)
    coordinators = _coordinators(rows, at)
    wanted = [
        Wanted(row, fact or at.isoformat(), "", one.email, one.user, f"{subject}: {row.request}", at)
        for row in rows
        for one in coordinators.get(row.center.organization_id, ())
    ]
    return following.tell(reason=reason, wanted=wanted, at=at)


def remind(sheets: Iterable[DataSheet], *, at: datetime.datetime) -> int:
    """By hand: those who owe an answer are written to, whatever they stopped; once a day."""
    rows = [row for row in sheets if row.is_silent]
    return tell(REMINDED, rows, subject="Напоминание", fact=timezone.localdate(at).isoformat(), at=at)


def last_reminded(sheets: Iterable[DataSheet]) -> dict[int, datetime.date]:
    """By hand, the last time: the day by the key of the sheet."""
    return planning.last_told(REMINDED, sheets)


def _coordinators(rows: Collection[DataSheet], at: datetime.datetime) -> Any:
    return whom.coordinators(timezone.localdate(at), organizations=[row.center.organization_id for row in rows])


def _term_and_title(row: DataSheet) -> str:
    return f"Срок {russian.short_date(row.request.due_on)}: {row.request}"


def _told(words: Callable[[DataSheet, Any], Told]) -> dict[str, Any]:
    """Line and body of a reason, for whoever still coordinates the centre."""

    def told(notice: Any) -> Told:
        rows = DataSheet.objects.select_related("center__organization", "request")
        row = rows.get(pk=planning.pk_in(notice.about))
        present = whom.coordinators(day_of(notice), organizations=[row.center.organization_id])
        if notice.email not in [one.email for one in present.get(row.center.organization_id, ())]:
            raise NoLongerSo(HANDED_OVER)
        return words(row, notice)

    def line(notice: Any) -> Line:
        return told(notice).line()

    def body(notice: Any) -> Body:
        return told(notice).body(notice)

    return {"line": line, "body": body}


def _page(row: DataSheet) -> str:
    return reverse("events:answer-sheet-detail", args=[row.pk])


def _due(row: DataSheet, notice: Any) -> str:
    """By when, on the day on which it is read."""
    return _due_on(row, day_of(notice))


def _due_on(row: DataSheet, day: datetime.date) -> str:
    return f"{CalendarYear.objects.calendar().due_words(row.request.due_on, day)}."


def _whose(row: DataSheet) -> str:
    return f"Центр: {row.center}."


def _refuse_answered(row: DataSheet) -> None:
    if not row.is_silent:
        raise NoLongerSo(f"Сведения уже в состоянии «{row.get_status_display()}».")


def _sent(row: DataSheet, notice: Any) -> Told:
    _refuse_answered(row)
    first = f"Просим ответить на запрос {quoted(row.request.title)}."
    filled = "Что портал знает сам и что вы ответили в прошлый раз, уже заполнено: проверьте и поправьте."
    return Told(first, _whose(row), _due(row, notice), filled, path=_page(row), label="Заполнить сведения")


def _reminder(row: DataSheet, notice: Any) -> Told:
    _refuse_answered(row)
    refuse_overtaken(notice)
    return reminder(row, day_of(notice))


def reminder(row: DataSheet, day: datetime.date) -> Told:
    """In the words in which it is read on that day."""
    first = f"Напоминаем о запросе {quoted(row.request.title)}."
    return Told(first, _whose(row), _due_on(row, day), path=_page(row), label="Заполнить сведения")


def _moved(row: DataSheet, notice: Any) -> Told:
    _refuse_answered(row)
    first = f"Срок ответа на запрос {quoted(row.request.title)} перенесён."
    return Told(first, _whose(row), _due(row, notice), path=_page(row), label="Заполнить сведения")


def _returned(row: DataSheet, notice: Any) -> Told:
    if row.status != SheetStatus.RETURNED:
        raise NoLongerSo("Сведения уже направлены ещё раз.")
    step = row.transitions.filter(after=SheetStatus.RETURNED).order_by("-at", "-pk").first()
    said = [f"{one.question.label}: {one.text}" for one in step.remarks.select_related("question").order_by("pk")]
    first = f"Сведения по запросу {quoted(row.request.title)} возвращены с замечаниями."
    note = [f"Замечание: {step.note}"] if step.note else []
    return Told(first, _whose(row), *note, *said, _due(row, notice), path=_page(row), label="Исправить")


def _accepted(row: DataSheet, notice: Any) -> Told:  # noqa: ARG001
    if row.status != SheetStatus.ACCEPTED:
        raise NoLongerSo("Сведения возвращены после того, как были приняты.")
    first = f"Сведения по запросу {quoted(row.request.title)} приняты, больше ничего делать не нужно. Спасибо!"
    return Told(first, _whose(row), path=_page(row))


ANSWERING = "Координатору центра, который отвечает"
SENT = Reason(key="request_sent", words="Пришёл запрос сведений", whom=ANSWERING, by_choice=True, **_told(_sent))
REMINDER = Reason(
    key="request_reminder",
    words="Подходит или прошёл срок ответа на запрос сведений",
    whom=f"{ANSWERING}, по рабочим дням, пока ответа нет",
    in_digest=True,
    by_choice=True,
    may_stop=True,
    **_told(_reminder),
)
REMINDED = Reason(
    key="request_reminded",
    words="Методист напоминает о запросе сведений",
    whom=f"{ANSWERING} и молчит",
    **_told(_reminder),
)
MOVED = Reason(
    key="request_moved", words="Срок ответа на запрос перенесён", whom=ANSWERING, by_choice=True, **_told(_moved)
)
RETURNED = Reason(
    key="request_returned",
    words="Сведения возвращены с замечаниями",
    whom=ANSWERING,
    by_choice=True,
    **_told(_returned),
)
ACCEPTED = Reason(key="request_accepted", words="Сведения приняты", whom=ANSWERING, by_choice=True, **_told(_accepted))
REASONS = (SENT, REMINDER, REMINDED, MOVED, RETURNED, ACCEPTED)
