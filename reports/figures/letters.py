"""Figures of the institution's own letters."""

import datetime
from collections.abc import Mapping

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce, TruncDate

from rcro_portal.lib.whole_days import WholeDays
from reports.figures import listings
from reports.figures.nouns import NOUNS
from reports.figures.query import Query
from reports.models import Letter
from reports.models.letter import LetterStatus


def _sent(*, since: datetime.date, until: datetime.date) -> QuerySet:
    sent = Letter.objects.filter(status=LetterStatus.SENT)
    return sent.filter(entry__registered_on__gte=since, entry__registered_on__lte=until)


def _after_events(*, since: datetime.date, until: datetime.date) -> QuerySet:
    """First letters of outcomes, with ``days`` from the last day of the event; what replaces one was no first word."""
    last_day = TruncDate(Coalesce("outcome__event__ends_at", "outcome__event__starts_at"))
    first = _sent(since=since, until=until).filter(outcome__isnull=False, replaces=None)
    return first.annotate(days=WholeDays(F("entry__registered_on"), last_day)).filter(days__gte=0)


QUERIES: Mapping[str, Query] = {
    "letters_sent": Query(
        title="Отправленные письма",
        describes="письма портала, отправленные центрам, с датой в этом периоде",
        over="period",
        noun=NOUNS["letter"],
        rows=_sent,
        listing=listings.LETTERS,
        listed=listings.of_period("reports:letter-list", status=LetterStatus.SENT.value),
    ),
    "days_to_letter": Query(
        title="Дней от мероприятия до письма",
        describes="медиана дней от последнего дня мероприятия до даты письма о его итогах, по письмам этого периода",
        over="period",
        noun=NOUNS["day"],
        rows=_after_events,
        column="days",
        middle=True,
        dated_by="entry__registered_on",
        listing=listings.LETTERS,
    ),
}
