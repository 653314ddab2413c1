"""Every page of the demo, by the role that looks at it: no barrier, one heading, nothing beside the screen."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client, override_settings
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.plugin import DjangoDbBlocker

from centers.models import User
from reports.letters import drawing, letters, signatures
from reports.models import Letter
from reports.models.letter import Way
from tests.browser import axe
from tests.browser.demo_addresses import ACCOUNTS, Address
from tests.browser.demo_pages import PAGES, REFUSALS
from tests.browser.visitor import DESK, NARROW, PHONE, Visitor
from tests.browser.web import Web
from tests.factories import brought
from tests.without_triggers import empty
from tests.worker import Worker

EVERYBODYS_PAGES = [(role, name, address) for role, pages in PAGES.items() for name, address in pages.items()]


class Looking:
    """A window for each role, already logged in."""

    def __init__(self, browser: Browser, web: Web) -> None:
        self._browser, self._web = browser, web
        self._windows: dict[str, Visitor] = {}
        self.url = web.url

    def as_(self, role: str) -> Visitor:
        if role not in self._windows:
            self._windows[role] = Visitor(self._browser, self._web.url)
            if role in ACCOUNTS:
                self._log_in(role)
        return self._windows[role]

    def _log_in(self, role: str) -> None:
        """As after the log-in page, which the road has walked through."""
        client = Client()
        client.force_login(User.objects.get(email=ACCOUNTS[role]))
        name = settings.SESSION_COOKIE_NAME
        cookie = {"name": name, "value": client.cookies[name].value, "url": self._web.url}
        self._windows[role].context.add_cookies([cookie])


@pytest.fixture(scope="module")
def transactional_db(
    web: Web, hired_worker: Worker, django_db_blocker: DjangoDbBlocker, machine_keys_dir: Path
) -> Iterator[None]:
    """The demo's data for all tests of this module, and no worker that would move them on.

    Under the name by which pytest-django knows that a test needs the database; but emptied once, not after each test.
    """
    if hired_worker.alive:
        hired_worker.kill()
    files = {"BACKEND": "django.core.mail.backends.filebased.EmailBackend", "OPTIONS": {"file_path": settings.MAIL_DIR}}
    as_in_the_demo = override_settings(DEMO=True, KEYS_DIR=machine_keys_dir, MAILERS={"default": files})
    with django_db_blocker.unblock(), as_in_the_demo:
        call_command("load_demo", verbosity=0)
        yield
        empty()


@pytest.fixture(scope="module")
def looking(transactional_db: None, web: Web, chromium: Browser) -> Looking:
    return Looking(chromium, web)


@pytest.mark.parametrize(
    ("role", "name", "address"), EVERYBODYS_PAGES, ids=[f"{role}: {name}" for role, name, _ in EVERYBODYS_PAGES]
)
def test_page_has_no_barrier(looking: Looking, role: str, name: str, address: Address) -> None:
    visitor = looking.as_(role)
    if name in REFUSALS:
        visitor.expect_refusal(REFUSALS[name])
    path = address()
    answer = visitor.page.goto(path)
    assert answer is not None
    assert (answer.status, visitor.page.url) == (REFUSALS.get(name, 200), looking.url + path)
    look_at(visitor)


def test_letter_has_no_barrier_in_any_state(looking: Looking) -> None:
    """One letter walks the rest of its road; each time its page is looked at by those whose turn it is."""
    letter = Letter.objects.get(status="approved")
    people = {role: User.objects.get(email=email) for role, email in ACCOUNTS.items()}
    director, clerk, now = people["director"], people["clerk"], timezone.now()
    letters.assign_number(letter=letter, snapshot_id=letter.snapshot_id, by=director, at=now)
    look_at_letter(looking, letter, "preparing", "director")
    # The page would reload itself once the PDF is there, in the middle of the next look.
    looking.as_("director").page.goto("/")
    assert drawing.draw(letter_id=letter.pk, at=now, now=now)
    look_at_letter(looking, letter, "awaiting", "director")
    signatures.choose_method(letter=letter, way=Way.PAPER, by=director, at=now)
    look_at_letter(looking, letter, "awaiting", "director")
    scan = signatures.upload_scan(letter=letter, data=brought.pdf(), by=clerk, at=now)
    look_at_letter(looking, letter, "awaiting", "clerk")
    letters.annul(letter=letter, note="Ошибка в адресате.", by=director, at=now)
    assert scan.letter == letter
    look_at_letter(looking, letter, "annulled", "director")


def look_at_letter(looking: Looking, letter: Letter, status: str, role: str) -> None:
    letter.refresh_from_db()
    assert letter.status == status
    visitor = looking.as_(role)
    visitor.page.goto(f"/letters/{letter.pk}/")
    look_at(visitor)


def look_at(visitor: Visitor) -> None:
    """At a desk and on a telephone."""
    page = visitor.page
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        settle(page)
        assert axe.violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    page.set_viewport_size(NARROW)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"], beside(page)
    assert page.locator("h1").count() == 1
    assert visitor.take_troubles() == []


def beside(page: Page) -> list[str]:
    """What reaches beyond the screen's edge, outermost first."""
    return page.evaluate(
        """[...document.querySelectorAll('body *')]
        .map(one => [one, one.getBoundingClientRect()])
        .filter(([one, at]) => Math.max(at.right, at.left + one.scrollWidth) > innerWidth + 1).map(([one]) => one)
        .slice(0, 8).map(one => `${one.tagName}.${one.className} ${one.textContent.trim().slice(0, 40)}`)"""
    )


PAGES_WITH_A_BAR = [
    ("methodist", "editor"),
    ("methodist", "letter being written"),
    ("methodist", "two texts"),
    ("director", "several to sign"),
]


@pytest.mark.parametrize(("role", "name"), PAGES_WITH_A_BAR)
def test_focus_never_stops_under_the_bar(looking: Looking, role: str, name: str) -> None:
    """From the first control to the last and back, by the keyboard alone."""
    visitor = looking.as_(role)
    page = visitor.page
    page.set_viewport_size(DESK)
    page.goto(PAGES[role][name]())
    settle(page)
    stops = page.locator("a[href], button, input:not([type=hidden]), select, textarea, [tabindex='0']").count()
    hidden: list[str] = []
    for key, times in (("Tab", stops), ("Shift+Tab", stops)):
        for _ in range(times):
            page.keyboard.press(key)
            hidden += page.evaluate(UNDER_THE_BAR)
    assert hidden == [], hidden


# The top of a tall field may be all that fits; what is inside the bar is not under it.
UNDER_THE_BAR = """async () => {
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const one = document.activeElement, bar = document.querySelector('.actions--sticky');
  if (!bar || !one || one === document.body || bar.contains(one)) return [];
  const [at, edge] = [one.getBoundingClientRect(), bar.getBoundingClientRect()];
  if (at.height === 0 || at.right <= edge.left || at.left >= edge.right || at.top >= edge.bottom) return [];
  const seen = at.height < edge.top / 2 ? at.bottom <= edge.top + 1 : at.top < edge.top;
  return seen ? [] : [`${one.tagName} ${one.name || one.textContent.trim().slice(0, 40)}: ${at.bottom} > ${edge.top}`];
}"""


def settle(page: Page) -> None:
    """Until the parts that come after the page («загружаются…», «составляется…») are there."""
    expect(page.locator("p.muted").filter(has_text=re.compile("(загружа|составля)[а-я]+…"))).to_have_count(0)
