"""What those who owe are told: the term comes and has passed, it was moved, the answer came back or was accepted."""

import datetime
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone

from centers.models import CalendarYear
from events.models import Commitment
from events.models.commitment import TO_DO, CommitmentStatus
from events.models.term import TermRequestStatus
from events.telling import terms, whom
from events.telling.words import Told, day_of, refuse_overtaken
from rcro_portal.lib import russian
from rcro_portal.lib.notices import following, planning
from rcro_portal.lib.notices.following import Wanted
from rcro_portal.lib.notices.reasons import Body, Line, Reason
from rcro_portal.lib.notices.sending import NoLongerSo
from rcro_portal.lib.quotes import quoted

SETTLED = (CommitmentStatus.ACCEPTED, CommitmentStatus.WITHDRAWN)
HANDED_OVER = "Центр ведёт уже другой координатор."


def follow(commitments: Collection[Commitment], *, because: str, at: datetime.datetime) -> None:
    """Reminders of these become what their terms, states and coordinators say now; queries do not grow with them."""
    rows = list(commitments)
    following.follow(reason=REMINDER, about=rows, wanted=_wanted(rows, at), because=because, at=at)


def _wanted(rows: Iterable[Commitment], at: datetime.datetime) -> Iterator[Wanted]:
    waiting = [row for row in rows if row.status in TO_DO]
    if not waiting:
        return
    calendar = CalendarYear.objects.calendar()
    coordinators = whom.coordinators(timezone.localdate(at), organizations=[row.organization_id for row in waiting])
    for row in waiting:
        for fact, moment in terms.around(row.due_on, calendar).items():
            for one in coordinators.get(row.organization_id, ()):
                yield Wanted(row, fact, row.due_on.isoformat(), one.email, one.user, _term_and_topic(row), moment)


def tell(
    reason: Reason,
    rows: Iterable[Commitment],
    *,
    subject: str,
    fact: str = "",
    at: datetime.datetime,
    tell_from: datetime.datetime | None = None,
) -> int:
    """Those who coordinate the centre today are told; where it has no coordinator, nobody. How many messages."""
    rows = list(rows)
    coordinators = whom.coordinators(timezone.localdate(at), organizations=[row.organization_id for row in rows])
    wanted = [
        Wanted(row, fact or at.isoformat(), "", one.email, one.user, f"{subject}: {about(row)}", tell_from or at)
        for row in rows
        for one in coordinators.get(row.organization_id, ())
    ]
    return following.tell(reason=reason, wanted=wanted, at=at)


def unsay(reason: Reason, rows: Iterable[Commitment], *, fact: str, because: str, at: datetime.datetime) -> None:
    """What was planned of this fact and waits goes never."""
    names = [planning.name_of(row) for row in rows]
    waiting = planning.planned(reason=reason).filter(about__in=names, fact=fact)
    waiting.update(status=planning.TAKEN_BACK, taken_back_at=at, error=because)


def remind(commitments: Iterable[Commitment], *, at: datetime.datetime) -> int:
    """By hand: those who owe an answer are written to, whatever they stopped; once a day."""
    rows = [row for row in commitments if row.status in TO_DO]
    day = timezone.localdate(at).isoformat()
    return tell(REMINDED, rows, subject="Напоминание", fact=day, at=at)


def ask_for_term(row: Commitment, *, at: datetime.datetime) -> None:
    everybody = whom.planners([row.department_id], timezone.localdate(at)).get(row.department_id, ())
    planners = whom.first_of(everybody, row.setter_id)
    subject = f"Просят о переносе срока: {about(row)}"
    wanted = [Wanted(row, at.isoformat(), "", one.email, one.user, subject, at) for one in planners]
    following.tell(reason=TERM_ASKED, wanted=wanted, at=at)


def about(row: Commitment) -> str:
    return f"{quoted(row.topic)}, срок {russian.short_date(row.due_on)}"


def _term_and_topic(row: Commitment) -> str:
    return f"Срок {russian.short_date(row.due_on)}: {quoted(row.topic)}"


def _told(words: Callable[[Commitment, Any], Told]) -> dict[str, Any]:
    """Line and body of a reason, for whoever still coordinates the centre that owes it."""

    def told(notice: Any) -> Told:
        rows = Commitment.objects.select_related("organization__center", "outcome__event")
        row = rows.get(pk=planning.pk_in(notice.about))
        present = whom.coordinators(day_of(notice), organizations=[row.organization_id])
        if notice.email not in [one.email for one in present.get(row.organization_id, ())]:
            raise NoLongerSo(HANDED_OVER)
        return words(row, notice)

    def line(notice: Any) -> Line:
        return told(notice).line()

    def body(notice: Any) -> Body:
        return told(notice).body(notice)

    return {"line": line, "body": body}


def page(row: Commitment) -> str:
    return reverse("events:commitment-detail", args=[row.pk])


def _what(row: Commitment) -> str:
    return f"{row.organization}: {quoted(row.text)}."


def _due(row: Commitment, notice: Any) -> tuple[str, str]:
    """What to do and by when, on the day on which it is read."""
    return _what(row), f"{CalendarYear.objects.calendar().due_words(row.due_on, day_of(notice))}."


def _reminder(row: Commitment, notice: Any) -> Told:
    if row.status not in TO_DO:
        raise NoLongerSo(f"Поручение уже в состоянии «{row.get_status_display()}».")
    refuse_overtaken(notice)
    return reminder(row, day_of(notice))


def reminder(row: Commitment, day: datetime.date) -> Told:
    """In the words in which it is read on that day."""
    first = f"Напоминаем о поручении по теме {quoted(row.topic)}."
    due = CalendarYear.objects.calendar().due_words(row.due_on, day)
    period = f"Период – {row.period}" if row.period else ""
    return Told(first, _what(row), f"{due}.", period, _to_do(row), path=page(row), label=STEP)


def _to_do(row: Commitment) -> str:
    if row.status == CommitmentStatus.RETURNED:
        return "Ваш ответ возвращён с замечанием: исправьте его и направьте ещё раз."
    return f"Нужно {row.get_asks_display()}."


def _moved(row: Commitment, notice: Any) -> Told:
    _refuse_settled(row)
    return Told("Срок поручения перенесён.", *_due(row, notice), _last_note(row, notice), path=page(row), label=STEP)


def _refused(row: Commitment, notice: Any) -> Told:
    _refuse_settled(row)
    note = _last_note(row, notice)
    return Told("Срок поручения остаётся прежним.", *_due(row, notice), note, path=page(row), label=STEP)


def _refuse_settled(row: Commitment) -> None:
    if row.status in SETTLED:
        raise NoLongerSo(f"Поручение уже в состоянии «{row.get_status_display()}»: о его сроке говорить поздно.")


def _returned(row: Commitment, notice: Any) -> Told:
    if row.status != CommitmentStatus.RETURNED:
        raise NoLongerSo("Ответ уже направлен ещё раз, или поручение изменено.")
    note = _last_note(row, notice, CommitmentStatus.RETURNED)
    due = CalendarYear.objects.calendar().due_words(row.due_on, day_of(notice))
    return Told(
        "Ваш ответ возвращён с замечанием.", note, _what(row), f"{due}.", path=page(row), label="Дополнить ответ"
    )


def _accepted(row: Commitment, notice: Any) -> Told:  # noqa: ARG001
    if row.status != CommitmentStatus.ACCEPTED:
        raise NoLongerSo("Поручение открыто заново.")
    return Told("Ваш ответ принят, больше ничего делать не нужно. Спасибо!", _what(row), path=page(row))


def _asked(notice: Any) -> Told:
    rows = Commitment.objects.select_related("organization__center", "outcome__event")
    row = rows.get(pk=planning.pk_in(notice.about))
    if not row.term_requests.filter(status=TermRequestStatus.ASKED).exists():
        raise NoLongerSo("О просьбе уже решили, или она больше не нужна.")
    note = _last_note(row, notice)
    return Told(f"{row.organization} просит о другом сроке.", quoted(row.text), note, path=page(row), label="Решить")


def _last_note(row: Commitment, notice: Any, after: str = "") -> str:
    """What was said with the step that the message tells of."""
    steps = row.transitions.filter(at__lte=notice.planned_at).exclude(note="")
    last = (steps.filter(after=after) if after else steps).order_by("-at", "-pk").first()
    return f"Замечание: {last.note}" if last and after else last.note if last else ""


STEP = "Открыть поручение"
OWING = "Координатору центра, который исполняет"
REMINDER = Reason(
    key="commitment_reminder",
    words="Подходит или прошёл срок поручения",
    whom=f"{OWING}, по рабочим дням, пока ответа нет",
    in_digest=True,
    by_choice=True,
    may_stop=True,
    **_told(_reminder),
)
REMINDED = Reason(
    key="commitment_reminded",
    words="Методист напоминает о поручении",
    whom=f"{OWING} и молчит",
    **_told(_reminder),
)
MOVED = Reason(key="commitment_moved", words="Срок поручения перенесён", whom=OWING, by_choice=True, **_told(_moved))
REFUSED = Reason(
    key="commitment_refused",
    words="О переносе срока просили, срок прежний",
    whom=OWING,
    by_choice=True,
    **_told(_refused),
)
RETURNED = Reason(
    key="commitment_returned", words="Ответ возвращён с замечанием", whom=OWING, by_choice=True, **_told(_returned)
)
ACCEPTED = Reason(key="commitment_accepted", words="Ответ принят", whom=OWING, by_choice=True, **_told(_accepted))
TERM_ASKED = Reason(
    key="commitment_term_asked",
    words="Центр просит о переносе срока",
    whom="Тому, кто поручал, или методистам и начальнику его отдела",
    line=lambda notice: _asked(notice).line(),
    body=lambda notice: _asked(notice).body(notice),
    by_choice=True,
)
REASONS = (REMINDER, REMINDED, MOVED, REFUSED, RETURNED, ACCEPTED, TERM_ASKED)
