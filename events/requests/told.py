"""What happened to requests and sheets, for those who are told of it: called by verbs, in the transaction of the fact.

Each call leaves of the reminders what is true after it. Many sheets are read with ``center`` and ``request``.
"""

import datetime
from collections.abc import Collection

from events.models import DataRequest, DataSheet
from events.telling import requests as telling

SENT, SUBMITTED, ACCEPTED = "Запрос разослан.", "Ответы направлены.", "Ответы приняты."
RETURNED, MOVED, EXCUSED, AWAITED = "Ответы возвращены.", "Срок перенесён.", "Ответа не ждут.", "Ответа снова ждут."


def sent(sheets: Collection[DataSheet], *, at: datetime.datetime) -> None:
    telling.follow(sheets, because=SENT, at=at)
    telling.tell(telling.SENT, sheets, subject="Запрос сведений", at=at)


def term_moved(request: DataRequest, *, at: datetime.datetime) -> None:
    rows = list(request.sheets.select_related("center", "request"))
    telling.follow(rows, because=MOVED, at=at)
    telling.tell(telling.MOVED, [row for row in rows if row.is_silent], subject="Срок перенесён", at=at)


def submitted(sheet: DataSheet, *, at: datetime.datetime) -> None:
    """It waits for the methodist, who sees it on the home page: the centre is reminded no more."""
    telling.follow([sheet], because=SUBMITTED, at=at)


def accepted(sheet: DataSheet, *, at: datetime.datetime) -> None:
    telling.follow([sheet], because=ACCEPTED, at=at)
    telling.tell(telling.ACCEPTED, [sheet], subject="Сведения приняты", at=at)


def returned(sheet: DataSheet, *, at: datetime.datetime) -> None:
    """The term stands, so its reminders come again."""
    telling.follow([sheet], because=RETURNED, at=at)
    telling.tell(telling.RETURNED, [sheet], subject="Сведения возвращены", at=at)


def excused(sheet: DataSheet, *, at: datetime.datetime) -> None:
    telling.follow([sheet], because=EXCUSED, at=at)


def awaited(sheet: DataSheet, *, at: datetime.datetime) -> None:
    telling.follow([sheet], because=AWAITED, at=at)


def reminded(sheets: Collection[DataSheet], *, at: datetime.datetime) -> int:
    """By hand; how many messages that is. At most once a day to one address."""
    return telling.remind(sheets, at=at)
