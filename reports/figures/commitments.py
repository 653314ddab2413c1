"""Figures of what centres owe by decisions and what they did."""

import datetime
from collections.abc import Mapping

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from centers.models import Center
from events.models import Commitment, CommitmentTransition
from events.models.commitment import CommitmentStatus
from rcro_portal.lib.whole_days import TwoDaysLater, WholeDays, within
from reports.figures import listings
from reports.figures.nouns import NOUNS
from reports.figures.query import Narrow, Query

OF_OWNER = {"municipality": Narrow("organization__municipality__code")}
ANSWERED = (CommitmentStatus.IN_REVIEW, CommitmentStatus.ACCEPTED)


def _due(*, since: datetime.date, until: datetime.date) -> QuerySet:
    return Commitment.objects.standing().filter(due_on__gte=since, due_on__lte=until)


def _done(*, since: datetime.date, until: datetime.date) -> QuerySet:
    return _due(since=since, until=until).filter(status=CommitmentStatus.ACCEPTED)


def _answers() -> QuerySet:
    """What was answered before a letter worded it anew answers something else."""
    return CommitmentTransition.objects.filter(
        commitment=OuterRef("pk"), after__in=ANSWERED, at__gte=OuterRef("opened_at")
    )


def _in_time() -> Exists:
    """On the last day at the latest; only of answers about that day it has to be known which day it was here."""
    due_on = OuterRef("due_on")
    before = Q(at__lt=due_on) | Q(at__date__lte=due_on)
    return Exists(_answers().filter(before, at__lt=TwoDaysLater(due_on)))


def _on_time(*, since: datetime.date, until: datetime.date) -> QuerySet:
    return _done(since=since, until=until).filter(_in_time())


def _late(*, since: datetime.date, until: datetime.date) -> QuerySet:
    return _done(since=since, until=until).exclude(_in_time())


def _not_done(*, since: datetime.date, until: datetime.date) -> QuerySet:
    return _due(since=since, until=until).exclude(status=CommitmentStatus.ACCEPTED)


def _answered(*, since: datetime.date, until: datetime.date) -> QuerySet:
    """With ``days`` from the letter that gave it to the first answer."""
    first = Subquery(_answers().order_by("at").values("at")[:1])
    given = Commitment.objects.standing().filter(within("opened_at", since, until))
    # Asked apart, for the index knows whether there is an answer.
    answered = given.filter(Exists(_answers())).annotate(answered_at=first)
    return answered.annotate(days=WholeDays(F("answered_at"), F("opened_at")))


def _overdue(*, day: datetime.date) -> QuerySet:
    return Commitment.objects.overdue(day)


def _all_done(*, event: int) -> QuerySet:
    owed = Commitment.objects.standing().filter(outcome__event=event)
    owing = owed.exclude(status=CommitmentStatus.ACCEPTED)
    return Center.objects.filter(organization__in=owed.values("organization")).exclude(
        organization__in=owing.values("organization")
    )


QUERIES: Mapping[str, Query] = {
    "commitments_due": Query(
        title="Поручения",
        describes="поручения по решениям, срок которых приходится на период",
        over="period",
        noun=NOUNS["commitment"],
        rows=_due,
        listing=listings.COMMITMENTS,
    ),
    "commitments_done": Query(
        title="Исполненные поручения",
        describes="поручения со сроком в этом периоде, исполнение которых принято",
        over="period",
        noun=NOUNS["commitment"],
        rows=_done,
        listing=listings.COMMITMENTS,
        part_of="commitments_due",
    ),
    "commitments_on_time": Query(
        title="Поручения, исполненные в срок",
        describes="поручения со сроком в этом периоде: ответ пришёл не позже срока, исполнение принято",
        over="period",
        noun=NOUNS["commitment"],
        rows=_on_time,
        dated_by="due_on",
        narrowed=OF_OWNER,
        listing=listings.COMMITMENTS,
        part_of="commitments_done",
    ),
    "commitments_late": Query(
        title="Поручения, исполненные позже срока",
        describes="поручения со сроком в этом периоде: исполнение принято, но ответ пришёл позже срока",
        over="period",
        noun=NOUNS["commitment"],
        rows=_late,
        dated_by="due_on",
        narrowed=OF_OWNER,
        listing=listings.COMMITMENTS,
        part_of="commitments_done",
    ),
    "commitments_not_done": Query(
        title="Неисполненные поручения",
        describes="поручения со сроком в этом периоде, исполнение которых не принято",
        over="period",
        noun=NOUNS["commitment"],
        rows=_not_done,
        dated_by="due_on",
        narrowed=OF_OWNER,
        listing=listings.COMMITMENTS,
        part_of="commitments_due",
    ),
    "days_to_answer": Query(
        title="Дней от письма до ответа",
        describes="медиана полных суток от письма с поручением до первого ответа, по поручениям, данным в этом периоде",
        over="period",
        noun=NOUNS["day"],
        rows=_answered,
        column="days",
        middle=True,
        dated_by="opened_at",
        narrowed=OF_OWNER,
        listing=listings.COMMITMENTS,
    ),
    "commitments_overdue": Query(
        title="Просроченные поручения на дату",
        describes="поручения, срок которых к этому дню прошёл, а ответа нет или замечания не исправлены",
        over="day",
        noun=NOUNS["commitment"],
        rows=_overdue,
        listing=listings.COMMITMENTS,
    ),
    "centers_done": Query(
        title="РВЦИ, исполнившие решения мероприятия",
        describes="РВЦИ, у которых принято исполнение всех решений этого мероприятия",
        over="event",
        noun=NOUNS["center"],
        rows=_all_done,
        listing=listings.CENTERS,
    ),
}
