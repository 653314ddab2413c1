"""What the executor of an incoming letter is told: that it is theirs, that its term comes or has passed."""

import datetime
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.urls import reverse

from centers.models import CalendarYear, Person
from events.telling import terms, whom
from events.telling.words import Told, day_of, refuse_overtaken
from rcro_portal.lib import russian
from rcro_portal.lib.notices import following, planning
from rcro_portal.lib.notices.following import Wanted
from rcro_portal.lib.notices.reasons import Body, Line, Reason
from rcro_portal.lib.notices.sending import NoLongerSo
from rcro_portal.lib.quotes import quoted
from reports.models import IncomingLetter
from reports.models.incoming import IncomingStatus

CHANGED = "Письмо уже не в работе, или у него другой исполнитель или срок."
STEP = "Открыть письмо"
# How the step begins by which a head names another executor; what follows is said to both.
PASSED_ON = "Передано: исполнитель"


def assigned(incoming: IncomingLetter, *, at: datetime.datetime) -> None:
    """The resolution is written: its executor is told, and reminded of its term from now on."""
    follow([incoming], at=at)
    to = whom.address(incoming.executor) if incoming.executor else None
    if to:
        subject = f"Вам поручено письмо: {incoming.subject}"
        following.tell(
            reason=ASSIGNED, wanted=[Wanted(incoming, at.isoformat(), "", to.email, to.user, subject, at)], at=at
        )


def released(incoming: IncomingLetter, *, former: Person, at: datetime.datetime) -> None:
    """It is another's now: whoever had it is told, for the answer may be half written."""
    to = whom.address(former)
    if to:
        subject = f"Письмо передано другому исполнителю: {incoming.subject}"
        wanted = [Wanted(incoming, at.isoformat(), "", to.email, to.user, subject, at)]
        following.tell(reason=RELEASED, wanted=wanted, at=at)


def follow_all(*, at: datetime.datetime) -> None:
    """Every night: a day alone changes what is a day off, and whether somebody wants to be reminded again."""
    follow(IncomingLetter.objects.in_work().select_related("executor__user").order_by("pk"), at=at)


def follow(rows: Collection[IncomingLetter], *, at: datetime.datetime) -> None:
    """Reminders of these become what their terms, states and executors say now."""
    following.follow(reason=REMINDER, about=rows, wanted=_wanted(rows), because=CHANGED, at=at)


def _wanted(rows: Iterable[IncomingLetter]) -> Iterator[Wanted]:
    calendar = CalendarYear.objects.calendar()
    for row in rows:
        to = whom.address(row.executor) if row.executor and row.status == IncomingStatus.IN_WORK else None
        if to and row.due_on:
            subject = f"Срок {russian.short_date(row.due_on)}: ответить на письмо {quoted(row.subject)}"
            for fact, moment in terms.around(row.due_on, calendar).items():
                yield Wanted(row, fact, row.due_on.isoformat(), to.email, to.user, subject, moment)


def _told(notice: Any, begins: str) -> Told:
    row = IncomingLetter.objects.select_related("executor__user").get(pk=planning.pk_in(notice.about))
    to = whom.address(row.executor) if row.executor else None
    if row.status != IncomingStatus.IN_WORK or row.due_on is None or to is None or to.email != notice.email:
        raise NoLongerSo(CHANGED)
    refuse_overtaken(notice)
    due = CalendarYear.objects.calendar().due_words(row.due_on, day_of(notice))
    said = f"{row.sender_name}: {quoted(row.subject)}."
    resolution = f"Резолюция: {row.resolution}"
    return Told(begins, said, resolution, f"{due}.", _passed_on(row, notice), path=_page(row), label=STEP)


def _released(notice: Any) -> Told:
    row = IncomingLetter.objects.select_related("executor__user").get(pk=planning.pk_in(notice.about))
    to = whom.address(row.executor) if row.executor else None
    if row.status != IncomingStatus.IN_WORK or row.executor is None or (to and to.email == notice.email):
        raise NoLongerSo(CHANGED)
    said = f"{row.sender_name}: {quoted(row.subject)}."
    now = _passed_on(row, notice) or f"Исполнитель теперь – {row.executor.surname_first}."
    return Told("Входящее письмо передано другому исполнителю.", said, now, path=_page(row), label=STEP)


def _passed_on(row: IncomingLetter, notice: Any) -> str:
    """What the head said at that moment; nothing where the director's resolution names the executor."""
    steps = row.transitions.filter(at=notice.planned_at, note__startswith=PASSED_ON)
    return steps.values_list("note", flat=True).first() or ""


def _page(row: IncomingLetter) -> str:
    return reverse("reports:incoming-detail", args=[row.pk])


def _made(begins: str) -> dict[str, Any]:
    def line(notice: Any) -> Line:
        return _told(notice, begins).line()

    def body(notice: Any) -> Body:
        return _told(notice, begins).body(notice)

    return {"line": line, "body": body}


ASSIGNED = Reason(
    key="incoming_assigned",
    words="Входящее письмо поручено исполнителю",
    whom="Исполнителю, которого называет резолюция или начальник отдела",
    by_choice=True,
    **_made("Вам поручено входящее письмо."),
)
REMINDER = Reason(
    key="incoming_reminder",
    words="Подходит или прошёл срок входящего письма",
    whom="Исполнителю, по рабочим дням, пока письмо в работе",
    in_digest=True,
    by_choice=True,
    may_stop=True,
    **_made("Напоминаем о входящем письме."),
)
RELEASED = Reason(
    key="incoming_released",
    words="Входящее письмо передано другому исполнителю",
    whom="Тому, кто исполнял его раньше",
    by_choice=True,
    line=lambda notice: _released(notice).line(),
    body=lambda notice: _released(notice).body(notice),
)
REASONS = (ASSIGNED, REMINDER, RELEASED)
