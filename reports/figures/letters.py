"""Figures of the institution's own letters."""

import datetime
from collections.abc import Mapping

from django.db.models import QuerySet

from reports.figures import listings
from reports.figures.nouns import NOUNS
from reports.figures.query import Query
from reports.models import Letter
from reports.models.letter import LetterStatus


def _sent(*, since: datetime.date, until: datetime.date) -> QuerySet:
    sent = Letter.objects.filter(status=LetterStatus.SENT)
    return sent.filter(entry__registered_on__gte=since, entry__registered_on__lte=until)


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
}
