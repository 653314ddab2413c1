"""The status of many centres extended by one act, and taken back within the minute."""

import datetime
from typing import Any

import pytest
from django.test import Client

from centers.models import StatusChange, StatusGrant
from centers.organizations import extension
from rcro_portal.models import BulkEdit
from tests.factories.centers import CenterFactory, CoordinatorFactory, StatusGrantFactory, coordinator, staff
from tests.untouched import nothing_changes

pytestmark = pytest.mark.django_db
BULK = "/centers/bulk/"
ACT = {"act_number": "17-р", "act_on": "2026-01-20", "until": "2028-12-31", "why": "Распоряжение", "key": "4" * 32}


@pytest.fixture
def methodist(client: Client) -> Client:
    client.force_login(staff("methodist"))
    return client


def looked_at(client: Client, *centers: Any, **sent: Any) -> tuple[Any, dict[str, Any]]:
    sent = {"row": [center.pk for center in centers], **ACT, **sent}
    with nothing_changes():
        page = client.post(BULK, sent)
    return page, {**sent, "seen": page.context["seen"]}


def days() -> list[Any]:
    return list(StatusGrant.objects.order_by("pk").values_list("until", flat=True))


def test_extended_by_one_act_and_taken_back(methodist: Client) -> None:
    grants = [StatusGrantFactory(until="2026-12-31"), StatusGrantFactory(until="2027-06-30")]
    before = days()
    page, sent = looked_at(methodist, *(grant.center for grant in grants))
    assert "31.12.2026</s> → 31.12.2028" in page.text
    methodist.post(BULK, sent)
    assert days() == [datetime.date(2028, 12, 31)] * 2
    assert set(StatusChange.objects.values_list("act", "act_number")) == {("extended", "17-р")}
    methodist.post(BULK, {"undo": BulkEdit.objects.get().pk})
    assert (days(), StatusChange.objects.count()) == (before, 0)


def test_what_is_not_extended_says_why(methodist: Client) -> None:
    endless, over = StatusGrantFactory(until=None), StatusGrantFactory(until="2021-12-31")
    later, never = StatusGrantFactory(until="2030-12-31"), CenterFactory()
    never.grants.all().delete()
    page, sent = looked_at(methodist, endless.center, over.center, later.center, never)
    said = {line.row.pk: line.refusal for line in page.context["lines"]}
    assert said == {
        endless.center_id: "Статус присвоен без последнего дня: продлевать нечего.",
        over.center_id: extension.LONG_OVER,
        later.center_id: "Продлить можно на день позже 31.12.2030.",
        never.pk: extension.NEVER_GIVEN,
    }
    assert sent["seen"] == ""


def test_what_leans_on_the_new_day_by_now_is_not_taken_back(methodist: Client) -> None:
    grant = StatusGrantFactory(since="2020-01-01", until="2026-12-31")
    _, sent = looked_at(methodist, grant.center)
    methodist.post(BULK, sent)
    CoordinatorFactory(center=grant.center, since="2027-02-01", until="2027-06-30")
    with nothing_changes():
        assert methodist.post(BULK, {"undo": BulkEdit.objects.get().pk}).status_code == 409


def test_an_act_that_is_entered_already_is_not_entered_again(methodist: Client) -> None:
    grant = StatusGrantFactory(until="2026-12-31")
    methodist.post(BULK, looked_at(methodist, grant.center)[1])
    page, sent = looked_at(methodist, grant.center, until="2029-12-31", key="5" * 32)
    assert ([line.refusal for line in page.context["lines"]], sent["seen"]) == ([extension.ENTERED], "")


@pytest.mark.same_on_both("as many queries are asked of either")
def test_many_centres_are_looked_at_by_as_many_queries_as_one(
    methodist: Client, django_assert_max_num_queries: Any
) -> None:
    grants = [StatusGrantFactory(until="2026-12-31") for _ in range(3)]
    CoordinatorFactory(center=grants[0].center, since="2020-01-01", until="2021-12-31")
    counted = []
    for some in (grants[:1], grants):
        with django_assert_max_num_queries(12) as asked:
            methodist.post(BULK, {"row": [grant.center_id for grant in some], **ACT})
        counted.append(len(asked))
    assert counted[0] == counted[1]


def test_a_coordinator_extends_nothing(client: Client) -> None:
    client.force_login(coordinator())
    assert client.post(BULK, {"row": StatusGrantFactory().center_id, **ACT}).status_code == 403
