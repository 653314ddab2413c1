"""From «Пригласить» to the first log-in, and all that may be wrong with a link."""

import datetime
import re
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from centers.accounts import invitations
from centers.models import Invitation, Person, User
from tests import clock
from tests.factories.centers import (
    CoordinatorFactory,
    PersonFactory,
    StaffPostFactory,
    UserFactory,
    administrator,
    coordinator,
    staff,
)
from tests.factories.reports import SigningAuthorityFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]
PASSWORD = "осина у обрыва над рекой"


@pytest.fixture
def person() -> Person:
    person = PersonFactory(surname="Ёлкина", given_name="Яна", patronymic="Львовна", email="elkina@school.example")
    CoordinatorFactory(person=person)
    return person


def invite(client: Client, person: Person, email: str = "Elkina@school.example") -> Any:
    return client.post(f"/invitations/new/?person={person.pk}", {"email": email})


def link() -> str:
    found = re.search(r"http://127\.0\.0\.1:8000(/invitations/\S+/accept/)", str(mail.outbox[-1].body))
    assert found is not None
    return found[1]


def accept(client: Client, path: str, first: str = PASSWORD, second: str = PASSWORD) -> Any:
    return client.post(path, {"password1": first, "password2": second})


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_whom_to_invite_costs_the_same_whatever_its_rows(
    rows: int, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(rows):
        StaffPostFactory(person=CoordinatorFactory().person)
    client.force_login(administrator())
    with django_assert_num_queries(7):
        answer = client.get("/invitations/new/")
    assert [(len(row.coordinates_now), len(row.posts_now)) for row in answer.context["table"].page] == [(1, 1)] * rows


def test_an_invited_person_sets_a_password_and_logs_in(client: Client, person: Person) -> None:
    by = staff("methodist")
    client.force_login(by)
    assert invite(client, person).headers["Location"] == "/invitations/"
    client.logout()

    path = link()
    assert (mail.outbox[0].to, "Яна Львовна, здравствуйте!" in client.get(path).content.decode()) == (
        ["elkina@school.example"],
        True,
    )
    accepted = accept(client, path)
    assert (accepted.status_code, accepted.headers["Location"]) == (302, "/accounts/login/")

    answer = client.post("/accounts/login/", {"login": "elkina@school.example", "password": PASSWORD})
    assert (answer.status_code, int(client.session["_auth_user_id"])) == (302, person.user.pk)
    invitation = Invitation.objects.get()
    assert (invitation.invited_by, invitation.accepted_at is not None) == (by, True)
    assert person.user.is_administrator is False


def test_the_link_works_once(client: Client, person: Person) -> None:
    invitations.invite(person=person, email=person.email, by=None, at=clock.now())
    path = link()
    accept(client, path)
    for answer in (client.get(path), accept(client, path)):
        assert (answer.status_code, "уже использовано" in answer.content.decode()) == (409, True)
    assert User.objects.count() == 1


def test_an_expired_link_makes_no_account(client: Client, person: Person) -> None:
    long_ago = clock.now() - invitations.INVITATION_LASTS - datetime.timedelta(seconds=1)
    invitations.invite(person=person, email=person.email, by=None, at=long_ago)
    answer = accept(client, link())
    assert (answer.status_code, User.objects.count()) == (409, 0)


def test_nobody_comes_in_out_of_the_archive(client: Client, person: Person) -> None:
    invitations.invite(person=person, email=person.email, by=None, at=clock.now())
    Person.objects.update(archived_at=clock.now(), archive_reason="Внесли дважды")
    assert (accept(client, link()).status_code, User.objects.count()) == (409, 0)


def test_a_methodists_link_brings_no_post_given_since(client: Client, person: Person) -> None:
    invitations.invite(person=person, email=person.email, by=staff("methodist"), at=clock.now())
    StaffPostFactory(person=person, duty="director")
    assert (accept(client, link()).status_code, User.objects.filter(person=person).count()) == (409, 0)
    invitations.invite(person=person, email=person.email, by=administrator(), at=clock.now())
    assert accept(client, link()).status_code == 302


def test_a_new_invitation_ends_the_older_ones(client: Client, person: Person) -> None:
    invitations.invite(
        person=person, email="wrong@school.example", by=None, at=clock.now() - datetime.timedelta(days=1)
    )
    older = link()
    invitations.invite(person=person, email=person.email, by=None, at=clock.now())
    assert (client.get(older).status_code, client.get(link()).status_code) == (409, 200)


def test_somebody_who_got_an_account_meanwhile_keeps_it(client: Client, person: Person) -> None:
    invitations.invite(person=person, email=person.email, by=None, at=clock.now())
    UserFactory(person=person)
    assert (accept(client, link()).status_code, User.objects.count()) == (409, 1)


@pytest.mark.parametrize(
    ("first", "second", "field"),
    [
        (PASSWORD, PASSWORD + "!", "password2"),
        ("короткий", "короткий", "password1"),
        ("elkina@school", "elkina@school", "password1"),
        ("", "", "password1"),
    ],
)
def test_a_bad_password_is_refused(first: str, second: str, field: str, client: Client, person: Person) -> None:
    invitations.invite(person=person, email=person.email, by=None, at=clock.now())
    answer = accept(client, link(), first, second)
    assert (answer.status_code, field in answer.context["form"].errors, User.objects.count()) == (422, True, 0)


def test_a_password_is_of_any_characters(client: Client, person: Person) -> None:
    invitations.invite(person=person, email=person.email, by=None, at=clock.now())
    assert accept(client, link(), "728194650173", "728194650173").status_code == 302


def test_opening_the_link_changes_nothing(client: Client, person: Person) -> None:
    invitations.invite(person=person, email=person.email, by=None, at=clock.now())
    answer = client.get(link())
    assert (answer.status_code, Invitation.objects.get().accepted_at) == (200, None)
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_taken_address_comes_back_with_words(client: Client, person: Person) -> None:
    UserFactory(email="elkina@school.example")
    client.force_login(administrator())
    answer = invite(client, person)
    assert (answer.status_code, answer.context["form"].errors["email"]) == (409, [invitations.AlreadyInPortal.words])
    assert Invitation.objects.count() == 0


def test_mail_that_did_not_leave_leaves_no_invitation(
    client: Client, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_server(backend: EmailBackend) -> None:
        raise ConnectionRefusedError("нет связи")

    monkeypatch.setattr(EmailBackend, "open", no_server)
    client.force_login(administrator())
    answer = invite(client, person)
    assert (answer.status_code, Invitation.objects.count()) == (409, 0)
    assert "Письмо не ушло" in answer.content.decode()


def test_a_bad_address_is_refused(client: Client, person: Person) -> None:
    client.force_login(administrator())
    assert [invite(client, person, email).status_code for email in ("", "не адрес", "a@b", "x" * 300)] == [422] * 4


def test_a_methodist_invites_coordinators_only(client: Client, person: Person) -> None:
    colleague = StaffPostFactory(person__surname="Коллегина").person
    client.force_login(staff("methodist"))
    found = list(client.get("/invitations/new/").context["table"].page)
    assert (found, invite(client, colleague).status_code) == ([person], 404)
    invitations.invite(person=colleague, email="colleague@rvci.example", by=None, at=clock.now())
    assert list(client.get("/invitations/").context["table"].page) == []


def test_an_administrator_finds_anybody_without_an_account(client: Client, person: Person) -> None:
    StaffPostFactory(person__surname="Коллегина")
    client.force_login(administrator(person__surname="Админова"))
    shown = client.get("/invitations/new/?q=елкина ЯНА").context["table"].page
    everybody = client.get("/invitations/new/").context["table"].page
    assert (list(shown), [one.surname for one in everybody]) == ([person], ["Ёлкина", "Коллегина"])


@pytest.mark.parametrize("role", ["coordinator", "head", "clerk", "director"])
@pytest.mark.parametrize("path", ["/invitations/", "/invitations/new/", "/invitations/new/?person=1"])
def test_others_do_not_invite(path: str, role: str, client: Client) -> None:
    client.force_login(coordinator() if role == "coordinator" else staff(role))
    assert [client.get(path).status_code, client.post(path, {"email": "x@y.example"}).status_code] == [403, 403]


@pytest.mark.parametrize("person", ["0", "999999", "x", "", "1e9", "9" * 30])
def test_an_invented_person_is_not_found(person: str, client: Client) -> None:
    client.force_login(administrator())
    assert client.get(f"/invitations/new/?person={person}").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_whatever_its_rows(rows: int, client: Client, django_assert_num_queries: Any) -> None:
    client.force_login(administrator())
    for _ in range(rows):
        invitations.invite(person=PersonFactory(), email=f"p{_}@school.example", by=administrator(), at=clock.now())
    with django_assert_num_queries(5):
        answer = client.get("/invitations/")
    assert answer.content.decode().count("Ждёт ответа") == rows


def test_the_states_are_filtered(client: Client, person: Person) -> None:
    client.force_login(administrator())
    invitations.invite(person=person, email=person.email, by=None, at=clock.now())
    shown = {
        state: len(client.get(f"/invitations/?state={state}").context["table"].page)
        for state in ("pending", "accepted", "expired")
    }
    assert shown == {"pending": 1, "accepted": 0, "expired": 0}


def test_who_is_not_found_may_have_a_log_in_already(client: Client) -> None:
    client.force_login(administrator())
    page = client.get("/invitations/new/?q=Небывалова").content.decode()
    assert "Либо вход у человека уже есть" in page


def test_methodist_invites_no_coordinator_who_may_sign(client: Client) -> None:
    """The account would bring the authority along."""
    signatory = SigningAuthorityFactory(person=CoordinatorFactory().person).person
    client.force_login(staff("methodist"))
    url = f"{reverse('centers:invitation-new')}?person={signatory.pk}"
    assert client.post(url, {"email": "sign@school.example"}).status_code == 404
    assert not Invitation.objects.exists()
