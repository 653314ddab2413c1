"""No page shows English to anybody: not allauth's, not the admin's, and no form that refuses.

The portal's own pages are read where every role asks for them (``test_rights``).
"""

import re
from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib import admin
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from tests.house.rights import Row, rows
from tests.house.test_rights import LOOKING, english, walk
from tests.house.world import World

pytestmark = pytest.mark.django_db
FORMS = [row for row in rows() if row.method == "POST"]


@pytest.mark.parametrize("row", FORMS, ids=str)
def test_forms_that_refuse(row: Row, world: World, clients: dict[str, Client]) -> None:
    """Sent with nothing in them by the first who may send them."""
    path = reverse(row.name, args=world.args_of(row.what))
    found = {}
    for role in [role for role in LOOKING if row.cells[role] == 302 and role != "stranger"][:1]:
        with transaction.atomic():
            found[role] = english(clients[role].post(path, {}))
            transaction.set_rollback(True)
    assert {role: words for role, words in found.items() if words} == {}


def of_others() -> list[str]:
    """allauth's own pages that stand without a row."""
    return sorted(name for name in walk(get_resolver()) if name.startswith(("account_", "mfa_")))


@pytest.mark.parametrize("name", of_others())
def test_pages_of_allauth(name: str, clients: dict[str, Client]) -> None:
    try:
        path = reverse(name)
    except NoReverseMatch:
        return
    for role in ("stranger", "own", "administrator"):
        for answer in (clients[role].get(path, follow=True), clients[role].post(path, {}, follow=True)):
            assert (role, english(answer)) == (role, set())


def admin_pages() -> Iterator[tuple[str, str]]:
    for model in admin.site._registry:
        for page in ("changelist", "add", "change", "history"):
            yield model._meta.label, f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}"


def posted_back(page: str) -> dict[str, str]:
    """Nothing filled in, but the counts of the rows, as a browser sends them."""
    counts = re.findall(r'name="([\w-]+-(?:TOTAL|INITIAL|MIN_NUM|MAX_NUM)_FORMS)" value="(\d+)"', page)
    return dict(counts)


@pytest.fixture
def second_factor(world: World) -> Authenticator:
    user = world.people["administrator"]
    first = Authenticator.objects.create(user=user, type="totp", data={})
    Authenticator.objects.create(user=user, type="webauthn", data={"name": "Ноутбук"})
    return first


@pytest.mark.usefixtures("second_factor")
@pytest.mark.parametrize(("label", "name"), [("", "admin:index"), *admin_pages()])
def test_pages_of_the_admin(label: str, name: str, clients: dict[str, Client]) -> None:
    client = clients["administrator"]
    arguments = []
    if name.endswith(("_change", "_history")):
        row = apps.get_model(label)._default_manager.order_by("pk").first()
        if row is None:
            return
        arguments = [row.pk]
    page = client.get(reverse(name, args=arguments), follow=True)
    refused = client.post(reverse(name, args=arguments), posted_back(page.text)) if name.endswith("add") else page
    searched = client.get(reverse(name, args=arguments), {"q": "нечто"}, follow=True)
    assert sorted(english(page) | english(refused) | english(searched)) == []
