"""What is planned follows the facts: reminders are moved, taken back and planned until they are what is wanted now.

Whoever changes a fact says what is wanted of its rows afterwards, all of it; said twice it changes nothing. So a term
that moved, an answer that came and a coordinator who left need no code of their own for each.
"""

import datetime
from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Model

from rcro_portal.lib.notices import choices, planning, tables
from rcro_portal.lib.notices.messages import MessageStatus
from rcro_portal.lib.notices.reasons import Reason


class Wanted(NamedTuple):
    """One message: ``fact`` («before-3») of ``term`` («2026-04-06»), for a term that moved may be told of anew."""

    about: Model
    fact: str
    term: str
    email: str
    user: Any
    subject: str
    moment: datetime.datetime

    @property
    def key(self) -> tuple[str, str, str]:
        return planning.name_of(self.about), self.fact, self.email

    @property
    def whole_fact(self) -> str:
        return f"{self.fact} {self.term}".strip()


def follow(
    *, reason: Reason, about: Collection[Model], wanted: Iterable[Wanted], because: str, at: datetime.datetime
) -> None:
    """Leave of what is planned about these rows what is wanted; ``because`` says of the rest why it goes never.

    What has left stays as it is. A message whose moment has passed is not planned any more; one that was planned in
    time and still waits (for a mail server, say) goes.
    """
    standing = tables.notices().standing().filter(reason=reason.key, about__in=_names(about))
    wanted = list(wanted)
    chosen = choices.of(one.email for one in wanted)
    wanted = [one for one in wanted if not choices.is_stopped(reason, chosen.get(one.email))]
    planned, told = _told_apart(standing)
    made, moved = [], []
    for one in wanted:
        if (*one.key, one.whole_fact) in told:
            continue
        in_digest = choices.goes_in_digest(reason, chosen.get(one.email))
        due = planning.due(reason, one.moment, in_digest=in_digest)
        row = planned.get(one.key)
        if row is None and due > at:
            made.append(_new(reason, one, due, in_digest, at))
        elif row is not None and (row.fact == one.whole_fact or due > at):
            del planned[one.key]
            if row.fact != one.whole_fact or (row.send_after != due and not row.attempts and due > at):
                row.fact, row.subject, row.send_after, row.within = one.whole_fact, one.subject[:300], due, None
                moved.append(row)
    waiting = tables.notices().planned()
    left = [row.pk for row in planned.values()]
    waiting.filter(pk__in=left).update(status=planning.TAKEN_BACK, taken_back_at=at, error=because)
    waiting.bulk_update(moved, ["fact", "subject", "send_after", "within"], batch_size=200)
    tables.notices().bulk_create(made, ignore_conflicts=True, batch_size=200)


def tell(*, reason: Reason, wanted: Iterable[Wanted], at: datetime.datetime) -> int:
    """Many are told of something by a few queries, each fact to each address once; how many messages that is."""
    wanted = list(wanted)
    chosen = choices.of(one.email for one in wanted)
    made = []
    for one in wanted:
        choice = chosen.get(one.email)
        if not choices.is_stopped(reason, choice):
            in_digest = choices.goes_in_digest(reason, choice)
            due = planning.due(reason, max(one.moment, at), in_digest=in_digest)
            made.append(_new(reason, one, due, in_digest, at))
    tables.notices().bulk_create(made, ignore_conflicts=True, batch_size=200)
    if made:
        transaction.on_commit(planning.ring_all, robust=True)
    return len(made)


def _names(about: Collection[Model]) -> list[str]:
    return [planning.name_of(row) for row in about]


def _told_apart(standing: Any) -> tuple[dict[tuple[str, str, str], Any], set[tuple[str, str, str, str]]]:
    """What may still be changed, and what has left or is leaving."""
    planned, told = {}, set()
    for row in standing.order_by("pk"):
        key = row.about, row.fact.partition(" ")[0], row.email
        if row.status == MessageStatus.QUEUED:
            planned[key] = row
        else:
            told.add((*key, row.fact))
    return planned, told


def _new(reason: Reason, one: Wanted, due: datetime.datetime, in_digest: bool, at: datetime.datetime) -> Any:
    return tables.notices().model(
        reason=reason.key,
        about=planning.name_of(one.about),
        fact=one.whole_fact,
        email=one.email,
        user=one.user,
        subject=one.subject[:300],
        planned_at=at,
        send_after=due,
        in_digest=in_digest,
        message_id=planning.new_message_id(),
    )
