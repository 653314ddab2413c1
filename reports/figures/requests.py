"""Figures of yearly requests: what centres answered to a question, as it was accepted."""

from collections.abc import Mapping

from django.db.models import QuerySet

from centers.models import Center
from events.models import DataAnswer
from events.models.request_sheet import SheetStatus
from reports.figures import listings
from reports.figures.declension import BARE, HUNDREDTHS
from reports.figures.nouns import NOUNS
from reports.figures.query import Query


def _accepted(*, question: int) -> QuerySet:
    return DataAnswer.objects.filter(question=question, sheet__status=SheetStatus.ACCEPTED)


def _with_number(*, question: int) -> QuerySet:
    return _accepted(question=question).filter(number__isnull=False)


def _with_amount(*, question: int) -> QuerySet:
    return _accepted(question=question).filter(amount__isnull=False)


def _answering(*, question: int) -> QuerySet:
    return Center.objects.filter(pk__in=_accepted(question=question).values("sheet__center"))


QUERIES: Mapping[str, Query] = {
    "request_sum": Query(
        title="Сумма ответов на вопрос запроса",
        describes="сумма принятых ответов центров на вопрос о числе или списке; слово после числа пишут сами",
        over="question",
        sums_counts=True,
        noun=BARE,
        rows=_with_number,
        column="number",
        listing=listings.DATA_ANSWERS,
    ),
    "request_amount": Query(
        title="Сумма ответов с долями на вопрос запроса",
        describes="сумма принятых ответов центров на вопрос о числе с долями; единицу после числа пишут сами",
        over="question",
        sums_counts=True,
        noun=HUNDREDTHS,
        rows=_with_amount,
        column="amount",
        hundredths=True,
        listing=listings.DATA_ANSWERS,
    ),
    "request_centers": Query(
        title="РВЦИ, ответившие на вопрос запроса",
        describes="РВЦИ, чей ответ на этот вопрос запроса сведений принят",
        over="question",
        noun=NOUNS["center"],
        rows=_answering,
        listing=listings.CENTERS,
    ),
}
