"""A request for information, its questions and what centres answer."""

import datetime
from typing import Any

import factory
from factory.django import DjangoModelFactory

from centers.models import Center, User
from events.models import DataQuestion, DataRequest, DataSheet
from events.requests import requests, sheets
from tests.factories.centers import CenterFactory, PersonFactory, coordinator, staff
from tests.factories.moments import DUE_ON, SENT_AT

ANSWERED_AT = SENT_AT + datetime.timedelta(days=2)
REVIEWED_AT = SENT_AT + datetime.timedelta(days=3)


class DataRequestFactory(DjangoModelFactory):
    class Meta:
        model = DataRequest

    title = factory.Sequence(lambda n: f"Сведения о работе центров, {n}")
    as_of = datetime.date(2026, 3, 1)
    due_on = DUE_ON
    setter = factory.SubFactory(PersonFactory)


class DataQuestionFactory(DjangoModelFactory):
    """A number that may be left out."""

    class Meta:
        model = DataQuestion

    request = factory.SubFactory(DataRequestFactory)
    position = factory.Sequence(lambda n: n + 1)
    key = factory.Sequence(lambda n: f"q{n:08x}")
    label = factory.Sequence(lambda n: f"Сколько приборов, {n}")
    required = False


def asked(*centers: Center, questions: tuple[dict[str, Any], ...] = ({},), **fields: Any) -> list[DataSheet]:
    """The sheets of a request that was sent to these centres, one where none are named."""
    request = DataRequestFactory(**fields)
    for question in questions:
        DataQuestionFactory(request=request, **question)
    return sent(request, *centers)


def sent(request: DataRequest, *centers: Center) -> list[DataSheet]:
    return requests.send(request=request, centers=centers or (CenterFactory(),), by=staff("methodist"), at=SENT_AT)


def write(sheet: DataSheet, **answers: str) -> DataSheet:
    """As the editor would have saved it; by the keys of questions, or «answer» for the only one."""
    if "answer" in answers:
        answers = {sheet.request.questions.get().key: answers["answer"]}
    DataSheet.objects.filter(pk=sheet.pk).update(answers={**sheet.answers, **answers})
    return DataSheet.objects.get(pk=sheet.pk)


def submitted(sheet: DataSheet, *, by: User | None = None, **answers: str) -> DataSheet:
    """By its coordinator, invented unless named."""
    row = write(sheet, **answers)
    sheets.submit(sheet=row, version=row.version, by=by or coordinator(row.center), at=ANSWERED_AT)
    return row


def accepted(sheet: DataSheet, *, by: User | None = None, **answers: str) -> DataSheet:
    row = submitted(sheet, by=by, **answers)
    sheets.accept(sheet=row, version=row.version, by=staff("methodist"), at=REVIEWED_AT)
    return row
