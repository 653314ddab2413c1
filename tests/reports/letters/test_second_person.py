"""A ГОСТ signature that nobody could check here is confirmed by another than who brought it."""

from pathlib import Path

import pytest
from pytest_django import Settings

from rcro_portal.lib import store
from reports.letters import outside_signatures, second_person, signatures
from reports.models import Letter, Signature, SoleClerk
from reports.models.letter import Way
from tests import clock
from tests.factories import letters as walked
from tests.factories.moments import SIGNED_AT, tomsk
from tests.factories.reports import Office
from tests.gost_authority import DAY, GostAuthority, needs_engine
from tests.untouched import refused

pytestmark = [pytest.mark.django_db, needs_engine, pytest.mark.machine_clock]  # OpenSSL puts it into a signature
NOW = clock.machine()
LATER = tomsk(3, 18, 16)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> GostAuthority:
    made = GostAuthority(tmp_path_factory.mktemp("gost"), "second")
    made.issue("director", "/CN=Кедрова Елена Юрьевна", begins=NOW - DAY, ends=NOW + 400 * DAY)
    return made


@pytest.fixture
def keys(settings: Settings, tmp_path: Path) -> Path:
    """No root is trusted: nothing can be checked."""
    settings.KEYS_DIR = tmp_path
    return tmp_path


@pytest.fixture
def letter(office: Office) -> Letter:
    made = walked.awaiting(office)
    signatures.choose_method(letter=made, way=Way.GOST, by=office.director, at=SIGNED_AT)
    return made


def signed_by(authority: GostAuthority, letter: Letter) -> bytes:
    return authority.sign("director", store.read(letter.final.digest))


def test_who_uploaded_a_file_that_was_not_checked_does_not_confirm_it(
    letter: Letter, office: Office, authority: GostAuthority, keys: Path
) -> None:
    brought = {"letter": letter, "data": signed_by(authority, letter), "at": SIGNED_AT, "now": clock.now()}
    row = outside_signatures.upload(by=office.clerk, **brought)
    with refused(second_person.OwnUpload):
        outside_signatures.confirm(letter=letter, signature=row, by=office.clerk, at=LATER)
    SoleClerk.objects.create(basis="Приказ № 12", since=LATER.date(), until=LATER.date())
    outside_signatures.confirm(letter=letter, signature=row, by=office.clerk, at=LATER)
    assert letter.transitions.order_by("pk").last().note == "Загрузил и подтвердил один человек: Приказ № 12"


def test_director_brings_the_clerks_file_again_and_the_clerk_confirms(
    letter: Letter, office: Office, authority: GostAuthority, keys: Path
) -> None:
    brought = {"letter": letter, "data": signed_by(authority, letter), "at": SIGNED_AT, "now": clock.now()}
    outside_signatures.upload(by=office.clerk, **brought)
    row = outside_signatures.upload(by=office.director, **brought)
    outside_signatures.confirm(letter=letter, signature=row, by=office.clerk, at=LATER)
    assert Signature.objects.get().confirmed_by == office.clerk
