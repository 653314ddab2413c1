"""The bad days of the signatory's key: each is refused before anything is signed, with words of its own."""

import datetime as dt
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12
from pytest_django import Settings

from reports.signing import pades
from reports.typesetting import rendering
from tests import clock
from tests.key_authority import DAY, KeyAuthority, new_key
from tests.reports import paper

NOW = clock.NOON
OWNER, PASSWORD = "Кедрова Е.Ю.", "пароль"


@pytest.fixture(scope="module")
def authority() -> KeyAuthority:
    return KeyAuthority(NOW)


@pytest.fixture(scope="module")
def pair() -> rsa.RSAPrivateKey:
    return new_key()


@pytest.fixture
def keys(settings: Settings, tmp_path: Path, authority: KeyAuthority) -> Path:
    settings.KEYS_DIR = tmp_path
    (tmp_path / "crl").mkdir()
    authority.trusted_in(tmp_path)
    return tmp_path


def load(now: dt.datetime = NOW) -> pades.SigningKey:
    return pades.load_key(password=PASSWORD, owners={OWNER}, now=now)


def refusal(kind: type[pades.CannotSign], now: dt.datetime = NOW) -> str:
    with pytest.raises(pades.CannotSign) as refused:
        load(now)
    assert refused.type is kind
    return str(refused.value)


# -- The key ------------------------------------------------------------------------------------------


def test_damaged_file_is_not_called_a_wrong_password(
    keys: Path, authority: KeyAuthority, pair: rsa.RSAPrivateKey
) -> None:
    file = keys / "director.p12"
    authority.issue(file, OWNER, PASSWORD, key=pair)
    for data in (b"", b"rubbish", file.read_bytes()[:-10], file.read_bytes() + b"\0"):
        file.write_bytes(data)
        assert refusal(pades.KeyDamaged).startswith("Файл ключа на сервере повреждён.")


def test_file_with_a_key_of_another_kind_or_without_a_certificate(keys: Path, pair: rsa.RSAPrivateKey) -> None:
    lock = BestAvailableEncryption(PASSWORD.encode())
    for key in (ec.generate_private_key(ec.SECP256R1()), pair):
        (keys / "director.p12").write_bytes(pkcs12.serialize_key_and_certificates(b"key", key, None, None, lock))
        assert refusal(pades.NoKey).startswith("Файл ключа не содержит ключа RSA с сертификатом.")


@pytest.mark.parametrize("uses", [("key_encipherment",), ("key_cert_sign", "crl_sign")])
def test_certificate_for_another_use(
    keys: Path, authority: KeyAuthority, pair: rsa.RSAPrivateKey, uses: tuple[str, ...]
) -> None:
    authority.issue(keys / "director.p12", OWNER, PASSWORD, key=pair, uses=uses)
    assert refusal(pades.CertificateNotForSigning).startswith("Сертификат ключа выдан не для подписи документов.")


@pytest.mark.parametrize("use", ["digital_signature", "content_commitment"])
def test_either_use_is_enough_to_sign_and_to_verify(
    keys: Path, authority: KeyAuthority, pair: rsa.RSAPrivateKey, use: str
) -> None:
    authority.issue(keys / "director.p12", OWNER, PASSWORD, key=pair, uses=(use,))
    signed = pades.sign(rendering.draw(paper.letter_941()), key=load(), at=NOW)
    assert pades.verify(signed, now=NOW).owner == OWNER


def test_certificate_of_another_authority(keys: Path, pair: rsa.RSAPrivateKey) -> None:
    KeyAuthority(NOW, "Чужой УЦ").issue(keys / "director.p12", OWNER, PASSWORD, key=pair)
    assert refusal(pades.CertificateForeign).startswith(
        "Сертификат ключа выдан не тем удостоверяющим центром, которому доверяет портал (Чужой УЦ)."
    )


def test_namesake_of_the_authority(keys: Path, pair: rsa.RSAPrivateKey) -> None:
    KeyAuthority(NOW).issue(keys / "director.p12", OWNER, PASSWORD, key=pair)
    refusal(pades.CertificateForeign)


@pytest.mark.parametrize("data", [None, b"rubbish"])
def test_authority_that_cannot_be_read(
    keys: Path, authority: KeyAuthority, pair: rsa.RSAPrivateKey, data: bytes | None
) -> None:
    authority.issue(keys / "director.p12", OWNER, PASSWORD, key=pair)
    (keys / "authority.pem").unlink()
    if data is not None:
        (keys / "authority.pem").write_bytes(data)
    assert "проверить ключ нечем" in refusal(pades.NothingToJudgeBy)


def test_root_whose_term_is_over_vouches_for_nobody(
    settings: Settings, tmp_path: Path, pair: rsa.RSAPrivateKey
) -> None:
    settings.KEYS_DIR = tmp_path
    old = KeyAuthority(NOW, ends=-1)
    old.trusted_in(tmp_path)
    old.issue(tmp_path / "director.p12", OWNER, PASSWORD, key=pair, begins=-9)
    day = (NOW - DAY).astimezone()
    said = refusal(pades.AuthorityOutOfTerm)
    assert said.startswith(f"Сертификат удостоверяющего центра, выдавшего ключ, истёк {day:%d.%m.%Y}. Письмо не изм")
    assert load(NOW - DAY - DAY / 24).owner == OWNER, "while the term ran it vouched"


def test_root_of_tomorrow(settings: Settings, tmp_path: Path, pair: rsa.RSAPrivateKey) -> None:
    settings.KEYS_DIR = tmp_path
    early = KeyAuthority(NOW + 3651 * DAY)
    early.trusted_in(tmp_path)
    early.issue(tmp_path / "director.p12", OWNER, PASSWORD, key=pair, begins=-4000)
    assert "действует только с " in refusal(pades.AuthorityOutOfTerm)


def test_later_root_beside_the_old_one(settings: Settings, tmp_path: Path, pair: rsa.RSAPrivateKey) -> None:
    settings.KEYS_DIR = tmp_path
    old, later = KeyAuthority(NOW, ends=-1), KeyAuthority(NOW)
    (tmp_path / "authority.pem").write_bytes(b"".join(map(pem, (old, later))))
    later.issue(tmp_path / "director.p12", OWNER, PASSWORD, key=pair)
    assert load().owner == OWNER


def pem(authority: KeyAuthority) -> bytes:
    return authority.root.public_bytes(Encoding.PEM)


# -- The lists of the revoked ---------------------------------------------------------------------------


def test_revoked(keys: Path, authority: KeyAuthority, pair: rsa.RSAPrivateKey) -> None:
    certificate = authority.issue(keys / "director.p12", OWNER, PASSWORD, key=pair)
    (keys / "crl" / "authority.crl").write_bytes(authority.revoke(certificate))
    day = (NOW - DAY / 12).astimezone()
    assert refusal(pades.CertificateRevoked).startswith(f"Сертификат ключа отозван {day:%d.%m.%Y}.")


def test_revoked_by_a_list_that_is_old(keys: Path, authority: KeyAuthority, pair: rsa.RSAPrivateKey) -> None:
    certificate = authority.issue(keys / "director.p12", OWNER, PASSWORD, key=pair)
    (keys / "crl" / "authority.crl").write_bytes(authority.revoke(certificate, at=NOW - 9 * DAY, next_in=-3))
    refusal(pades.CertificateRevoked)


def test_another_certificate_revoked(keys: Path, authority: KeyAuthority, pair: rsa.RSAPrivateKey) -> None:
    other = authority.issue(keys / "other.p12", "Другая О.О.", PASSWORD, key=pair)
    authority.issue(keys / "director.p12", OWNER, PASSWORD, key=pair)
    (keys / "crl" / "authority.crl").write_bytes(authority.revoke(other))
    assert load().owner == OWNER


def test_list_that_the_authority_did_not_sign(keys: Path, authority: KeyAuthority, pair: rsa.RSAPrivateKey) -> None:
    certificate = authority.issue(keys / "director.p12", OWNER, PASSWORD, key=pair)
    (keys / "crl" / "forged.crl").write_bytes(KeyAuthority(NOW).revoke(certificate))
    assert load().owner == OWNER


def test_rubbish_among_the_lists(keys: Path, authority: KeyAuthority, pair: rsa.RSAPrivateKey) -> None:
    authority.issue(keys / "director.p12", OWNER, PASSWORD, key=pair)
    (keys / "crl" / "authority.crl").write_bytes(b"rubbish")
    assert "проверить ключ нечем" in refusal(pades.NothingToJudgeBy)


# -- The signature -------------------------------------------------------------------------------------------


@pytest.fixture
def signed(keys: Path, authority: KeyAuthority, pair: rsa.RSAPrivateKey) -> bytes:
    authority.issue(keys / "director.p12", OWNER, PASSWORD, key=pair)
    return pades.sign(rendering.draw(paper.letter_941()), key=load(), at=NOW)


def revocation_in(signed: bytes, now: dt.datetime = NOW) -> str:
    return dict(pades.verify(signed, now=now).report)["Отзыв сертификата"]


def revoke(keys: Path, authority: KeyAuthority, *, at: dt.datetime) -> None:
    certificate = pades.load_key(password=PASSWORD, now=NOW).certificate
    (keys / "crl" / "authority.crl").write_bytes(authority.revoke(certificate, at=at))


def test_report_is_whole(signed: bytes) -> None:
    report = dict(pades.verify(signed, now=NOW).report)
    assert list(report) == [
        "Подпись",
        "Цепочка сертификатов",
        "Отзыв сертификата",
        "Владелец сертификата",
        "Сертификат",
        "Отпечаток сертификата (SHA-256)",
        "Выдан",
        "Действителен",
        "Время подписания",
        "Алгоритм",
        "Вид подписи",
    ]
    assert report["Цепочка сертификатов"].endswith("которому доверяет портал: Тестовый УЦ")
    assert report["Действителен"].endswith("; на время проверки срок не истёк")
    assert report["Время подписания"].endswith(" по часам сервера; службой времени не подтверждено")
    assert report["Алгоритм"] == "RSA, 2048 бит, SHA-256"


def test_revocation_that_could_not_be_checked_is_said(signed: bytes) -> None:
    assert revocation_in(signed).startswith("не проверялся: списка отозванных")


def test_list_that_is_old_is_said(signed: bytes, keys: Path, authority: KeyAuthority) -> None:
    (keys / "crl" / "authority.crl").write_bytes(authority.revoke(next_in=-3))
    assert revocation_in(signed).endswith("этот устарел")


def test_list_that_is_fresh_is_said(signed: bytes, keys: Path, authority: KeyAuthority) -> None:
    (keys / "crl" / "authority.crl").write_bytes(authority.revoke())
    day = (NOW - DAY / 24).astimezone()
    assert revocation_in(signed) == f"сертификата нет в списке отозванных от {day:%d.%m.%Y}"


def test_signature_made_after_the_revocation(signed: bytes, keys: Path, authority: KeyAuthority) -> None:
    revoke(keys, authority, at=NOW - DAY)
    with pytest.raises(pades.NotGenuine, match="Сертификат подписи не подтверждён: он отозван "):
        pades.verify(signed, now=NOW)


def test_signature_made_before_the_revocation_stays_good(signed: bytes, keys: Path, authority: KeyAuthority) -> None:
    revoke(keys, authority, at=NOW + 3 * DAY)
    assert pades.verify(signed, now=NOW + 5 * DAY).signed_at == NOW


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (NOW + 500 * DAY, "его срок истёк "),
        (NOW - 5 * DAY, "он действует только с "),
    ],
)
def test_certificate_out_of_term(signed: bytes, now: dt.datetime, words: str) -> None:
    with pytest.raises(pades.NotGenuine) as refused:
        pades.verify(signed, now=now)
    assert str(refused.value).startswith(f"Сертификат подписи не подтверждён: {words}")


def test_root_whose_term_is_over_vouches_for_no_signature(
    settings: Settings, tmp_path: Path, pair: rsa.RSAPrivateKey
) -> None:
    settings.KEYS_DIR = tmp_path
    ending = KeyAuthority(NOW, ends=5)
    ending.trusted_in(tmp_path)
    ending.issue(tmp_path / "director.p12", OWNER, PASSWORD, key=pair)
    signed = pades.sign(rendering.draw(paper.letter_941()), key=load(), at=NOW)
    assert pades.verify(signed, now=NOW + 4 * DAY).owner == OWNER
    with pytest.raises(pades.NotGenuine, match="сертификат удостоверяющего центра, выдавшего его, истёк "):
        pades.verify(signed, now=NOW + 6 * DAY)
