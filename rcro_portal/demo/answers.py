"""What centres answered to the decisions of past letters, and what the methodist said to that."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from centers.models import User
from events.commitments import commitments, terms
from events.models import Commitment, Outcome
from events.models.commitment import AnswerWay, CommitmentStatus
from events.models.outcome import Asks
from rcro_portal.demo import assignments, outcomes, source
from rcro_portal.lib.working_days import Calendar

# Answers come within this many days, so that none of this autumn lies in the future.
DAYS_TO_ANSWER = 18
CALENDAR = Calendar()


def give_to_letter_941() -> bool:
    """What centres answered by 5 October 2020, once № 941 has gone out; True if this call entered it."""
    row = next(row for row in outcomes.in_order() if row["event"] == "webinar-2020-09")
    outcome = Outcome.objects.get(event=outcomes.event_of(row))
    owed = Commitment.objects.filter(outcome=outcome)
    if not owed.exists() or owed.exclude(status=CommitmentStatus.OPEN).exists():
        return False
    give(outcome, row["answers"], source.users())
    return True


@transaction.atomic
def give(outcome: Outcome, told: dict, users: dict[str, User]) -> None:
    owed = Commitment.objects.filter(outcome=outcome).select_related("organization__center")
    for number, commitment in enumerate(owed.order_by("position", "pk")):
        name = commitment.organization.short_name
        if name not in told["silent"]:
            _act(commitment, name, number, told, users)
    _ask_for_terms(owed, told, users)


def _ask_for_terms(owed: Any, told: dict, users: dict[str, User]) -> None:
    """One waits for its decision, one was granted another day, one keeps the former term."""
    for row in told.get("terms", ()):
        commitment = owed.filter(organization__short_name=row["center"]).order_by("position", "pk")[0]
        coordinator = commitment.center.coordinator_on(timezone.localtime(row["at"]).date())
        by, decides = users[coordinator.full_name], users[told["accepted_by"]]
        terms.ask(commitment=commitment, wanted_on=row["wanted_on"], reason=row["reason"], by=by, at=row["at"])
        if "granted_on" in row:
            to, at = row["granted_on"], row["decided_at"]
            terms.move(commitment=commitment, to=to, reason=row["words"], by=decides, at=at)
        elif "words" in row:
            terms.decline(commitment=commitment, words=row["words"], by=decides, at=row["decided_at"])


def _act(commitment: Commitment, name: str, number: int, told: dict, users: dict[str, User]) -> None:
    accepting = users[told["accepted_by"]]
    at = _some_day(commitment, number)
    day = timezone.localtime(at).date()
    coordinator = commitment.center.coordinator_on(day) if commitment.center else None
    by = users[coordinator.full_name] if coordinator else accepting
    if commitment.asks == Asks.ACKNOWLEDGEMENT:
        commitments.acknowledge(commitment=commitment, by=by, at=at)
        return
    if commitment.asks == Asks.ASSIGNMENT:
        assignments.fulfil(commitment, number, by=by, judge=accepting, at=at)
        return
    text = told["texts"][number % len(told["texts"])]
    if name in told["by_telephone"]:
        said = {"way": AnswerWay.TELEPHONE, "said_by": coordinator.surname_first if coordinator else "", "said_on": day}
        commitments.answer(commitment=commitment, text=text, by=accepting, at=at, **said)
    else:
        commitments.answer(commitment=commitment, text=text, by=by, at=at)
    _judge(commitment, name, told, accepting, _following(at))


def _judge(commitment: Commitment, name: str, told: dict, by: User, at: datetime.datetime) -> None:
    remarks = {returned["center"]: returned["note"] for returned in told["returned"]}
    if name in remarks:
        commitments.give_back(commitment=commitment, note=remarks[name], by=by, at=at)
    elif name not in told["in_review"]:
        commitments.accept(commitment=commitment, by=by, at=at)


def _some_day(commitment: Commitment, number: int) -> datetime.datetime:
    """A working hour of a working day between the letter and the term; the spread is the same at every run."""
    opened = timezone.localtime(commitment.opened_at)
    span = max(1, min((commitment.due_on - opened.date()).days - 3, DAYS_TO_ANSWER))
    day = opened.date() + datetime.timedelta(days=1 + number * 7 % span)
    return _at(day, 9 + number * 5 % 8, number * 13 % 60)


def _following(at: datetime.datetime) -> datetime.datetime:
    local = timezone.localtime(at)
    return _at(CALENDAR.next_working_day(local.date()), local.hour, 59 - local.minute)


def _at(day: datetime.date, hour: int, minute: int) -> datetime.datetime:
    working = CALENDAR.next_working_day(day) if CALENDAR.is_day_off(day) else day
    return timezone.make_aware(datetime.datetime.combine(working, datetime.time(hour, minute)))
