"""The director presses «Подписать» on a bad day of the key: the page says which, and the letter waits as it was."""

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client
from pytest_django import Settings

from reports.letters import key_attempts
from reports.models import Letter
from reports.models.letter import LetterStatus
from tests import clock
from tests.factories import letters as walked
from tests.factories.reports import DIRECTOR, KEY_PASSWORD, Office
from tests.key_authority import KeyAuthority, new_key
from tests.untouched import everything, nothing_changes

pytestmark = pytest.mark.django_db
UNTOUCHED = "Письмо не изменилось"


@pytest.fixture(scope="module")
def pair() -> rsa.RSAPrivateKey:
    return new_key()


@pytest.fixture(scope="module")
def authority() -> KeyAuthority:
    return KeyAuthority(clock.now())


@pytest.fixture
def letter(office: Office, demo: None) -> Letter:
    return walked.awaiting(office)


@pytest.fixture
def keys(settings: Settings, tmp_path: Path, authority: KeyAuthority) -> Path:
    settings.KEYS_DIR = tmp_path
    (tmp_path / "crl").mkdir()
    authority.trusted_in(tmp_path)
    return tmp_path


@contextlib.contextmanager
def one_step(letter: Letter) -> Iterator[None]:
    before = everything()
    yield
    after = everything()
    assert after.pop("reports.LetterTransition")[:-1] == before.pop("reports.LetterTransition")
    assert after == before
    assert letter.transitions.order_by("pk").last().note == key_attempts.NOTE


def refused(letter: Letter, office: Office, client: Client, password: str = KEY_PASSWORD) -> str:
    """What the page says beside the password after «Подписать»; only a wrong password is in the audit log."""
    client.force_login(office.director)
    with nothing_changes() if password == KEY_PASSWORD else one_step(letter):
        answer = client.post(f"/letters/{letter.pk}/sign/", {"digest": letter.final.digest, "password": password})
    assert answer.status_code == 422
    assert password not in answer.content.decode()
    assert Letter.objects.get(pk=letter.pk).status == LetterStatus.AWAITING
    (error,) = answer.context["sign_form"].errors["password"]
    assert error in answer.content.decode().replace("&#x27;", "'")
    return error


type Issue = Callable[[Path, KeyAuthority, rsa.RSAPrivateKey], None]


def expired(keys: Path, authority: KeyAuthority, pair: rsa.RSAPrivateKey) -> None:
    authority.issue(keys / "director.p12", DIRECTOR, KEY_PASSWORD, key=pair, begins=-9, ends=-1)


def early(keys: Path, authority: KeyAuthority, pair: rsa.RSAPrivateKey) -> None:
    authority.issue(keys / "director.p12", DIRECTOR, KEY_PASSWORD, key=pair, begins=1)


def revoked(keys: Path, authority: KeyAuthority, pair: rsa.RSAPrivateKey) -> None:
    certificate = authority.issue(keys / "director.p12", DIRECTOR, KEY_PASSWORD, key=pair)
    (keys / "crl" / "authority.crl").write_bytes(authority.revoke(certificate))


def foreign(keys: Path, authority: KeyAuthority, pair: rsa.RSAPrivateKey) -> None:
    KeyAuthority(authority.now, "Чужой УЦ").issue(keys / "director.p12", DIRECTOR, KEY_PASSWORD, key=pair)


def of_another_person(keys: Path, authority: KeyAuthority, pair: rsa.RSAPrivateKey) -> None:
    authority.issue(keys / "director.p12", "Другая О.О.", KEY_PASSWORD, key=pair)


def for_another_use(keys: Path, authority: KeyAuthority, pair: rsa.RSAPrivateKey) -> None:
    authority.issue(keys / "director.p12", DIRECTOR, KEY_PASSWORD, key=pair, uses=("key_encipherment",))


def missing(keys: Path, authority: KeyAuthority, pair: rsa.RSAPrivateKey) -> None:
    assert not (keys / "director.p12").exists()


def damaged(keys: Path, authority: KeyAuthority, pair: rsa.RSAPrivateKey) -> None:
    (keys / "director.p12").write_bytes(b"rubbish")


def without_authority(keys: Path, authority: KeyAuthority, pair: rsa.RSAPrivateKey) -> None:
    authority.issue(keys / "director.p12", DIRECTOR, KEY_PASSWORD, key=pair)
    (keys / "authority.pem").unlink()


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (expired, "Срок действия сертификата истёк "),
        (early, "Сертификат действует только с "),
        (revoked, "Сертификат ключа отозван "),
        (foreign, "Сертификат ключа выдан не тем удостоверяющим центром, которому доверяет портал (Чужой УЦ)."),
        (of_another_person, "Сертификат выдан другому лицу: Другая О.О."),
        (for_another_use, "Сертификат ключа выдан не для подписи документов."),
        (missing, "Ключ подписи не установлен на сервере."),
        (damaged, "Файл ключа на сервере повреждён."),
        (without_authority, "Сертификат удостоверяющего центра или списки отозванных на сервере не читаются"),
    ],
)
def test_bad_day(
    day: Issue,
    words: str,
    letter: Letter,
    office: Office,
    keys: Path,
    authority: KeyAuthority,
    pair: rsa.RSAPrivateKey,
    client: Client,
) -> None:
    day(keys, authority, pair)
    said = refused(letter, office, client)
    assert said.startswith(words)
    assert UNTOUCHED in said


def test_wrong_password(
    letter: Letter, office: Office, keys: Path, authority: KeyAuthority, pair: rsa.RSAPrivateKey, client: Client
) -> None:
    authority.issue(keys / "director.p12", DIRECTOR, KEY_PASSWORD, key=pair)
    said = refused(letter, office, client, password="не тот пароль")
    assert said == "Пароль ключа не подошёл. Письмо не изменилось, введите пароль ещё раз."


def test_good_day(
    letter: Letter, office: Office, keys: Path, authority: KeyAuthority, pair: rsa.RSAPrivateKey, client: Client
) -> None:
    authority.issue(keys / "director.p12", DIRECTOR, KEY_PASSWORD, key=pair)
    (keys / "crl" / "authority.crl").write_bytes(authority.revoke())
    client.force_login(office.director)
    client.post(f"/letters/{letter.pk}/sign/", {"digest": letter.final.digest, "password": KEY_PASSWORD})
    signed = Letter.objects.get(pk=letter.pk)
    assert signed.status == LetterStatus.SIGNED
    assert dict(signed.signature.report)["Отзыв сертификата"].startswith("сертификата нет в списке отозванных от ")
