"""What a first visit costs in a real browser: kilobytes over the wire, and seconds until the largest thing is painted.

By a line of 1.6 Mbit/s with 300 ms there and back, on a processor four times slower than this one, with empty caches;
the largest paint is that of the web vital LCP, of which 2.5 s count as good.
"""

import json
import os
import statistics
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import django

from bench.road import browser, free_port, process, session_of, wait_for_web

if TYPE_CHECKING:
    from playwright.sync_api import Page

LINE = {"offline": False, "latency": 300, "downloadThroughput": 200_000, "uploadThroughput": 200_000}
PROCESSOR_SLOWER, TRIES, SETTLED_MS = 4, 3, 2_000
WATCH = """new PerformanceObserver((list) => { window.largestPaint = list.getEntries().at(-1).startTime; })
  .observe({ type: "largest-contentful-paint", buffered: true });"""


def visits() -> Iterator[tuple[str, Any, str]]:
    """The name of a page, who opens it, and its address."""
    from django.urls import reverse
    from django.utils import timezone

    from centers.models import User
    from reports.models import Letter

    today = timezone.localdate()
    who = {role: user for user in User.objects.order_by("-pk") for role in user.roles_on(today)}
    letter = Letter.objects.filter(status="approved").order_by("pk")[0]
    yield "log_in", None, reverse("account_login")
    for role in ("coordinator", "methodist", "director"):
        yield f"home_{role}", who[role], reverse("home")
    yield "letter", who["director"], reverse("reports:letter-detail", args=[letter.pk])
    yield "centers", who["methodist"], reverse("centers:center-list")


def measure(page: "Page", address: str) -> tuple[float, float]:
    """Kilobytes that came, headers and all, and seconds to the largest paint: medians of a few first visits."""
    tools, came = page.context.new_cdp_session(page), [0.0]
    for name, values in (
        ("Network.enable", {}),
        ("Network.setCacheDisabled", {"cacheDisabled": True}),
        ("Network.emulateNetworkConditions", LINE),
        ("Emulation.setCPUThrottlingRate", {"rate": PROCESSOR_SLOWER}),
    ):
        tools.send(name, values)
    tools.on("Network.loadingFinished", lambda event: came.append(event["encodedDataLength"] / 1024))
    page.add_init_script(WATCH)
    taken = [_visit(page, address, came) for _ in range(TRIES)]
    tools.detach()
    return statistics.median(size for size, _ in taken), statistics.median(seconds for _, seconds in taken)


def _visit(page: "Page", address: str, came: list[float]) -> tuple[float, float]:
    came.clear()
    page.goto(address, wait_until="networkidle")
    page.wait_for_timeout(SETTLED_MS)
    return sum(came), page.evaluate("window.largestPaint") / 1000


def main() -> None:
    planned, port, figures = list(visits()), free_port(), {}
    with process("web", port):
        wait_for_web(port)
        for name, user, address in planned:
            with browser(port, session_of(user) if user else "") as page:
                figures[f"{name}_kilobytes"], figures[f"{name}_largest_paint_seconds"] = measure(page, address)
    print(json.dumps(figures))


if __name__ == "__main__":
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's loop runs in this thread
    django.setup()
    main()
