"""Notices are planned in the transaction of what they tell, moved and taken back as that changes."""

import datetime
import secrets
from collections.abc import Iterable
from functools import partial
from typing import Any

from celery import current_app
from django.conf import settings
from django.db import transaction
from django.db.models import Max, Model, QuerySet
from django.utils import timezone

from rcro_portal.lib.notices import choices, quiet_hours, tables
from rcro_portal.lib.notices.messages import TAKEN_BACK
from rcro_portal.lib.notices.reasons import Reason


def name_of(row: Model) -> str:
    """How a notice names the row that it is about."""
    return f"{row._meta.label_lower}:{row.pk}"


def pk_in(name: str) -> int:
    """The primary key in such a name."""
    return int(name.rpartition(":")[2])


def plan(
    *,
    reason: Reason,
    about: Model,
    email: str,
    subject: str,
    at: datetime.datetime,
    user: Any = None,
    fact: str = "",
    not_before: datetime.datetime | None = None,
    here: bool = False,
) -> Any:
    """The row of one message, made once: the same fact is told to the same address once.

    ``here``: the caller sends it itself (``telling.tell_here``), so no worker is rung. None where the address has
    stopped what the reason tells.
    """
    email = email.strip().lower()
    choice = choices.of([email]).get(email) if reason.asks_choice else None
    if choices.is_stopped(reason, choice):
        return None
    in_digest = choices.goes_in_digest(reason, choice)
    moment = due(reason, max(at, not_before or at), in_digest=in_digest)
    told = {"reason": reason.key, "about": name_of(about), "fact": fact, "email": email}
    made = {"user": user, "subject": subject[:300], "planned_at": at, "send_after": moment, "in_digest": in_digest}
    row, is_new = tables.notices().standing().get_or_create(**told, defaults={**made, "message_id": new_message_id()})
    if is_new and not here and not in_digest and moment <= at:
        ring(row.pk)
    return row


def move(*, reason: Reason, about: Model, to: datetime.datetime, fact: str = "") -> int:
    """What was planned goes at another moment; how many messages that is. What has left stays as it is."""
    rows = planned(reason=reason, about=about).filter(fact=fact)
    return sum(
        rows.filter(in_digest=waits).update(send_after=due(reason, to, in_digest=waits), within=None)
        for waits in (True, False)
    )


def take_back(*, at: datetime.datetime, because: str, reason: Reason | None = None, about: Model | None = None) -> int:
    """What was planned goes never; how many messages that is. ``because`` stays in the row, in words for people."""
    rows = planned(reason=reason, about=about)
    return rows.update(status=TAKEN_BACK, taken_back_at=at, error=because)


def last_told(reason: Reason, rows: Iterable[Model], *, term: str = "") -> dict[int, datetime.date]:
    """On which day somebody was last told of each of these rows, all of one table, for this reason: by their keys.

    ``term``: of this one alone, as facts name it (``following.Wanted``).
    """
    said = tables.notices().standing().filter(reason=reason.key, about__in=[name_of(row) for row in rows])
    if term:
        said = said.filter(fact__endswith=f" {term}")
    days = said.order_by().values_list("about").annotate(Max("planned_at"))
    return {pk_in(about): timezone.localdate(at) for about, at in days}


def planned(*, reason: Reason | None = None, about: Model | None = None) -> QuerySet:
    """Not begun yet: of a reason, about a row, or both."""
    rows = tables.notices().planned()
    if reason:
        rows = rows.filter(reason=reason.key)
    return rows.filter(about=name_of(about)) if about else rows


def due(reason: Reason, moment: datetime.datetime, *, in_digest: bool) -> datetime.datetime:
    """When what is to be told from that moment on leaves."""
    if in_digest:
        return quiet_hours.next_morning(moment)
    return moment if reason.by_night else quiet_hours.by_day(moment)


def new_message_id() -> str:
    """With a secret part: a bounce is believed by it."""
    return f"<notice.{secrets.token_hex(12)}@{settings.MAIL_DOMAIN}>"


def ring(pk: int) -> None:
    """A worker sends it once the transaction stands."""
    transaction.on_commit(partial(_ring, pk), robust=True)


def _ring(pk: int) -> None:
    current_app.send_task("centers.tasks.tell", (pk,), ignore_result=True)


def ring_all() -> None:
    """A worker looks at all that is due: for many messages planned at once."""
    current_app.send_task("centers.tasks.tell_due", ignore_result=True, expires=60)
