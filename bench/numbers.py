"""Numbers of the outgoing journal taken by eight processes at once, each in a transaction of its own."""

import json
import multiprocessing
import time
from collections.abc import Iterator
from multiprocessing.synchronize import Barrier
from typing import Any

import django

PROCESSES, EACH = 8, 100


def take(letters: list[int], ready: Barrier, finished: Any) -> None:
    """Waits for all the others, then takes a number for each letter."""
    django.setup()
    from django.db import connection, transaction
    from django.utils import timezone

    from centers.models import User
    from reports.journal import numbering
    from reports.models import Letter, OutgoingRegister

    register, by, at = OutgoingRegister.objects.get(), User.objects.order_by("pk")[0], timezone.now()
    mine = list(Letter.objects.select_related("prepared_by").filter(pk__in=letters))
    connection.ensure_connection()
    ready.wait()
    for letter in mine:
        with transaction.atomic():
            numbering.take(register=register, letter=letter, addressee="Руководителям", by=by, at=at)
    finished.put(time.monotonic())


def letters_without_number(count: int) -> list[int]:
    """Drafts, each of an event of its own: an outcome has one living letter."""
    from events.models import Event, Outcome
    from reports.models import Letter
    from reports.models.letter import LetterStatus

    pattern = Letter.objects.select_related("outcome__event").order_by("pk")[0]
    events = Event.objects.bulk_create(_copies(pattern.outcome.event, count))
    outcomes = Outcome.objects.bulk_create(_copies(pattern.outcome, count, event=events))
    author = {name: getattr(pattern, name) for name in ("department", "prepared_by", "filed_by", "filed_at")}
    rows = [
        Letter(status=LetterStatus.DRAFT, outcome=outcome, subject_line="О замере", **author) for outcome in outcomes
    ]
    return [row.pk for row in Letter.objects.bulk_create(rows)]


def _copies(row: Any, count: int, **related: list[Any]) -> Iterator[Any]:
    """New rows like this one, the named relations taken from the lists in turn."""
    fields = {field.name: getattr(row, field.name) for field in row._meta.concrete_fields if not field.primary_key}
    for place in range(count):
        yield type(row)(**fields | {name: rows[place] for name, rows in related.items()})


def main() -> None:
    from django.db import connection

    from reports.models import RegisterEntry

    before = RegisterEntry.objects.count()
    letters = letters_without_number(PROCESSES * EACH)
    connection.close()
    ways = multiprocessing.get_context("spawn")
    ready, finished = ways.Barrier(PROCESSES + 1), ways.Queue()
    shares = [letters[share::PROCESSES] for share in range(PROCESSES)]
    crowd = [ways.Process(target=take, args=(share, ready, finished)) for share in shares]
    for process in crowd:
        process.start()
    ready.wait(timeout=120)
    began = time.monotonic()
    seconds = max(finished.get(timeout=120) for _ in crowd) - began
    for process in crowd:
        process.join()
    assert RegisterEntry.objects.count() - before == len(letters)
    print(json.dumps({f"numbers_per_second_{connection.vendor}": len(letters) / seconds}))


if __name__ == "__main__":
    django.setup()
    main()
