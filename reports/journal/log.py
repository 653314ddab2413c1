"""What people did with rows of the register, written in the transaction that did it.

Kept among Django's log of acts, which shows them to support as well.
"""

import datetime
from collections.abc import Sequence
from typing import NamedTuple

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet

from centers.models import User
from reports.models import RegisterEntry

# Acts of former days end with the key of their form.
_KEY = "\nform:"


class Act(NamedTuple):
    words: str
    by: User
    at: datetime.datetime


def write(entries: Sequence[RegisterEntry], words: str, *, by: User, at: datetime.datetime, made: bool = False) -> None:
    """One act for each row; ``made`` where it is the one that made the row."""
    of_rows = ContentType.objects.get_for_model(RegisterEntry)
    LogEntry.objects.bulk_create(
        LogEntry(
            user=by,
            action_time=at,
            content_type=of_rows,
            object_id=str(entry.pk),
            object_repr=str(entry)[:200],
            action_flag=ADDITION if made else CHANGE,
            change_message=words,
        )
        for entry in entries
    )


def history_of(entry: RegisterEntry) -> list[Act]:
    """The row's history, the first act first."""
    rows = _acts().filter(object_id=str(entry.pk)).select_related("user__person").order_by("action_time", "pk")
    return [Act(row.change_message.split(_KEY)[0], row.user, row.action_time) for row in rows]


def _acts() -> "QuerySet[LogEntry]":
    return LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(RegisterEntry))
