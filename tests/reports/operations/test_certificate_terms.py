"""Certificates whose term ends: named sixty days before, roots and keys; letters of their time stay genuine."""

import datetime as dt
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from pytest_django import Settings

from reports.models import Letter
from reports.operations import certificate_terms, health, invariants
from tests import clock
from tests.factories import letters as walked
from tests.factories.reports import DIRECTOR, KEY_PASSWORD, Office
from tests.key_authority import DAY, KeyAuthority

pytestmark = pytest.mark.django_db


@pytest.fixture
def keys(settings: Settings, tmp_path: Path) -> Path:
    settings.KEYS_DIR = tmp_path
    return tmp_path


def trusted(folder: Path, *authorities: KeyAuthority) -> None:
    pem = b"".join(one.root.public_bytes(Encoding.PEM) for one in authorities)
    (folder / "authority.pem").write_bytes(pem)


def named(now: dt.datetime) -> list[tuple[str, str]]:
    return [(one.what, one.owner) for one in certificate_terms.ending(now)]


def titles(now: dt.datetime) -> list[str]:
    return [row["title"] for row in health.troubles(now) if "ертификат" in row["title"]]


def signed(office: Office, keys: Path, authority: KeyAuthority, *, ends: int = 400) -> Letter:
    authority.issue(keys / f"{office.authority.key_name}.p12", DIRECTOR, KEY_PASSWORD, ends=ends)
    letter = walked.awaiting(office)
    walked.sign(letter, office)
    return letter


def test_nothing_ends(keys: Path) -> None:
    assert named(clock.now()) == [], "no file of roots is no trouble of terms"
    trusted(keys, KeyAuthority(clock.now()))
    assert named(clock.now()) == []


@pytest.mark.parametrize("place", ["authority.pem", "gost-roots/one.pem"])
def test_root_is_named_sixty_days_before_and_afterwards(keys: Path, place: str) -> None:
    now = clock.now()
    (keys / "gost-roots").mkdir()
    (keys / place).write_bytes(KeyAuthority(now, ends=60).root.public_bytes(Encoding.PEM))
    assert named(now) == []
    assert named(now + DAY) == [(certificate_terms.ROOT, "Тестовый УЦ")]
    day = f"{(now + 60 * DAY).astimezone():%d.%m.%Y}"
    assert titles(now + DAY) == [f"Корневой сертификат действует до {day}"]
    assert titles(now + 61 * DAY) == [f"Корневой сертификат истёк {day}"]


def test_old_root_kept_for_old_letters_is_no_trouble(keys: Path) -> None:
    now = clock.now()
    trusted(keys, KeyAuthority(now, ends=-1), KeyAuthority(now, "Новый УЦ"))
    assert named(now) == []
    trusted(keys, KeyAuthority(now, ends=-1), KeyAuthority(now, "Новый УЦ", ends=9))
    assert named(now) == [(certificate_terms.ROOT, "Тестовый УЦ"), (certificate_terms.ROOT, "Новый УЦ")]


def test_old_root_above_a_key_in_use_is_named(keys: Path, office: Office) -> None:
    now = clock.now()
    old = KeyAuthority(now, ends=5)
    trusted(keys, old, KeyAuthority(now, "Новый УЦ"))
    signed(office, keys, old)
    assert named(now + 6 * DAY) == [(certificate_terms.ROOT, "Тестовый УЦ")]


def test_key_is_known_by_what_it_signed(keys: Path, office: Office) -> None:
    authority = KeyAuthority(clock.now())
    trusted(keys, authority)
    signed(office, keys, authority, ends=90)
    assert named(clock.now()) == []
    assert named(clock.now() + 31 * DAY) == [(certificate_terms.KEY, DIRECTOR)]


def test_letter_outlives_the_root_that_vouched_for_it(keys: Path, office: Office) -> None:
    """The inspection judges a seal by the moment at which it was made."""
    authority = KeyAuthority(clock.now(), ends=5)
    trusted(keys, authority)
    signed(office, keys, authority, ends=4)
    with clock.standing(clock.now() + 9 * DAY):
        assert list(invariants.verified_signatures()) == []
