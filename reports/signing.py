"""The seal: a PAdES signature into the letter's empty field, and the judgment of a sealed file. Alone knows keys.

The key is opened with the password that the director has just typed, used, and forgotten; neither it nor the
password is stored or logged.
"""

import datetime as dt
import io
import re
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from rcro_portal.refusals import Refusal
from rcro_portal.russian import short_date
from reports import demo_authority, rendering, signature_field
from reports.seal_check import NotGenuine, Verdict, verify
from reports.stamp_page import StampPage

__all__ = [
    "CannotSign",
    "CertificateExpired",
    "CertificateNotYetValid",
    "NoKey",
    "NotGenuine",
    "NotOwner",
    "SigningKey",
    "Verdict",
    "WrongPassword",
    "load_key",
    "seal",
    "verify",
]

KEY_NAME = re.compile(r"[\w-]+", re.ASCII)
BYTES_RESERVED = 16_384  # hexadecimal digits; two certificates and an RSA signature take about half


class CannotSign(Refusal):
    """The letter was not signed; it stays where it was."""


class NoKey(CannotSign):
    """There is no key on this server, or its file cannot be used."""

    words = "Ключ подписи не установлен на сервере. Письмо не изменилось. Обратитесь к администратору."


class WrongPassword(CannotSign):
    """The password does not open the key."""

    words = "Пароль ключа не подошёл. Письмо не изменилось, введите пароль ещё раз."


class NotOwner(CannotSign):
    """The certificate was issued to somebody else than the signatory."""


class CertificateExpired(CannotSign):
    """The certificate's term is over."""


class CertificateNotYetValid(CannotSign):
    """The certificate's term has not begun."""


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

    Certificates are judged by real time, which is what ``now`` must be. Raises NoKey, WrongPassword, NotOwner,
    CertificateExpired or CertificateNotYetValid.
    """
    private_key, certificate, chain = _opened(name, password)
    holder = _common_name(certificate.subject)
    if owners and holder not in owners:
        raise NotOwner(f"Сертификат выдан другому лицу: {holder}. Письмо не изменилось. Обратитесь к администратору.")
    _refuse_out_of_term(certificate, now or timezone.now())
    return SigningKey(
        owner=holder,
        serial=f"{certificate.serial_number:X}",
        valid_from=certificate.not_valid_before_utc,
        valid_to=certificate.not_valid_after_utc,
        fingerprint=certificate.fingerprint(hashes.SHA256()).hex(),
        demonstration=_common_name(certificate.issuer) == demo_authority.COMMON_NAME,
        certificate=certificate,
        chain=tuple(chain),
        private_key=private_key,
    )


def seal(pdf: bytes, *, key: SigningKey, at: dt.datetime | None = None) -> bytes:
    """The letter with its field filled: certified, no further change allowed, the stamp in its place.

    The bytes before the seal are those of ``pdf``: the seal only adds. ``at`` is the real time. Raises CannotSign
    where there is no empty field.
    """
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign.general import SigningError

    try:
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
        _describe(writer, key)
        signer = _clocked(at or timezone.now())(_metadata(key), _signer(key), stamp_style=_stamp_style(key))
        output = signer.sign_pdf(writer, existing_fields_only=True, bytes_reserved=BYTES_RESERVED)
    except (PdfError, SigningError, KeyError, IndexError) as error:
        raise CannotSign("В файле письма нет свободного места для подписи. Письмо не изменилось.") from error
    return output.getvalue()


def _opened(name: str, password: str) -> tuple[rsa.RSAPrivateKey, x509.Certificate, list[x509.Certificate]]:
    if not KEY_NAME.fullmatch(name):
        raise NoKey
    try:
        data = (Path(settings.KEYS_DIR) / f"{name}.p12").read_bytes()
    except OSError as error:
        raise NoKey from error
    if "\0" in password:  # cryptography panics instead of raising
        raise WrongPassword
    try:
        private_key, certificate, chain = pkcs12.load_key_and_certificates(data, password.encode())
    except ValueError as error:
        raise WrongPassword from error
    if not isinstance(private_key, rsa.RSAPrivateKey) or certificate is None:
        raise NoKey("Файл ключа не содержит ключа RSA с сертификатом. Обратитесь к администратору.")
    return private_key, certificate, chain


def _refuse_out_of_term(certificate: x509.Certificate, now: dt.datetime) -> None:
    if now > certificate.not_valid_after_utc:
        day = short_date(timezone.localdate(certificate.not_valid_after_utc))
        raise CertificateExpired(
            f"Срок действия сертификата истёк {day}. Письмо не изменилось. Нужен новый сертификат."
        )
    if now < certificate.not_valid_before_utc:
        day = short_date(timezone.localdate(certificate.not_valid_before_utc))
        raise CertificateNotYetValid(
            f"Сертификат действует только с {day}. Письмо не изменилось, проверьте часы сервера."
        )


def _common_name(name: x509.Name) -> str:
    found = name.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(found[0].value) if found else name.rfc4514_string()


def _metadata(key: SigningKey) -> Any:
    from pyhanko.sign import fields, signers

    return signers.PdfSignatureMetadata(
        field_name=signature_field.NAME,
        md_algorithm="sha256",
        name=key.owner,
        certify=True,
        subfilter=fields.SigSeedSubFilter.PADES,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
    )


def _signer(key: SigningKey) -> Any:
    """pyHanko's own signer loads and checks the key at every signature: 300 ms instead of 28."""
    from asn1crypto import x509 as asn1
    from cryptography.hazmat.primitives.serialization import Encoding
    from pyhanko.sign.signers import Signer
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    def as_asn1(certificate: x509.Certificate) -> asn1.Certificate:
        return asn1.Certificate.load(certificate.public_bytes(Encoding.DER))

    class OpenedKey(Signer):
        async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
            if digest_algorithm != "sha256":
                raise ValueError(digest_algorithm)
            return bytes(384) if dry_run else key.private_key.sign(data, padding.PKCS1v15(), hashes.SHA256())

    registry = SimpleCertificateStore.from_certs([as_asn1(certificate) for certificate in key.chain])
    return OpenedKey(signing_cert=as_asn1(key.certificate), cert_registry=registry, embed_roots=False)


def _clocked(at: dt.datetime) -> Any:
    """pyHanko reads the clock itself; the time of signing is said by the caller, as everywhere."""
    from pyhanko.sign.signers import PdfSigner

    class ClockedSigner(PdfSigner):
        def init_signing_session(self, *arguments: Any, **options: Any) -> Any:
            session = super().init_signing_session(*arguments, **options)
            session.system_time = at
            return session

    return ClockedSigner


def _stamp_style(key: SigningKey) -> Any:
    from pyhanko.pdf_utils.layout import AxisAlignment, InnerScaling, SimpleBoxLayoutRule
    from pyhanko.stamp import StaticStampStyle

    middle = AxisAlignment.ALIGN_MID
    return StaticStampStyle(
        background=StampPage(rendering.stamp(stamp_html(key))),
        background_layout=SimpleBoxLayoutRule(middle, middle, inner_content_scaling=InnerScaling.NO_SCALING),
        border_width=0,
    )


def stamp_html(key: SigningKey) -> str:
    return render_to_string("reports/letters/stamp.html", {"key": key, "term": _term(key)})


def _term(key: SigningKey) -> str:
    first, last = (short_date(timezone.localdate(moment)) for moment in (key.valid_from, key.valid_to))
    return f"с {first} по {last}"


def _describe(writer: Any, key: SigningKey) -> None:
    """What the stamp shows, for those who hear the letter: in the field and in its tag, in the seal's own revision."""
    from pyhanko.pdf_utils.generic import TextStringObject

    certificate = f"Сертификат {key.serial}, владелец {key.owner}, действителен {_term(key)}"
    words = TextStringObject(f"Документ подписан электронной подписью. {certificate}.")
    widget = writer.root["/AcroForm"]["/Fields"][0]
    numbers = writer.root["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    tag = numbers[list(numbers)[::2].index(widget["/StructParent"]) * 2 + 1]
    widget["/TU"] = tag["/Alt"] = words
    writer.update_container(widget)
    writer.update_container(tag)
