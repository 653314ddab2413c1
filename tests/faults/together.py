"""Many at once: calls in threads that begin at the same moment, letters enough for all of them."""

import threading
from collections.abc import Callable

from django.db import connections

from reports.models import Approval, Letter, Snapshot
from tests.factories.events import EventFactory, OutcomeFactory
from tests.factories.reports import Office


def at_once(*calls: Callable[[], object], seconds: float = 300) -> list[object]:
    """What each call returned, or the exception that it raised; all begin together, each on a connection of its own."""
    ready = threading.Barrier(len(calls))
    ends: list[object] = [None] * len(calls)

    def run(place: int, call: Callable[[], object]) -> None:
        try:
            ready.wait(seconds)
            ends[place] = call()
        except Exception as error:  # noqa: BLE001  (what was raised is what the test asks about)
            ends[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair, daemon=True) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(seconds)
        assert not thread.is_alive(), "a call did not end in time"
    return ends


def copies(letter: Letter, office: Office, number: int) -> list[Letter]:
    """So many letters with the content and the approvals of the given one, each with an outcome of its own."""
    event, outcome, content = letter.outcome.event, letter.outcome, letter.snapshot
    plain = {"planned_by": office.methodist, "department": office.department, "status": event.status}
    events = EventFactory.build_batch(number, **plain)
    type(event).objects.bulk_create(events)
    written = {"prepared_by": outcome.prepared_by, "edited_by": outcome.edited_by, "status": outcome.status}
    outcomes = [OutcomeFactory.build(event=event, **written) for event in events]
    type(outcome).objects.bulk_create(outcomes)
    letters = Letter.objects.bulk_create(_like(letter, outcome=outcome) for outcome in outcomes)
    snapshots = Snapshot.objects.bulk_create(_like(content, letter=letter) for letter in letters)
    for one, snapshot in zip(letters, snapshots, strict=True):
        one.snapshot, one.status = snapshot, letter.status
    Letter.objects.bulk_update(letters, ["snapshot", "status"])
    approvals = content.approvals.all()
    Approval.objects.bulk_create(
        _like(approval, snapshot=snapshot, request=None) for snapshot in snapshots for approval in approvals
    )
    return letters


def _like[Row: (Letter, Snapshot, Approval)](row: Row, **changed: object) -> Row:
    values = {field.name: getattr(row, field.name) for field in row._meta.fields if not field.primary_key}
    if isinstance(row, Letter):
        changed |= {"snapshot": None, "status": "draft"}
    return type(row)(**{**values, **changed})
