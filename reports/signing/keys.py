"""The signatory's key: a PKCS#12 file on this server, opened with the password just typed, judged before it signs."""

import datetime as dt
import re
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

from asn1crypto import pkcs12 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from django.conf import settings
from django.utils import timezone

from rcro_portal.lib.refusals import Refusal
from rcro_portal.lib.russian import short_date
from reports.signing import demo_authority, revocation, trust

KEY_NAME = re.compile(r"[\w-]+", re.ASCII)


class CannotSign(Refusal):
    """The letter was not signed; it stays where it was."""


class NoKey(CannotSign):
    """There is no key on this server, or its file cannot be used."""

    words = "Ключ подписи не установлен на сервере. Письмо не изменилось. Обратитесь к администратору."


class KeyDamaged(NoKey):
    words = "Файл ключа на сервере повреждён. Письмо не изменилось. Обратитесь к администратору."


class WrongPassword(CannotSign):
    """The password does not open the key."""

    words = "Пароль ключа не подошёл. Письмо не изменилось, введите пароль ещё раз."


class NotOwner(CannotSign):
    """The certificate was issued to somebody else than the signatory."""


class CertificateExpired(CannotSign):
    """The certificate's term is over."""


class CertificateNotYetValid(CannotSign):
    """The certificate's term has not begun."""


class CertificateRevoked(CannotSign):
    """The certificate, or one above it, is on its authority's list of the revoked."""


class CertificateForeign(CannotSign):
    """The certificate does not lead to an authority that is trusted here."""


class AuthorityOutOfTerm(CannotSign):
    """The authority above the certificate is trusted here, but its own term is over or has not begun."""


class CertificateNotForSigning(CannotSign):
    words = (
        "Сертификат ключа выдан не для подписи документов. Письмо не изменилось. "
        "Нужен сертификат с назначением «электронная подпись»; обратитесь к администратору."
    )


class NothingToJudgeBy(CannotSign):
    """The authority's certificate or the lists of the revoked cannot be read."""

    words = (
        "Сертификат удостоверяющего центра или списки отозванных на сервере не читаются: проверить ключ нечем. "
        "Письмо не изменилось. Обратитесь к администратору."
    )


@dataclass(frozen=True)
class SigningKey:
    """An opened key with what its certificate says of the owner."""

    owner: str
    serial: str
    valid_from: dt.datetime
    valid_to: dt.datetime
    fingerprint: str
    demonstration: bool
    certificate: x509.Certificate = field(repr=False)
    chain: tuple[x509.Certificate, ...] = field(repr=False)
    private_key: rsa.RSAPrivateKey = field(repr=False)


def load_key(
    *, password: str, name: str = "director", owners: Collection[str] = (), now: dt.datetime | None = None
) -> SigningKey:
    """Open the key in the file ``name``.p12, issued to one of ``owners`` (spellings of the common name).

    Certificates are judged by real time, which is what ``now`` must be. Raises a CannotSign that names the reason;
    what would be refused after signing is refused before.
    """
    private_key, certificate, chain = _opened(name, password)
    holder = common_name(certificate.subject)
    if owners and holder not in owners:
        raise NotOwner(f"Сертификат выдан другому лицу: {holder}. Письмо не изменилось. Обратитесь к администратору.")
    now = now or timezone.now()
    _refuse_out_of_term(certificate, now)
    if not trust.may_sign(certificate):
        raise CertificateNotForSigning
    _refuse_untrusted(certificate, chain, now)
    return SigningKey(
        owner=holder,
        serial=f"{certificate.serial_number:X}",
        valid_from=certificate.not_valid_before_utc,
        valid_to=certificate.not_valid_after_utc,
        fingerprint=certificate.fingerprint(hashes.SHA256()).hex(),
        demonstration=common_name(certificate.issuer) == demo_authority.COMMON_NAME,
        certificate=certificate,
        chain=tuple(chain),
        private_key=private_key,
    )


def common_name(name: x509.Name) -> str:
    found = name.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(found[0].value) if found else name.rfc4514_string()


def _opened(name: str, password: str) -> tuple[rsa.RSAPrivateKey, x509.Certificate, list[x509.Certificate]]:
    data = _file(name)
    if "\0" in password:  # cryptography panics instead of raising
        raise WrongPassword
    try:
        private_key, certificate, chain = pkcs12.load_key_and_certificates(data, password.encode())
    except ValueError as error:
        raise WrongPassword from error
    if not isinstance(private_key, rsa.RSAPrivateKey) or certificate is None:
        raise NoKey(
            "Файл ключа не содержит ключа RSA с сертификатом. Письмо не изменилось. Обратитесь к администратору."
        )
    return private_key, certificate, chain


def _file(name: str) -> bytes:
    """The key's file, if it is one at all: cryptography calls a damaged file a wrong password."""
    if not KEY_NAME.fullmatch(name):
        raise NoKey
    try:
        data = (Path(settings.KEYS_DIR) / f"{name}.p12").read_bytes()
    except OSError as error:
        raise NoKey from error
    try:
        assert asn1.Pfx.load(data, strict=True)["version"].native == "v3"
    except (AssertionError, ValueError, TypeError) as error:
        raise KeyDamaged from error
    return data


def _refuse_out_of_term(certificate: x509.Certificate, now: dt.datetime) -> None:
    if now > certificate.not_valid_after_utc:
        raise CertificateExpired(
            f"Срок действия сертификата истёк {_day(certificate.not_valid_after_utc)}. Письмо не изменилось. "
            "Нужен новый сертификат."
        )
    if now < certificate.not_valid_before_utc:
        raise CertificateNotYetValid(
            f"Сертификат действует только с {_day(certificate.not_valid_before_utc)}. Письмо не изменилось, "
            "проверьте часы сервера."
        )


def _refuse_untrusted(certificate: x509.Certificate, chain: list[x509.Certificate], now: dt.datetime) -> None:
    try:
        found = trust.revoked(trust.path(certificate, chain, now), now)
    except (trust.NoAuthority, revocation.ListsUnreadable) as error:
        raise NothingToJudgeBy from error
    except trust.NotTrusted as error:
        if root := trust.out_of_term(trust.roots(), [certificate, *chain], now):
            raise AuthorityOutOfTerm(
                f"Сертификат удостоверяющего центра, выдавшего ключ, {trust.term_in_words(root, now)}. "
                "Письмо не изменилось. Нужен действующий сертификат центра и ключ от него; обратитесь к администратору."
            ) from error
        raise CertificateForeign(
            f"Сертификат ключа выдан не тем удостоверяющим центром, которому доверяет портал "
            f"({common_name(certificate.issuer)}). Письмо не изменилось. Обратитесь к администратору."
        ) from error
    if found.since is not None:
        raise CertificateRevoked(
            f"Сертификат ключа отозван {_day(found.since)}. Письмо не изменилось. Нужен новый сертификат."
        )


def _day(moment: dt.datetime) -> str:
    return short_date(timezone.localdate(moment))
