"""Whom and what the log of changes names: who is logged in, the task, the command."""

import datetime
import hashlib
import sys
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

import manage
from centers.models import Center, Organization
from rcro_portal.celery import app
from rcro_portal.models import RecordChange
from tests import clock
from tests.factories.centers import CenterFactory, InvitationFactory, OrganizationFactory, coordinator

pytestmark = pytest.mark.django_db


def changes_of(row: Organization) -> list[tuple[int | None, str]]:
    rows = RecordChange.objects.filter(table="centers_organization", record=row.pk, act="update").order_by("pk")
    return [(row.by_id, row.through) for row in rows]


def post_card(client: Client, center: Center) -> None:
    fields = {"head_name": "", "email": "lyceum@school.example", "phone": "(3822) 51-56-66"}
    assert client.post(reverse("centers:center-edit", args=[center.pk]), fields).status_code == 302


def test_request_bears_the_name_of_who_is_logged_in(client: Client) -> None:
    center = CenterFactory()
    user = coordinator(center)
    client.force_login(user)
    post_card(client, center)
    assert changes_of(center.organization) == [(user.pk, "centers:center-edit")]
    # What follows in the same process is nobody's.
    Organization.objects.update(phone="")
    assert changes_of(center.organization)[1:] == [(None, "")]


def test_stranger_is_nobody_and_the_address_says_how(client: Client) -> None:
    secret, now, password = "secret-of-an-invitation", clock.now(), "сосновая шишка у ручья"
    invitation = InvitationFactory(
        secret_digest=hashlib.sha256(secret.encode()).hexdigest(),
        invited_at=now,
        expires_at=now + datetime.timedelta(days=14),
    )
    address = reverse("centers:invitation-accept", args=[secret])
    assert client.post(address, {"password1": password, "password2": password}).status_code == 302
    made = RecordChange.objects.get(table="centers_user", act="insert")
    assert (made.by, made.through) == (None, "centers:invitation-accept")
    assert made.after["person_id"] == invitation.person_id


@pytest.mark.parametrize("way", ["__call__", "apply"])
def test_task_is_named_and_nobody_else(way: str, client: Client) -> None:
    organization = OrganizationFactory()

    @app.task(name="tests.rename", shared=False)
    def rename(name: str) -> None:
        Organization.objects.filter(pk=organization.pk).update(short_name=name)

    given: Any = [["Школа"]] if way == "apply" else ["Школа"]
    try:
        getattr(rename, way)(*given)
    finally:
        app.tasks.unregister("tests.rename")
    assert changes_of(organization) == [(None, "tests.rename")]


def test_tasks_of_the_portal_are_such_tasks() -> None:
    app.loader.import_default_modules()
    ours = [task for name, task in app.tasks.items() if name.startswith(("centers.", "reports."))]
    assert ours
    assert {type(task).__call__.__qualname__ for task in ours} == {"Door.__call__"}


def test_command_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    organization = OrganizationFactory()
    code = "from centers.models import Organization; Organization.objects.update(phone='7')"
    monkeypatch.setattr(connections, "close_all", lambda: None)
    monkeypatch.setattr(sys, "argv", ["manage.py", "shell", "--no-imports", "-c", code])
    manage.main()
    assert changes_of(organization) == [(None, "manage.py shell")]
