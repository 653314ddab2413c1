"""From «К подписанию» to the final PDF on the director's page: a real browser, web server and warm worker."""

import contextlib
import json
import os
import shutil
import socket
import statistics
import subprocess
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import django

from bench.place import ROOT, NotMeasured

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from reports.models import Letter

ROUNDS, WARM_UP = 40, 3
CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
QUIET = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
# The form that signs stands beside the pages of exactly the bytes that will be signed.
ARRIVED = """() => {
  const page = document.querySelector(".letter-pages img");
  return document.querySelector(".letter-acts__sign") && page && page.complete && page.naturalWidth > 0;
}"""


@contextlib.contextmanager
def process(name: str, port: int) -> Iterator[None]:
    with open(os.path.join(os.environ["RCRO_DATA_DIR"], "logs", f"{name}.log"), "wb") as log:
        running = subprocess.Popen(
            ["script/serve", name],
            cwd=ROOT,
            env={**os.environ, "PORT": str(port), "RCRO_BASE_URL": f"http://127.0.0.1:{port}"},
            stdout=log,
            stderr=log,
        )
    try:
        yield
    finally:
        running.terminate()
        running.wait(timeout=30)


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return asked.getsockname()[1]


def wait_for_web(port: int) -> None:
    for _ in range(150):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.2)
    raise NotMeasured("the web server did not start")


def measure(page: "Page", letter: "Letter") -> float:
    """Seconds from the click to the picture of the final PDF's first page."""
    from django.urls import reverse

    page.goto(reverse("reports:letter-detail", args=[letter.pk]))
    button = page.get_by_role("button", name="К подписанию", exact=True)
    button.wait_for()
    began = time.monotonic()
    button.click()
    page.wait_for_function(ARRIVED, polling=20, timeout=30_000)
    return time.monotonic() - began


def back_to_the_director(letter: "Letter", people: dict[str, Any]) -> None:
    """Returned, filed and approved anew, so that the same letter can be measured again."""
    from django.utils import timezone

    from reports.letters import letters

    now = timezone.now()
    letter.refresh_from_db()
    letters.give_back(letter=letter, note="Для следующего замера", by=people["director"], at=now)
    letter.outcome.refresh_from_db()
    letters.file_outcome(outcome=letter.outcome, by=people["methodist"], at=now)
    letter.refresh_from_db()
    letters.approve(letter=letter, snapshot_id=letter.snapshot_id, by=people["head"], at=now)


def people_of(letter: "Letter") -> dict[str, Any]:
    from django.utils import timezone

    from centers.models import User

    today = timezone.localdate()
    users = {role: user for user in User.objects.order_by("-pk") for role in user.roles_on(today)}
    head = letter.department.posts.in_force_on(today).filter(duty="head").get().person.user
    return {"director": users["director"], "methodist": letter.filed_by, "head": head}


def session_of(user: Any) -> str:
    """The cookie of somebody who has logged in."""
    from django.test import Client

    client = Client(headers={"host": "localhost"})
    client.force_login(user)
    return client.cookies["sessionid"].value


@contextlib.contextmanager
def browser(port: int, session: str) -> "Iterator[Page]":
    """A page of headless Chromium in which the owner of the session has logged in."""
    from playwright.sync_api import sync_playwright

    chromium = os.environ.get("RCRO_CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM)), None)
    if chromium is None:
        raise NotMeasured("no Chromium")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        window = running.new_context(base_url=f"http://127.0.0.1:{port}")
        window.add_cookies([{"name": "sessionid", "value": session, "url": f"http://127.0.0.1:{port}"}])
        yield window.new_page()
        running.close()


def main() -> None:
    from reports.models import Letter

    letter = Letter.objects.filter(status="approved").order_by("pk")[0]
    people, port = people_of(letter), free_port()
    seconds = []
    director = session_of(people["director"])
    with process("web", port), process("worker", port), browser(port, director) as page:
        wait_for_web(port)
        for _ in range(WARM_UP + ROUNDS):
            seconds.append(measure(page, letter))
            back_to_the_director(letter, people)
    print(json.dumps({"final_pdf_on_page_p95_seconds": statistics.quantiles(seconds[WARM_UP:], n=20)[-1]}))


if __name__ == "__main__":
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's loop runs in this thread
    django.setup()
    main()
