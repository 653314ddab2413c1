"""What is told of technical assignments: submitted to the methodists, agreed or given back to the coordinator."""

import datetime
from collections.abc import Callable, Collection
from typing import Any

from django.urls import reverse
from django.utils import timezone

from centers.models import CalendarYear, Center
from events.models import AssignmentPeriod, TechnicalAssignment
from events.models.assignment import WRITTEN_IN, AssignmentStatus
from events.telling import whom
from events.telling.words import Told, day_of
from rcro_portal.lib import russian
from rcro_portal.lib.notices import following, planning
from rcro_portal.lib.notices.following import Wanted
from rcro_portal.lib.notices.reasons import Body, Line, Reason
from rcro_portal.lib.notices.sending import NoLongerSo

HANDED_OVER = "Центр ведёт уже другой координатор."
SETTLED = "Техническое задание уже рассмотрено или отозвано."


def submitted(row: TechnicalAssignment, *, at: datetime.datetime) -> None:
    department = row.period.department_id
    told = whom.planners([department], timezone.localdate(at)).get(department, ())
    _tell(SUBMITTED, row, told, f"Техническое задание на согласование: {row.center}", at)


def take_back(row: TechnicalAssignment, *, at: datetime.datetime) -> None:
    planning.take_back(at=at, because=SETTLED, reason=SUBMITTED, about=row)


def agreed(row: TechnicalAssignment, *, done: int, at: datetime.datetime) -> None:
    fulfilled = f"; {russian.agree(done, 'поручение исполнено', 'поручения исполнены', 'поручений исполнено')}"
    _tell(AGREED, row, _coordinators(row.center, at), f"Техническое задание согласовано{fulfilled if done else ''}", at)


def returned(row: TechnicalAssignment, *, at: datetime.datetime) -> None:
    _tell(RETURNED, row, _coordinators(row.center, at), f"Техническое задание возвращено: {row.period}", at)


def remind(centers: Collection[Center], period: AssignmentPeriod, *, at: datetime.datetime) -> int:
    day = timezone.localdate(at)
    coordinators = whom.coordinators(day, organizations=[center.organization_id for center in centers])
    subject = f"Напоминание: техническое задание, {period}"
    wanted = [
        Wanted(center, day.isoformat(), str(period.pk), one.email, one.user, subject, at)
        for center in centers
        for one in coordinators.get(center.organization_id, ())
    ]
    return following.tell(reason=REMINDED, wanted=wanted, at=at)


def last_reminded(centers: Collection[Center], period: AssignmentPeriod) -> dict[int, datetime.date]:
    """By hand, the last time: the day by the key of the centre."""
    return planning.last_told(REMINDED, centers, term=str(period.pk))


def _tell(reason: Reason, row: TechnicalAssignment, to: Collection[Any], subject: str, at: datetime.datetime) -> None:
    wanted = [Wanted(row, at.isoformat(), "", one.email, one.user, subject, at) for one in to]
    following.tell(reason=reason, wanted=wanted, at=at)


def _coordinators(center: Center, at: datetime.datetime) -> Collection[Any]:
    day = timezone.localdate(at)
    return whom.coordinators(day, organizations=[center.organization_id]).get(center.organization_id, ())


# -- In words ---------------------------------------------------------------------------------------


def _told(words: Callable[[Any], Told]) -> dict[str, Any]:
    def line(notice: Any) -> Line:
        return words(notice).line()

    def body(notice: Any) -> Body:
        return words(notice).body(notice)

    return {"line": line, "body": body}


def _row(notice: Any) -> TechnicalAssignment:
    rows = TechnicalAssignment.objects.select_related("center__organization", "period", "agreed")
    return rows.get(pk=planning.pk_in(notice.about))


def _refuse_former(center: Center, notice: Any) -> None:
    """Whoever coordinates the centre no more is not told. Raises NoLongerSo."""
    present = whom.coordinators(day_of(notice), organizations=[center.organization_id])
    if notice.email not in [one.email for one in present.get(center.organization_id, ())]:
        raise NoLongerSo(HANDED_OVER)


def page(row: TechnicalAssignment) -> str:
    return reverse("events:assignment-detail", args=[row.pk])


def _submitted(notice: Any) -> Told:
    row = _row(notice)
    if row.status != AssignmentStatus.SUBMITTED:
        raise NoLongerSo(SETTLED)
    words = f"{row.center.organization} направил техническое задание: {row.period}."
    return Told(words, path=reverse("events:assignment-review", args=[row.pk]), label="Рассмотреть")


def _returned(notice: Any) -> Told:
    row = _row(notice)
    _refuse_former(row.center, notice)
    if row.status != AssignmentStatus.RETURNED:
        raise NoLongerSo("Задание уже направлено ещё раз.")
    last = row.transitions.filter(after=AssignmentStatus.RETURNED).order_by("-at", "-pk").first()
    remark = f"Замечание: {last.note}" if last else ""
    what = f"{row.center.organization}: техническое задание возвращено, {row.period}."
    return Told(what, remark, path=page(row), label="Исправить")


def _agreed(notice: Any) -> Told:
    row = _row(notice)
    _refuse_former(row.center, notice)
    what = f"{row.center.organization}: техническое задание согласовано, {row.period}."
    return Told(what, "Распечатать и подписать его можно на его странице.", path=page(row), label="Открыть задание")


def _reminded(notice: Any) -> Told:
    center = Center.objects.select_related("organization").get(pk=planning.pk_in(notice.about))
    _refuse_former(center, notice)
    period = AssignmentPeriod.objects.get(pk=int(notice.fact.rpartition(" ")[2]))
    row = TechnicalAssignment.objects.filter(center=center, period=period).first()
    if row and (row.status not in WRITTEN_IN or row.status == AssignmentStatus.AMENDED):
        raise NoLongerSo("Техническое задание уже направлено.")
    return reminder(center, period, day_of(notice))


def reminder(center: Center, period: AssignmentPeriod, day: datetime.date) -> Told:
    """In the words in which it is read on that day."""
    due = CalendarYear.objects.calendar().due_words(period.due_on, day)
    what = f"{center.organization}: техническое задание ещё не направлено на согласование, {period}."
    address = f"{reverse('events:assignment-list')}?period={period.pk}"
    return Told(what, f"{due}.", path=address, label="Открыть задание")


COORDINATOR = "Координатору центра"
SUBMITTED = Reason(
    key="assignment_submitted",
    words="Центр направил техническое задание",
    whom="Методистам и начальнику отдела, который согласует задания периода",
    by_choice=True,
    **_told(_submitted),
)
RETURNED = Reason(
    key="assignment_returned",
    words="Техническое задание возвращено с замечаниями",
    whom=COORDINATOR,
    by_choice=True,
    **_told(_returned),
)
AGREED = Reason(
    key="assignment_agreed",
    words="Техническое задание согласовано",
    whom=COORDINATOR,
    by_choice=True,
    **_told(_agreed),
)
REMINDED = Reason(
    key="assignment_reminded",
    words="Методист напоминает о техническом задании",
    whom=f"{COORDINATOR}, который его не направил",
    **_told(_reminded),
)
REASONS = (SUBMITTED, RETURNED, AGREED, REMINDED)
