"""Signing: CPU of one signature with the key opened once; seconds from the click to «Подписано», one letter and ten."""

import json
import os
import statistics
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import django

from bench.road import browser, free_port, people_of, process, session_of, wait_for_web

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from reports.models import Letter

SIGNATURES, ONE_BY_ONE, BATCHES, BATCH, WARM_UP = 30, 20, 5, 10, 2


def awaiting(people: dict[str, Any]) -> "Letter":
    """One more letter that waits for the director's key, walked there by the verbs."""
    from django.utils import timezone

    from reports.letters import drafts, drawing, letters
    from reports.models import Letter

    now = timezone.now()
    letter = drafts.begin(kind="reply", by=people["methodist"], at=now)
    page = {
        "version": letter.manuscript.version,
        "subject_line": "О сборе сведений",
        "audience": "centers",
        "distribution_list": None,
        "addressee": "Руководителям образовательных организаций",
        "salutation": "Уважаемые коллеги!",
        "body": "Просим направить сведения о работе с одарёнными детьми за прошедшее полугодие. " * 8,
        "closing": "",
        "reply_to_number": "12",
        "reply_to_on": timezone.localdate(),
        "addressees": [],
    }
    drafts.save(of=letter, by=people["methodist"], at=now, **page)
    letters.file_draft(letter=Letter.objects.get(pk=letter.pk), by=people["methodist"], at=now)
    letter = Letter.objects.get(pk=letter.pk)
    letters.approve(letter=letter, snapshot_id=letter.snapshot_id, by=people["head"], at=now)
    letter = Letter.objects.get(pk=letter.pk)
    letters.assign_number(letter=letter, snapshot_id=letter.snapshot_id, by=people["director"], at=now)
    drawing.draw(letter_id=letter.pk, at=now, now=now)
    return Letter.objects.select_related("final", "authority__person").get(pk=letter.pk)


def cpu_of_a_signature(letter: "Letter", password: str) -> float:
    """Milliseconds of CPU for one letter, signed and verified, the key loaded once before."""
    from django.utils import timezone

    from rcro_portal.lib import store
    from reports.letters import signatures
    from reports.signing import pades

    now, authority = timezone.now(), letter.authority
    owners = signatures.spellings(authority.person)
    key = pades.load_key(name=authority.key_name, owners=owners, password=password, now=now)
    pdf, taken = store.read(letter.final.digest), []
    for _ in range(SIGNATURES):
        began = time.process_time()
        pades.sign(pdf, key=key, at=now)
        taken.append(time.process_time() - began)
    return statistics.median(taken) * 1000


@contextmanager
def timed(into: list[float]) -> "Iterator[None]":
    began = time.monotonic()
    yield
    into.append(time.monotonic() - began)


def sign_one(page: "Page", letter: "Letter", password: str, into: list[float]) -> None:
    from django.urls import reverse

    page.goto(reverse("reports:letter-detail", args=[letter.pk]))
    page.get_by_label("Пароль ключа").fill(password)
    with timed(into):
        page.get_by_role("button", name="Подписать", exact=True).click()
        page.get_by_text("Подписано. Исх.").first.wait_for()


def sign_ten(page: "Page", password: str, into: list[float]) -> None:
    from django.urls import reverse

    page.goto(reverse("reports:sign-desk"))
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_label("Пароль ключа").fill(password)
    with timed(into):
        page.get_by_role("button", name="Подписать отмеченные").click()
        page.get_by_text(f"Подписано {BATCH} из {BATCH}").wait_for()


def main() -> None:
    from rcro_portal.demo import keys
    from reports.models import Letter
    from reports.models.letter import LetterStatus, Way

    password = keys.PASSWORD
    people, port = people_of(Letter.objects.filter(status="approved").order_by("pk")[0]), free_port()
    Letter.objects.filter(status=LetterStatus.AWAITING).update(way=Way.PAPER)  # not of this run
    one, ten = [], []
    milliseconds = cpu_of_a_signature(awaiting(people), password)
    Letter.objects.filter(status=LetterStatus.AWAITING).update(way=Way.PAPER)
    with process("web", port), browser(port, session_of(people["director"])) as page:
        wait_for_web(port)
        for _ in range(WARM_UP + ONE_BY_ONE):
            sign_one(page, awaiting(people), password, one)
        for _ in range(BATCHES):
            for _ in range(BATCH):
                awaiting(people)
            sign_ten(page, password, ten)
    print(
        json.dumps(
            {
                "signing_cpu_ms": milliseconds,
                "signed_one_p95_seconds": statistics.quantiles(one[WARM_UP:], n=20)[-1],
                "signed_ten_p95_seconds": max(ten),
            }
        )
    )


if __name__ == "__main__":
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's loop runs in this thread
    django.setup()
    main()
