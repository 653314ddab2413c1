"""What an address chooses: what was planned for it follows at once."""

import datetime
from typing import Any

from django.db.models import Exists, OuterRef

from rcro_portal.lib.notices import choices, planning, reasons, tables

TOLD_THERE = "На новый адрес об этом уже написано."
STOPPED = "Получатель отказался от напоминаний."


def choose(*, email: str, way: str, stops: bool, at: datetime.datetime) -> None:
    """What was planned for the address follows at once; reminders taken up again come with the next night's look."""
    row = tables.mail_choices().filter(email=email).first()
    since = row.stopped_at if row and row.stopped_at else at
    values = {"way": way, "stopped_at": since if stops else None, "changed_at": at}
    choice, _ = tables.mail_choices().update_or_create(email=email, defaults=values)
    for reason in reasons.every_reason():
        if reason.by_choice or reason.may_stop:
            _follow(reason, choice, at)


def stop(*, email: str, at: datetime.datetime) -> None:
    """By one press; pressed again it changes nothing."""
    row = tables.mail_choices().filter(email=email).first()
    if row is None or row.stopped_at is None:
        choose(email=email, way=row.way if row else "", stops=True, at=at)


def pass_on(*, old: str, new: str, at: datetime.datetime) -> None:
    """Who changes their address keeps what they chose, a choice of the new address itself goes before it; what waits
    goes to the new one, but for what is told of the address itself, and what the new one is told already."""
    moving = [reason.key for reason in reasons.every_reason() if not reason.by_night]
    waiting = tables.notices().planned().filter(email=old, reason__in=moving)
    same = {name: OuterRef(name) for name in ("reason", "about", "fact")}
    told = tables.notices().standing().filter(email=new, **same)
    waiting.filter(Exists(told)).update(status=planning.TAKEN_BACK, taken_back_at=at, error=TOLD_THERE)
    # A digest that was put together for the old address goes without them.
    waiting.update(email=new, within=None)
    if not tables.mail_choices().filter(email=new).exists():
        tables.mail_choices().filter(email=old).update(email=new)


def _follow(reason: reasons.Reason, choice: Any, at: datetime.datetime) -> None:
    waiting = planning.planned(reason=reason).filter(email=choice.email)
    if choices.is_stopped(reason, choice):
        waiting.update(status=planning.TAKEN_BACK, taken_back_at=at, error=STOPPED)
        return
    in_digest = choices.goes_in_digest(reason, choice)
    for row in waiting.exclude(in_digest=in_digest):
        due = planning.due(reason, row.send_after, in_digest=in_digest)
        waiting.filter(pk=row.pk).update(in_digest=in_digest, within=None, send_after=due)
