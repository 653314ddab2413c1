"""A busy director with a telephone: a letter is read as text, and from home to «Подписано» it is three taps."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser import acts
from tests.browser.conftest import Visits
from tests.browser.hand import Hand
from tests.browser.network import Network
from tests.browser.visitor import PHONE
from tests.factories import letters
from tests.factories.reports import KEY_PASSWORD

SUBJECT, TAPS = "Об итогах вебинара о лабораториях", 3


def test_director_signs_in_three_taps(network: Network, visits: Visits) -> None:
    letters.approved(network.office, subject_line=SUBJECT)
    page, thumb = visits(viewport=PHONE, has_touch=True).page, Hand()
    acts.log_in(page, network.office.director)
    thumb.press(acts.section(page, "На подпись").get_by_role("link", name=re.compile(SUBJECT)))

    text = page.locator(".letter-pages__text")
    expect(text).to_contain_text("Уважаемые коллеги!")
    assert size_of(text) >= 16
    assert place(text)["y"] < place(page.get_by_role("img", name="страница 1").first)["y"]
    within_reach(page, page.get_by_role("button", name="К подписанию"))
    thumb.press(page.get_by_role("button", name="К подписанию"))

    expect(page.locator(".big-number")).to_contain_text("№ 1", timeout=60_000)
    password = page.get_by_label("Пароль ключа")
    within_reach(page, password)
    within_reach(page, page.get_by_role("button", name="Подписать"))
    thumb.write(password, KEY_PASSWORD)
    password.press("Enter")
    acts.told(page, "Подписано. Исх. № 1 от ")
    assert thumb.clicks <= TAPS


def place(part: Locator) -> dict[str, float]:
    box = part.bounding_box()
    assert box is not None
    return dict(box)


def size_of(text: Locator) -> float:
    """Of its letters, in CSS pixels."""
    return float(text.evaluate("element => parseFloat(getComputedStyle(element).fontSize)"))


def within_reach(page: Page, act: Locator) -> None:
    """It stands in the lower half of the window without scrolling, and nothing lies over it."""
    expect(act).to_be_in_viewport()
    box = place(act)
    assert box["y"] > PHONE["height"] / 2
    assert box["y"] + box["height"] <= PHONE["height"]
    assert page.evaluate("scrollY") == 0
