"""Somebody at a browser: a window of their own, and whatever goes wrong behind the page is remembered."""

import re
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Page, Request

DESK, PHONE = {"width": 1366, "height": 900}, {"width": 390, "height": 844}
# A desk at four times the size, or the smallest telephone (WCAG 2.2, 1.4.10).
NARROW = {"width": 320, "height": 640}
REFUSED = re.compile(r"Failed to load resource: the server responded with a status of (\d{3})")
CUT_OFF = re.compile(r"net::ERR_INTERNET_DISCONNECTED|htmx:error: Failed to fetch")
PATIENCE_MS = 90_000


class Visitor:
    """One person's window; ``page`` is what they look at, ``troubles`` what nobody may see in the console.

    Motion is reduced: a smooth scroll takes time, and a place measured on its way is nobody's.
    """

    def __init__(self, browser: Browser, portal_url: str, **options: Any) -> None:
        window = {"viewport": DESK, "locale": "ru-RU", "timezone_id": "Asia/Tomsk", "reduced_motion": "reduce"}
        self.context = browser.new_context(base_url=portal_url, **(window | options))
        self.context.set_default_timeout(PATIENCE_MS)
        self.troubles: list[str] = []
        self._portal_url = portal_url
        self._expected: list[str] = []
        self._allowed: set[str] = set()
        self.context.on("request", self._note_request)
        self.context.on("console", self._note_console)
        self.context.on("weberror", lambda error: self.troubles.append(f"uncaught: {error.error}"))
        self.page: Page = self.context.new_page()

    def expect_refusal(self, status: int) -> None:
        """The next page with that status is meant; Chromium writes each of them into the console."""
        self._expected.append(str(status))

    def allow_refusals(self, status: int) -> None:
        """From now on any number of pages with that status is meant: how often a page tries again is its own matter."""
        self._allowed.add(str(status))

    def lose_connection(self) -> None:
        """Chromium and htmx write of every request that fails; until the connection is found, that is meant."""
        self.context.set_offline(True)

    def find_connection(self) -> None:
        self.context.set_offline(False)
        self.troubles = [trouble for trouble in self.troubles if not CUT_OFF.search(trouble)]

    def _note_console(self, message: ConsoleMessage) -> None:
        if message.type not in ("error", "warning"):
            return
        refused = REFUSED.match(message.text)
        if refused and refused[1] in self._allowed:
            return
        if refused and refused[1] in self._expected:
            self._expected.remove(refused[1])
        else:
            self.troubles.append(f"console: {message.text} ({message.location.get('url', '')})")

    def _note_request(self, request: Request) -> None:
        if not request.url.startswith((self._portal_url, "data:")):
            self.troubles.append(f"asked another host: {request.url}")

    def take_troubles(self) -> list[str]:
        """What went wrong since it was asked last, and the meant refusals that did not come."""
        troubles = [*self.troubles, *(f"no page with status {status}" for status in self._expected)]
        self.troubles, self._expected = [], []
        return troubles

    def leave(self) -> None:
        """Close the window; AssertionError if anything went wrong while it was open."""
        self.context.close()
        troubles = self.take_troubles()
        assert not troubles, "\n".join(troubles)
