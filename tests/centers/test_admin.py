"""The admin serves dictionaries and support; what lasts is not touched there."""

from typing import Any

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from centers.models import Organization, User
from tests import clock
from tests.factories.centers import (
    PASSWORD,
    OrganizationFactory,
    PersonFactory,
    UserFactory,
    administrator,
    coordinator,
    staff,
)
from tests.factories.reports import (
    OutgoingRegisterFactory,
    RegisterEntryFactory,
    RegisterYearFactory,
    SigningAuthorityFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]
GOOD_INN, MISTYPED_INN = "7099001074", "7099001075"
# Letters, numbers, signatures, events, outcomes, commitments and transitions are for their own pages.
DICTIONARIES = {
    "account.emailaddress",
    "centers.calendaryear",
    "centers.center",
    "centers.department",
    "centers.invitation",
    "centers.municipality",
    "centers.organization",
    "centers.person",
    "centers.staffpost",
    "centers.user",
    "events.planschedule",
    "mfa.authenticator",
    "olympiad.prepprogramme",
    "olympiad.prepsession",
    "olympiad.season",
    "olympiad.subject",
    "projects.cluster",
    "projects.networkproject",
    "reports.approvalroute",
    "reports.deputy",
    "reports.distributionlist",
    "reports.fileplanitem",
    "reports.letterhead",
    "reports.numberblock",
    "reports.outgoingregister",
    "reports.registeryear",
    "reports.signingauthority",
    "reports.soleclerk",
}


def organization(**fields: Any) -> dict[str, Any]:
    kept = ("full_name", "short_name", "short_name_genitive", "kind")
    made = OrganizationFactory.build(municipality=None)
    municipality = OrganizationFactory().municipality
    return {name: getattr(made, name) for name in kept} | {"municipality": municipality.pk} | fields


def test_only_dictionaries_are_there() -> None:
    assert {model._meta.label_lower for model in admin.site._registry} == DICTIONARIES


def test_nothing_is_deleted(rf: Any) -> None:
    request = rf.get("/admin/")
    request.user = administrator()
    deletable = {one.opts.label_lower for one in admin.site._registry.values() if one.has_delete_permission(request)}
    assert deletable == set()


@pytest.mark.parametrize("label", sorted(DICTIONARIES))
def test_every_list_opens_and_is_searched(label: str, client: Client) -> None:
    client.force_login(administrator())
    path = f"/admin/{label.replace('.', '/')}/"
    assert [client.get(path).status_code, client.get(path, {"q": "ЁЛКА"}).status_code] == [200, 200]


@pytest.mark.parametrize("role", ["coordinator", "methodist", "director"])
def test_others_are_refused(role: str, client: Client) -> None:
    client.force_login(coordinator() if role == "coordinator" else staff(role))
    assert (client.get("/admin/login/").status_code, client.get("/admin/centers/person/").status_code) == (403, 302)


def test_a_stranger_logs_in_by_the_portals_own_page(client: Client) -> None:
    assert client.get("/admin/login/").headers["Location"] == "/accounts/login/?next=%2Fadmin%2Flogin%2F"


@pytest.mark.parametrize(
    ("inn", "words"),
    [
        (MISTYPED_INN, "В ИНН опечатка: контрольная цифра не сходится."),
        ("12345", "ИНН организации состоит из 10 цифр."),
        ("١٢٣٤٥٦٧٨٩٠", "ИНН организации состоит из 10 цифр."),
    ],
)
def test_a_bad_inn_is_refused_with_words(inn: str, words: str, client: Client) -> None:
    client.force_login(administrator())
    answer = client.post("/admin/centers/organization/add/", organization(inn=inn))
    assert answer.context["adminform"].form.errors == {"inn": [words]}


def test_an_organization_is_added_and_found_in_any_case(client: Client) -> None:
    client.force_login(administrator())
    client.post("/admin/centers/organization/add/", organization(short_name="Школа «Ёлочка»", inn=GOOD_INN))
    added = Organization.objects.get(inn=GOOD_INN)
    found = client.get("/admin/centers/organization/", {"q": "ЕЛОЧКА"}).context["cl"].result_list
    assert list(found) == [added]


def test_an_account_shows_no_password_and_keeps_its_address(client: Client) -> None:
    user = UserFactory()
    client.force_login(administrator())
    path = f"/admin/centers/user/{user.pk}/change/"
    assert user.password not in client.get(path).content.decode()
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.post(path, {"email": "thief@rvci.example", "password": "x", "is_administrator": "on"})
    saved = User.objects.get(pk=user.pk)
    assert (saved.email, saved.password, saved.is_active, saved.is_administrator) == (
        user.email,
        user.password,
        False,
        True,
    )


def test_accounts_are_not_added_here(client: Client) -> None:
    client.force_login(administrator())
    assert client.get("/admin/centers/user/add/").status_code == 403


def test_the_counter_of_a_year_is_only_read(client: Client) -> None:
    year = RegisterYearFactory()
    client.force_login(administrator())
    path = f"/admin/reports/registeryear/{year.pk}/change/"
    assert (client.get(path).status_code, client.post(path, {"last_sequence": 1}).status_code) == (200, 403)


def test_a_right_to_sign_does_not_become_anothers(client: Client) -> None:
    authority = SigningAuthorityFactory()
    client.force_login(administrator())
    path = f"/admin/reports/signingauthority/{authority.pk}/change/"
    client.post(path, {"person": PersonFactory().pk, "post": "Король", "until": "31.12.2030", "key_name": "director"})
    before = (authority.person, authority.post, authority.since)
    authority.refresh_from_db()
    assert ((authority.person, authority.post, authority.since), str(authority.until)) == (before, "2030-12-31")


def test_how_numbers_are_made_stands_still_once_the_year_has_one(client: Client) -> None:
    client.force_login(administrator())
    register = OutgoingRegisterFactory(mode="own")
    fields = {"code": "outgoing", "name": "Исходящие", "mode": "whole", "letter_kinds": ["reply"]}
    address = f"/admin/reports/outgoingregister/{register.pk}/change/"
    assert client.post(address, fields).status_code == 302
    RegisterEntryFactory(register=register, year=clock.today().year)
    assert client.post(address, {**fields, "mode": "typed", "name": "Письма"}).status_code == 302
    register.refresh_from_db()
    assert (register.mode, register.name, register.letter_kinds) == ("whole", "Письма", ["reply"])


def test_kind_of_letters_has_one_journal_of_its_own(client: Client) -> None:
    client.force_login(administrator())
    OutgoingRegisterFactory(name="Ответы", letter_kinds=["reply"])
    fields = {"code": "own", "name": "Свой", "mode": "own", "letter_kinds": ["reply"]}
    answer = client.post("/admin/reports/outgoingregister/add/", fields)
    words = "Письма «Ответ» уже нумерует журнал «Ответы»."
    assert answer.context["adminform"].form.errors == {"letter_kinds": [words]}
