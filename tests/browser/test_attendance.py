"""Who was there, marked by two people at once: each tick is saved by itself, and nobody undoes the other."""

import re

from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from events.models import Attendance, Event
from tests.browser import acts
from tests.browser.conftest import Visits
from tests.browser.network import Network
from tests.factories import events


def tick(page: Page, center: object) -> Locator:
    return page.get_by_role("checkbox", name=re.compile(f"Участвует.*{re.escape(str(center))}"))


def count_is(page: Page, number: int) -> None:
    expect(page.get_by_text(f"Отмечено участников: {number}", exact=False)).to_be_visible()


def test_two_methodists_mark_at_once(network: Network, visits: Visits) -> None:
    first_center, second_center, _ = network.centers
    event = events.announced(starts_at=timezone.now(), department=network.office.department)
    first, second = visits().page, visits().page
    for page, user in ((first, network.office.methodist), (second, network.office.head)):
        acts.log_in(page, user)
        page.goto(f"/events/{event.pk}/attendance/")
        count_is(page, 0)

    tick(first, first_center).click()
    count_is(first, 1)
    expect(tick(first, first_center)).to_be_focused()
    tick(second, second_center).click()
    count_is(second, 2)
    expect(tick(second, first_center)).to_be_checked()
    assert set(Attendance.objects.values_list("center", flat=True)) == {first_center.pk, second_center.pk}
    assert Event.objects.get().status == "held"

    first.get_by_role("button", name="Отменить").first.click()
    count_is(first, 1)
    expect(first.get_by_role("status").filter(has_text="Отметка снята: Зимина А.Р.")).to_be_visible()
    expect(tick(first, second_center)).to_be_checked()
    first.get_by_role("button", name="Отменить").first.click()
    count_is(first, 2)
    assert Attendance.objects.present().count() == 2


def test_ticks_in_quick_succession_are_all_shown(network: Network, visits: Visits) -> None:
    event = events.announced(starts_at=timezone.now(), department=network.office.department)
    page = visits().page
    acts.log_in(page, network.office.methodist)
    page.goto(f"/events/{event.pk}/attendance/")
    page.evaluate("document.querySelectorAll('button.tick').forEach(tick => tick.click())")
    count_is(page, 3)
    for center in network.centers:
        expect(tick(page, center)).to_be_checked()
    page.evaluate("document.querySelectorAll('button.tick').forEach(tick => tick.click())")
    count_is(page, 0)
    assert not Attendance.objects.present().exists()


def test_ticks_work_without_scripts(network: Network, visits: Visits) -> None:
    event = events.announced(starts_at=timezone.now(), department=network.office.department)
    page = visits(java_script_enabled=False).page
    acts.log_in(page, network.office.methodist)
    page.goto(f"/events/{event.pk}/attendance/")
    tick(page, network.centers[0]).click()
    acts.told(page, "Участвует: Зимина А.Р., Лицей «Исток».")
    expect(tick(page, network.centers[0])).to_be_checked()
