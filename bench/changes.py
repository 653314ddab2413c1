"""2,000 inserts into a table whose changes are recorded, against the same without its triggers and without an author.

Each is a record of its own in one transaction, as a person's import makes them, and each bears that person's name.
"""

import contextlib
import json
import statistics
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import django

ROWS, ROUNDS = 2000, 7


def fields(place: int) -> dict[str, str]:
    return {
        "code": f"measured-{place}",
        "name": f"Измеряемый район № {place}",
        "name_genitive": f"Измеряемого района № {place}",
        "name_prepositional": f"Измеряемом районе № {place}",
        "kind": "муниципальный район",
        "admin_center": "с. Измеряемое",
    }


def main() -> None:
    from django.db import connection, transaction

    from centers.models import Municipality, User
    from rcro_portal.lib import db_triggers
    from rcro_portal.lib.changes import authorship, recorders
    from rcro_portal.models import RecordChange

    by = User.objects.order_by("pk")[0].pk
    ours = [one for one in recorders.recorders() if one.table == Municipality._meta.db_table]

    def one_by_one() -> None:
        for place in range(ROWS):
            Municipality.objects.create(**fields(place))

    def at_once() -> None:
        Municipality.objects.bulk_create([Municipality(**fields(place)) for place in range(ROWS)])

    def seconds(insert: Callable[[], None], act: AbstractContextManager[Any], *, logged: int) -> float:
        before = RecordChange.objects.count()
        with transaction.atomic(), act:
            began = time.perf_counter()
            insert()
            taken = time.perf_counter() - began
            assert RecordChange.objects.count() - before == logged
            transaction.set_rollback(True)
        return taken

    def ratio(insert: Callable[[], None]) -> float:
        recorded, bare = [], []
        for _ in range(ROUNDS):
            recorded.append(seconds(insert, authorship.begin(by=by, through="bench"), logged=ROWS))
            db_triggers.drop(connection, ours)
            bare.append(seconds(insert, contextlib.nullcontext(), logged=0))
            db_triggers.install(connection, ours)
        return statistics.median(recorded) / statistics.median(bare)

    found = {"recorded_to_bare_inserts": ratio(one_by_one), "recorded_to_bare_bulk_inserts": ratio(at_once)}
    print(json.dumps({f"{name}_{connection.vendor}": value for name, value in found.items()}))


if __name__ == "__main__":
    django.setup()
    main()
