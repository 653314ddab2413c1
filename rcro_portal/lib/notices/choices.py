"""How an address wants what may wait: at once, in one message each morning, or, of reminders, not at all.

Letters, terms and what happens to an account are told whatever was chosen. Whoever stopped gets no digest either: what
may not be stopped comes to them by itself.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from rcro_portal.lib.notices import reasons, tables

DIGEST, AT_ONCE = "digest", "at_once"
WAYS = (
    ("", "Напоминания – одним письмом утром, остальное – сразу"),
    (DIGEST, "Всё, что может подождать, – одним письмом утром"),
    (AT_ONCE, "Каждое сообщение – отдельным письмом, сразу"),
)


def of(emails: Iterable[str]) -> Mapping[str, Any]:
    """What each address chose, by one query; an address that chose nothing is not in it."""
    return {row.email: row for row in tables.mail_choices().filter(email__in=set(emails))}


def goes_in_digest(reason: reasons.Reason, choice: Any) -> bool:
    if choice is None or not reason.by_choice:
        return reason.in_digest
    if choice.stopped_at:
        return False
    return reason.in_digest if not choice.way else choice.way == DIGEST


def is_stopped(reason: reasons.Reason, choice: Any) -> bool:
    return reason.may_stop and choice is not None and choice.stopped_at is not None
