"""A key of the browser's own: added on the page, and by it alone one is in again."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import acts
from tests.browser.visitor import Visitor
from tests.browser.web import Web
from tests.factories.centers import PASSWORD, confirmed, coordinator

# What a laptop has in itself: it keeps keys, and has just seen its owner's finger.
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def page(transactional_db: None, demo: None, web: Web, chromium: Browser) -> Iterator[Page]:
    """By a name: no key is bound to a number of the network."""
    visitor = Visitor(chromium, web.url.replace("127.0.0.1", "localhost"))
    yield visitor.page
    visitor.leave()


def test_key_is_added_and_opens_the_portal_without_a_password(page: Page) -> None:
    user = confirmed(coordinator())
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    device = tools.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})["authenticatorId"]

    acts.log_in(page, user)
    page.goto("/accounts/2fa/")
    page.get_by_role("link", name="Добавить ключ доступа").click()
    page.get_by_label("Пароль").fill(PASSWORD)
    page.get_by_role("button", name="Подтвердить").click()
    page.get_by_label("Название").fill("Ноутбук")
    page.get_by_role("button", name="Создать ключ доступа").click()
    acts.told(page, "Ключ доступа добавлен")

    page.context.clear_cookies()
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Войти с ключом доступа").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(acts.HOME)

    page.context.clear_cookies()
    tools.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Войти с ключом доступа").click()
    expect(page.get_by_role("alert")).to_have_text(re.compile("Ключ не подтверждён"))
