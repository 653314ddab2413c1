"""A form that makes something makes it once, however often it is sent: «Back», a double click, a repeated request."""

from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse

from rcro_portal.models import ImportSession
from tests.house.posts import QUERY, sent_with
from tests.house.rights import ROLES, Row, rows
from tests.house.world import World
from tests.untouched import our_models

pytestmark = pytest.mark.django_db
DONE = (200, 302)
SENT = [
    (row, next(role for role in reversed(ROLES) if row.cells[role] in DONE))
    for row in rows()
    if row.method == "POST" and any(row.cells[role] in DONE for role in ROLES if role != "stranger")
]


def again(value: Any) -> Any:
    """A file is read once; the browser would send its bytes anew."""
    if isinstance(value, SimpleUploadedFile):
        value.seek(0)
    return value


def send(client: Client, path: str, fields: dict[str, Any]) -> int:
    status = client.post(path, {name: again(value) for name, value in fields.items()}).status_code
    assert status < 500
    return status


def count() -> dict[str, int]:
    """Not of imports that are only begun: whoever uploads a file twice may look at either."""
    return {model._meta.label: model.objects.count() for model in our_models() if model is not ImportSession}


@pytest.mark.parametrize(("row", "role"), SENT, ids=[str(row) for row, _ in SENT])
def test_form_sent_twice_makes_one_row(row: Row, role: str, world: World, clients: dict[str, Client]) -> None:
    path = reverse(row.name, args=world.args_of(row.what)) + (QUERY[row.name](world) if row.name in QUERY else "")
    fields = sent_with(row.name, world, world.row_of(row.what))
    with transaction.atomic():
        send(clients[role], path, fields)
        once, letters = count(), len(mail.outbox)
        send(clients[role], path, fields)
        twice = count()
        assert {table: twice[table] - once[table] for table in once if twice[table] > once[table]} == {}
        assert len(mail.outbox) == letters
        mail.outbox.clear()
        transaction.set_rollback(True)
