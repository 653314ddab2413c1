"""Forty-seven centres, forty-one of them present: what marking them costs, and what a lost connection does to it."""

import json
import re

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from centers.models import Center
from events.models import Attendance, Event
from tests.browser import acts
from tests.browser.conftest import Visits
from tests.browser.hand import Hand
from tests.browser.network import Network
from tests.factories import centers as people
from tests.factories import events
from tests.pace import Stopwatch

PRESSES, SECONDS, ALL, ABSENT = 10, 10, 47, 6
# The first is where the network's own centres are.
DISTRICTS = {
    "zarechny": "Заречный",
    "kedrovy": "Кедровый",
    "lugovoy": "Луговой",
    "severny": "Северный",
    "ozyorny": "Озёрный",
    "lesnoy": "Лесной",
}


@pytest.fixture
def webinar(network: Network) -> Event:
    """Of the whole network, in six municipalities."""
    for number in range(ALL - len(network.centers)):
        code, name = list(DISTRICTS.items())[number % len(DISTRICTS)]
        municipality = people.MunicipalityFactory(code=code, name=f"{name} район")
        people.CoordinatorFactory(center__organization__municipality=municipality)
    return events.announced(starts_at=timezone.now(), department=network.office.department)


def opened(visits: Visits, network: Network, event: Event) -> Page:
    page = visits().page
    acts.log_in(page, network.office.methodist)
    page.goto(f"/events/{event.pk}/")
    return page


def tick(page: Page, center: Center) -> Locator:
    return page.locator(f"#tick-{center.pk}")


def count_is(page: Page, number: int) -> None:
    expect(page.locator("[data-count]")).to_have_text(str(number))


def test_forty_seven_are_marked_in_ten_presses(network: Network, visits: Visits, webinar: Event) -> None:
    page, hand = opened(visits, network, webinar), Hand()
    absent = list(Center.objects.order_by("pk")[10 : 10 + ABSENT])
    watch = Stopwatch()
    hand.press(page.get_by_role("link", name="Отметить участников"))
    hand.press(page.get_by_role("button", name="Отметить всех"))
    for center in absent:
        hand.press(tick(page, center))
    count_is(page, ALL - ABSENT)
    hand.press(page.get_by_role("link", name="Готово"))
    page.wait_for_url(f"**/events/{webinar.pk}/")
    assert watch.within(SECONDS)
    assert hand.clicks <= PRESSES
    present = set(Attendance.objects.present().values_list("center", flat=True))
    assert present == set(Center.objects.values_list("pk", flat=True)) - {center.pk for center in absent}


def test_ticks_without_a_connection_are_kept_and_sent_in_order(
    network: Network, visits: Visits, webinar: Event
) -> None:
    visitor = visits()
    page = visitor.page
    acts.log_in(page, network.office.methodist)
    first, second, third = Center.objects.order_by("pk")[:3]
    page.goto(f"/events/{webinar.pk}/attendance/")
    visitor.lose_connection()
    for center in (first, second, third, second):
        tick(page, center).click()
    expect(page.locator(".marks-bar__waits")).to_contain_text("Ещё не сохранено: 3. Нет связи")
    expect(tick(page, first)).to_be_checked()
    count_is(page, 0)
    queue = page.evaluate("Object.values({...localStorage}).filter((one) => one.startsWith('[['))")
    assert [json.loads(one) for one in queue] == [
        [[str(center.pk), {"present": present, "seen": ""}] for center, present in order]
        for order in [[(first, True), (third, True), (second, False)]]
    ]
    visitor.find_connection()
    count_is(page, 2)
    expect(page.locator(".marks-bar__waits")).to_be_empty()
    assert set(Attendance.objects.present().values_list("center", flat=True)) == {first.pk, third.pk}


def test_list_narrows_as_one_types(network: Network, visits: Visits, webinar: Event) -> None:
    """By centre, person or municipality; what is found can be marked at once, the only one by Enter."""
    page = opened(visits, network, webinar)
    page.goto(f"/events/{webinar.pk}/attendance/")
    search = page.get_by_role("searchbox")
    search.fill("озерный")
    expect(page.get_by_role("button", name="Отметить найденных: 7")).to_be_visible()
    page.get_by_role("button", name="Отметить найденных: 7").click()
    count_is(page, 7)
    search.fill("зимина исток")
    search.press("Enter")
    count_is(page, 8)
    expect(tick(page, network.centers[0])).to_be_checked()
    search.fill("")
    page.get_by_role("button", name=re.compile("всех.*Луговой район")).click()
    count_is(page, 15)
    page.get_by_role("button", name="Отменить").click()
    count_is(page, 8)
