"""The pages of a centre's coordinators, as a methodist presses them."""

import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from centers.models import Center, Coordinator, Invitation, Person
from tests import clock
from tests.factories.centers import CenterFactory, CoordinatorFactory, PersonFactory, coordinator, staff
from tests.factories.reports import SigningAuthorityFactory
from tests.untouched import nothing_changes

pytestmark = pytest.mark.django_db
NEW = {"surname": "Шубина", "given_name": "Вера", "patronymic": "Игоревна"}


def send(client: Client, act: str, center: Center, **typed: Any) -> Any:
    form = {"key": str(uuid.uuid4()), "since": clock.today().isoformat(), **typed}
    return client.post(reverse(f"events:coordinator-{act}", args=[center.pk]), form)


@pytest.fixture
def center(client: Client) -> Center:
    client.force_login(staff("methodist"))
    return CenterFactory()


def test_new_person_takes_over_and_is_invited(client: Client, center: Center) -> None:
    coordinator(center)
    typed = {**NEW, "invite": "on", "email": "Shubina@School.example", "title": "завуч", "key": str(uuid.uuid4())}
    for _ in range(2):
        assert send(client, "hand-over", center, **typed).status_code == 302
    post = center.coordinators.get(until=None)
    assert (post.person.full_name, post.person.gender, post.title) == ("Шубина Вера Игоревна", "f", "завуч")
    assert [one.email for one in Invitation.objects.filter(person=post.person)] == ["shubina@school.example"]
    page = client.get(reverse("centers:center-detail", args=[center.pk])).text
    assert "Шубина Вера Игоревна" in page
    assert reverse("events:coordinator-hand-over", args=[center.pk]) in page


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({}, "person", "Выберите человека из портала или впишите ниже фамилию и имя нового."),
        ({**NEW, "patronymic": ""}, "gender", "По отчеству пол не ясен: выберите его."),
        (
            {**NEW, "invite": "on"},
            "email",
            "Впишите адрес, на который отправить приглашение, или снимите отметку.",
        ),
        ({**NEW, "since": "вчера"}, "since", "Укажите день: 05.10.2026."),
    ],
    ids=["nobody", "gender unknown", "no address", "no day"],
)
def test_form_says_what_is_missing(client: Client, center: Center, typed: dict, field: str, words: str) -> None:
    with nothing_changes():
        answer = send(client, "appoint", center, **typed)
    assert (answer.status_code, answer.context["form"].errors[field]) == (422, [words])


def test_refusal_of_the_verb_stands_in_the_form(client: Client, center: Center) -> None:
    CoordinatorFactory(center=center)
    with nothing_changes():
        answer = send(client, "appoint", center, **NEW)
    assert answer.status_code == 409
    assert "уже есть координатор" in answer.text


@pytest.mark.parametrize("known_by", ["key", "name"])
def test_methodist_appoints_nobody_with_powers(client: Client, center: Center, known_by: str) -> None:
    """Neither by the row nor by typing the same name."""
    signatory = SigningAuthorityFactory(person=PersonFactory(**NEW)).person
    typed = {"person": signatory.pk} if known_by == "key" else {**NEW, "gender": "f"}
    with nothing_changes():
        assert send(client, "appoint", center, **typed).status_code == (422 if known_by == "key" else 403)


def test_address_of_another_account_invites_nobody(client: Client, center: Center) -> None:
    taken = coordinator().email
    with nothing_changes():
        answer = send(client, "appoint", center, **NEW, invite="on", email=taken)
    assert answer.status_code == 409
    assert not Person.objects.filter(surname="Шубина", given_name="Вера").exists()


def test_post_ends_and_an_appointment_is_taken_back(client: Client, center: Center) -> None:
    post = CoordinatorFactory(center=center)
    url = reverse("events:coordinator-end", args=[post.pk])
    assert client.post(url, {"last": "2019-01-01"}).status_code == 422
    assert client.post(url, {"last": clock.today().isoformat(), "why": "Уволена"}).status_code == 302
    assert Coordinator.objects.get().until == clock.today()
