"""The house that sends letters: its letterhead, journal, authority, and everybody at their desks."""

import datetime
from dataclasses import dataclass
from pathlib import Path

import factory
import pytest
from factory.django import DjangoModelFactory

from centers.models import Department, User
from reports.models import (
    Letter,
    LetterFile,
    Letterhead,
    OutgoingRegister,
    Recipient,
    RegisterEntry,
    RegisterYear,
    SigningAuthority,
)
from reports.models.letter import FileKind
from reports.models.letterhead import Edition
from reports.signing import demo_authority
from tests.factories.centers import CenterFactory, DepartmentFactory, PersonFactory, UserFactory, staff
from tests.factories.events import OutcomeFactory
from tests.factories.moments import DRAWN_AT, FILED_AT, LONG_AGO, SENT_AT

KEY_NAME, KEY_PASSWORD, DIRECTOR = "director", "снегирь на рябине", "Кедрова Е.Ю."


def issue_key(folder: Path, *, now: datetime.datetime) -> Path:
    """A demo authority and the director's key in the folder; the same folder is returned."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(demo_authority, "PASSWORD_ROUNDS", 1_000)
        patched.setattr(demo_authority, "KEY_BITS", 2048)  # each signature proves the key anew
        demo_authority.issue(folder, owners={KEY_NAME: DIRECTOR}, password=KEY_PASSWORD, now=now)
    return folder


class LetterheadFactory(DjangoModelFactory):
    class Meta:
        model = Letterhead

    edition = Edition.R2025
    body_above = "Комитет образования Заречной области"
    institution = "УЧРЕЖДЕНИЕ\n«ЗАРЕЧНЫЙ ЦЕНТР»"
    short_name = "ОГБУ «Заречный центр»"
    reference = "Садовая ул., д. 1, с. Заречное\nтел. (0000) 00-00-01"
    since = LONG_AGO


class SigningAuthorityFactory(DjangoModelFactory):
    class Meta:
        model = SigningAuthority

    person = factory.SubFactory(PersonFactory)
    post = "Директор"
    basis = "Устав"
    key_name = KEY_NAME
    since = LONG_AGO


class OutgoingRegisterFactory(DjangoModelFactory):
    class Meta:
        model = OutgoingRegister
        django_get_or_create = ("code",)

    code = "outgoing"
    name = "Журнал исходящих"


class RegisterYearFactory(DjangoModelFactory):
    """A year that begins at 941, because 940 letters went out on paper."""

    class Meta:
        model = RegisterYear
        django_get_or_create = ("register", "year")

    register = factory.SubFactory(OutgoingRegisterFactory)
    year = 2026
    first_sequence, last_sequence = 941, 940
    opening_note = "940 писем ушло на бумаге"


class LetterFactory(DjangoModelFactory):
    """A bare draft, for tests of rows; ``tests.factories.letters`` makes letters by the verbs."""

    class Meta:
        model = Letter

    outcome = factory.SubFactory(OutcomeFactory)
    department = factory.SelfAttribute("outcome.event.department")
    subject_line = factory.SelfAttribute("outcome.subject_line")
    prepared_by = factory.SelfAttribute("outcome.prepared_by")
    filed_by = factory.SubFactory(UserFactory)
    filed_at = FILED_AT


class RegisterEntryFactory(DjangoModelFactory):
    class Meta:
        model = RegisterEntry

    register = factory.SubFactory(OutgoingRegisterFactory)
    year = 2026
    sequence = factory.Sequence(lambda n: n + 1)
    number = factory.LazyAttribute(lambda entry: str(entry.sequence))
    registered_on = datetime.date(2026, 3, 18)
    letter = factory.SubFactory(LetterFactory)
    addressee = "Руководителям"
    subject_line = "Об итогах"
    prepared_by = "Ветрова М.И."
    registered_by = factory.SubFactory(UserFactory)


class LetterFileFactory(DjangoModelFactory):
    class Meta:
        model = LetterFile

    letter = factory.SubFactory(LetterFactory)
    kind = FileKind.FINAL
    digest = factory.Sequence(lambda n: f"{n:064x}")
    size = 1000
    made_at = DRAWN_AT


class RecipientFactory(DjangoModelFactory):
    class Meta:
        model = Recipient

    letter = factory.SubFactory(LetterFactory)
    center = factory.SubFactory(CenterFactory)
    name = "Громова Ольга Павловна"
    email = factory.Sequence(lambda n: f"center{n}@school.example")
    token = factory.Sequence(lambda n: f"token-{n}")
    message_id = factory.Sequence(lambda n: f"<letter-{n}@rvci.example>")
    send_after = SENT_AT


@dataclass(frozen=True)
class Office:
    """Everybody and everything that a letter needs on its road."""

    department: Department
    methodist: User
    head: User
    clerk: User
    director: User
    authority: SigningAuthority
    register: OutgoingRegister


def office() -> Office:
    department = DepartmentFactory()
    director = staff("director", person__surname="Кедрова", person__given_name="Елена", person__patronymic="Юрьевна")
    LetterheadFactory()
    return Office(
        department=department,
        methodist=staff("methodist", department),
        head=staff("head", department),
        clerk=staff("clerk", department),
        director=director,
        authority=SigningAuthorityFactory(person=director.person),
        register=RegisterYearFactory().register,
    )
