"""What people did with rows of the journal, written in the transaction that did it; the keys of forms already sent.

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

_KEY = "form:"


class Act(NamedTuple):
    words: str
    by: User
    at: datetime.datetime


def write(entries: Sequence[RegisterEntry], words: str, *, by: User, at: datetime.datetime, key: str = "") -> None:
    """One act for each row. ``key`` says by which form the rows were made, so that they are made once."""
    of_rows = ContentType.objects.get_for_model(RegisterEntry)
    LogEntry.objects.bulk_create(
        LogEntry(
            user=by,
            action_time=at,
            content_type=of_rows,
            object_id=str(entry.pk),
            object_repr=str(entry)[:200],
            action_flag=ADDITION if key else CHANGE,
            change_message=f"{words}\n{_KEY}{key}" if key else words,
        )
        for entry in entries
    )


def given(key: str, by: User) -> list[RegisterEntry]:
    """The rows that this person's form has made already."""
    if not key:
        return []
    made = _acts().filter(user=by, action_flag=ADDITION, change_message__endswith=f"\n{_KEY}{key}")
    keys = [int(pk) for pk in made.values_list("object_id", flat=True) if pk]
    return list(RegisterEntry.objects.filter(pk__in=keys).order_by("sequence", "suffix"))


def of(entry: RegisterEntry) -> list[Act]:
    """The row's history, the first act first."""
    rows = _acts().filter(object_id=str(entry.pk)).select_related("user__person").order_by("action_time", "pk")
    return [Act(row.change_message.split(f"\n{_KEY}")[0], row.user, row.action_time) for row in rows]


def _acts() -> "QuerySet[LogEntry]":
    return LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(RegisterEntry))
