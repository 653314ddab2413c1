"""An upgrade: what three tables knew of mail to people stands in the portal's notices."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from tests.worker import environment

# In a process and a database of its own: the tests' database has no former tables.
UPGRADE = """
import datetime, json
import django
django.setup()
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from rcro_portal.lib import migrating

executor = MigrationExecutor(connection)
with migrating.one_by_one():
    state = executor.migrate([("centers", "0009_mail_to_people_may_come_back"), ("rcro_portal", "0005_notice")])
state.clear_delayed_apps_cache()
before = state.apps
at = datetime.datetime(2026, 3, 18, tzinfo=datetime.UTC)

def make(model, **fields):
    return before.get_model("centers", model).objects.create(**fields)

person = make("Person", surname="Ветрова", given_name="Анна", gender="f")
user = make("User", email="vetrova@school.example", person=person)
change = make("AccountChange", user=user, kind="closed", at=at)
told = {"change": change, "next_try_at": at, "attempts": 1}
make("Notice", to="a@school.example", **told)
make("Notice", to="b@school.example", sent_at=at, message_id="<b@rvci.example>", **told)
make("Notice", to="c@school.example", failure="550", **told)
back = {"returned_at": at, "returned_because": "Ящик переполнен."}
make("Notice", to="d@school.example", sent_at=at, message_id="<d@rvci.example>", **back, **told)
term = {"invited_at": at, "expires_at": at + datetime.timedelta(days=14)}
make("Invitation", person=person, email="e@school.example", secret_digest="1", message_id="<e@rvci.example>", **term)
term = {"asked_at": at, "expires_at": at + datetime.timedelta(days=3)}
term |= back | {"message_id": "<f@rvci.example>"}
make("AddressChange", user=user, email="f@school.example", secret_digest="2", **term)
executor = MigrationExecutor(connection)
with migrating.one_by_one():
    executor.migrate(executor.loader.graph.leaf_nodes())

from centers.models import AddressChange, Invitation
from rcro_portal.models import Notice

rows = Notice.objects.order_by("email").values_list("email", "status", "reason", "about", "error")
print(json.dumps([list(row) for row in rows]))
linked = [Invitation.objects.get().notice.message_id, AddressChange.objects.get().notice.message_id]
print(json.dumps(linked + [Notice.objects.get(email="d@school.example").message_id]))
"""


@pytest.mark.same_on_both("The database is an SQLite file of its own.")
def test_nothing_that_was_told_is_lost_or_told_again(tmp_path: Path) -> None:
    variables = environment(RCRO_DATA_DIR=str(tmp_path), DATABASE_URL=f"sqlite:///{tmp_path / 'old.sqlite3'}")
    done = subprocess.run(
        [sys.executable, "-c", UPGRADE], cwd=settings.BASE_DIR, env=variables, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    rows, linked = (json.loads(line) for line in done.stdout.splitlines()[-2:])
    change = "centers.accountchange:1"
    assert rows == [
        ["a@school.example", "queued", "account", change, ""],
        ["b@school.example", "sent", "account", change, ""],
        ["c@school.example", "failed", "account", change, "550"],
        ["d@school.example", "bounced", "account", change, "Ящик переполнен."],
        ["e@school.example", "sent", "invitation", "centers.invitation:1", ""],
        ["f@school.example", "bounced", "address", "centers.addresschange:1", "Ящик переполнен."],
    ]
    assert linked == ["<e@rvci.example>", "<f@rvci.example>", "<d@rvci.example>"]
