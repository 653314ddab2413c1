"""What happened to commitments, for those who are told of it: called by verbs, in the transaction of the fact.

Each call leaves of the reminders what is true after it. Many rows are read with ``organization__center`` and
``outcome__event``, else their relations are asked one by one.
"""

import datetime
from collections.abc import Collection

from events.models import Commitment
from events.telling import commitments as telling

ANSWERED, ACCEPTED, WITHDRAWN = "Ответ направлен.", "Поручение принято.", "Поручение снято."
MOVED, TAKEN_BACK, GIVEN = "Срок перенесён.", "Перенос срока отменён.", "Поручение изменено."
FOLLOWS = "Исполнение направлено или принято."


def given(commitments: Collection[Commitment], *, at: datetime.datetime) -> None:
    """Opened or worded anew by a letter, whose own mail tells it: they are reminded of from now on."""
    telling.follow(commitments, because=GIVEN, at=at)


def withdrawn(commitments: Collection[Commitment], *, at: datetime.datetime) -> None:
    """By a letter, whose own mail tells it: they are reminded of no more."""
    telling.follow(commitments, because=WITHDRAWN, at=at)


def answered(commitment: Commitment, *, at: datetime.datetime) -> None:
    """It waits for the methodist: whoever answered is reminded no more."""
    telling.follow([commitment], because=ANSWERED, at=at)


def accepted(commitment: Commitment, *, at: datetime.datetime) -> None:
    telling.follow([commitment], because=ACCEPTED, at=at)
    telling.tell(telling.ACCEPTED, [commitment], subject="Ответ принят", at=at)


def moved_by_others(commitment: Commitment, *, at: datetime.datetime) -> None:
    """By what fulfils it, which tells of itself: only the reminders follow."""
    telling.follow([commitment], because=FOLLOWS, at=at)


def returned(commitment: Commitment, *, at: datetime.datetime) -> None:
    """The remark is that of the step. The term stands, so its reminders come again."""
    telling.follow([commitment], because=GIVEN, at=at)
    telling.tell(telling.RETURNED, [commitment], subject="Ответ возвращён", at=at)


def term_moved(
    commitments: Collection[Commitment], *, at: datetime.datetime, tell_from: datetime.datetime | None = None
) -> None:
    """Another term was granted or set, ``due_on`` is the new one; the reason is the note of the step.

    ``tell_from``: until then the move may still be taken back, so nobody is written to earlier.
    """
    telling.follow(commitments, because=MOVED, at=at)
    telling.tell(telling.MOVED, commitments, subject="Срок перенесён", at=at, tell_from=tell_from)


def term_move_taken_back(
    commitments: Collection[Commitment], *, moved_at: datetime.datetime, at: datetime.datetime
) -> None:
    """The former term stands again, ``due_on`` is that one; of the move nobody was told yet."""
    telling.unsay(telling.MOVED, commitments, fact=moved_at.isoformat(), because=TAKEN_BACK, at=at)
    telling.follow(commitments, because=TAKEN_BACK, at=at)


def term_refused(commitment: Commitment, *, at: datetime.datetime) -> None:
    telling.tell(telling.REFUSED, [commitment], subject="Срок прежний", at=at)


def asked_for_term(commitment: Commitment, *, at: datetime.datetime) -> None:
    """Those who plan in the department that set the term are asked to decide."""
    telling.ask_for_term(commitment, at=at)


def reminded(commitments: Collection[Commitment], *, at: datetime.datetime) -> int:
    """By hand, of those who still owe an answer; how many messages that is. At most once a day to one address."""
    return telling.remind(commitments, at=at)
