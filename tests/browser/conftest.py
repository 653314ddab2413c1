"""The portal for browser tests: a web server, a worker and Chromium, each a process of its own."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, expect, sync_playwright

from rcro_portal.celery import app
from tests import clock
from tests.browser.network import Network, build
from tests.browser.visitor import PATIENCE_MS, Visitor
from tests.browser.web import Web, free_port
from tests.worker import Worker

CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
type Visits = Callable[..., Visitor]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.nodeid.startswith("tests/browser/"):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="package", autouse=True)
def machine_clock() -> Iterator[None]:
    """Also for what is prepared once for many tests."""
    with clock.standing(None):
        yield


@pytest.fixture(scope="package")
def port() -> int:
    return free_port()


@pytest.fixture(scope="package")
def web(django_db_setup: None, machine_keys_dir: Path, port: int) -> Iterator[Web]:
    """Stays up for the whole package: the database is emptied under it between tests."""
    url = f"http://127.0.0.1:{port}"
    with Web(port=port, RCRO_BASE_URL=url, RCRO_KEYS_DIR=str(machine_keys_dir)) as running:
        yield running


@pytest.fixture(scope="package")
def hired_worker(django_db_setup: None, machine_keys_dir: Path, port: int) -> Iterator[Worker]:
    """Not started yet; whoever needs still pages may kill it. Pages tell it what to do: it rarely sweeps by itself."""
    hired = Worker(
        RCRO_BASE_URL=f"http://127.0.0.1:{port}", RCRO_KEYS_DIR=str(machine_keys_dir), RCRO_SWEEP_SECONDS="10"
    )
    yield hired
    if hired.alive:
        hired.kill()


@pytest.fixture
def worker(hired_worker: Worker) -> Worker:
    if not hired_worker.alive:
        app.control.purge()
        hired_worker.start()
    return hired_worker


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """Playwright's loop runs in this thread; Django would take it for an asynchronous program and refuse queries."""
    path = os.environ.get("RCRO_CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM)), None)
    assert path, f"None of these browsers is installed: {', '.join(CHROMIUM)}"
    expect.set_options(timeout=PATIENCE_MS)
    with pytest.MonkeyPatch.context() as patched, sync_playwright() as playwright:
        patched.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture
def visits(web: Web, chromium: Browser) -> Iterator[Visits]:
    """Opens a window for one more person; each must be left without trouble."""
    opened: list[Visitor] = []

    def visit(**options: Any) -> Visitor:
        opened.append(Visitor(chromium, web.url, **options))
        return opened[-1]

    yield visit
    for visitor in opened:
        visitor.leave()


@pytest.fixture
def network(transactional_db: None, demo: None, worker: Worker) -> Network:
    """A small house with a few centres, whose letters the worker draws and mails."""
    mail = Path(settings.MAIL_DIR)
    for path in mail.glob("*.log"):
        path.unlink()
    return build()
