"""Invitations by a list: who is invited, who is not, and what undoing leaves."""

import pytest

from centers.importing import invitations
from centers.importing.invitations import InvitationsKind
from centers.models import Invitation, User
from rcro_portal.lib.registers.importing import sessions
from tests import clock
from tests.factories import imports
from tests.factories.centers import (
    CoordinatorFactory,
    InvitationFactory,
    PersonFactory,
    StaffPostFactory,
    administrator,
    coordinator,
    staff,
)

pytestmark = pytest.mark.django_db
HEAD = "ФИО;Почта;Центр\n"


@pytest.fixture
def by() -> User:
    return staff("methodist", person__surname="Загрузкина")


def judged(by: User, text: str) -> object:
    session = imports.begun(InvitationsKind, (HEAD + text).encode(), by=by, at=clock.now())
    return imports.judged(session, InvitationsKind, at=clock.now())


def named(surname: str) -> dict[str, str]:
    return {"person__surname": surname, "person__given_name": "Вера", "person__patronymic": "Игоревна"}


def test_coordinators_without_an_account_are_invited(by: User) -> None:
    post = CoordinatorFactory(**named("Аистова"), person__email="", center__organization__short_name="Лицей Ручей")
    coordinator(**named("Боброва"))
    text = "Аистова Вера Игоревна;a@school.example;Лицей Ручей\nБоброва Вера Игоревна;b@school.example;\n"
    data = (HEAD + text).encode()
    session, found = imports.written(InvitationsKind, data, by=by, at=clock.now())
    assert (found.faults, found.doubtful, [one.row for one in found.new], found.same) == ([], [], [2], [3])
    made = Invitation.objects.get()
    assert (made.person, made.email, made.invited_by, made.makes_administrator) == (
        post.person, "a@school.example", by, False,
    )  # fmt: skip
    assert judged(by, text).same == [2, 3]
    sessions.undo(session, InvitationsKind, by=by, at=clock.now() + clock.datetime.timedelta(minutes=1))
    assert not Invitation.objects.pending(clock.now() + clock.datetime.timedelta(minutes=2)).exists()


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("guest", invitations.NO_COORDINATOR),
        ("colleague", invitations.RESERVED),
        ("elsewhere", invitations.OTHER_CENTER.format("Лицей Ручей")),
        ("taken", invitations.TAKEN),
        ("nowhere", invitations.NO_EMAIL),
    ],
)
def test_whom_a_methodist_does_not_invite_no_file_does(by: User, who: str, words: str) -> None:
    name, email, place = "Аистова Вера Игоревна", "a@school.example", ""
    if who == "guest":
        PersonFactory(**{key.removeprefix("person__"): value for key, value in named("Аистова").items()})
    else:
        email_of_record = {"person__email": ""} if who == "nowhere" else {}
        post = CoordinatorFactory(**named("Аистова"), center__organization__short_name="Лицей Ручей", **email_of_record)
    if who == "colleague":
        StaffPostFactory(person=post.person, until=clock.today().replace(day=1))
    if who == "elsewhere":
        place = CoordinatorFactory(center__organization__short_name="Гимназия Берег").center.organization.short_name
    email = by.email if who == "taken" else "" if who == "nowhere" else email
    found = judged(by, f"{name};{email};{place}\n")
    assert [(one.row, one.words) for one in found.faults] == [(2, words)]


def test_unknown_is_asked_about_and_twice_is_a_fault(by: User) -> None:
    CoordinatorFactory(**named("Аистова"))
    line = "Аистова Вера Игоревна;a@school.example;\n"
    found = judged(by, f"{line}Неведомая Яна Петровна;y@school.example;\n{line}")
    assert [one.row for one in found.doubtful] == [3]
    assert [(one.row, one.words) for one in found.faults] == [(4, invitations.TWICE.format(2))]


def test_administrator_invites_whom_a_methodist_may_not() -> None:
    StaffPostFactory(**named("Аистова"), person__email="a@school.example")
    waits = InvitationFactory(person__surname="Боброва", person__given_name="Вера", person__patronymic="Игоревна")
    now = clock.now()
    Invitation.objects.update(invited_at=now, expires_at=now + clock.datetime.timedelta(days=9))
    found = judged(administrator(), "Аистова Вера Игоревна;;\nБоброва Вера Игоревна;;\n")
    assert (found.faults, len(found.new), found.same) == ([], 1, [3])
    assert waits.person.invitations.count() == 1
