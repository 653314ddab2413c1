"""A detached signature's file as people bring it: DER, PEM or base64, as an editor saves it; read, not yet verified.

What cannot be a ГОСТ signature of one person, apart from the document, is refused here with words that say what to do.
"""

import base64
import binascii
import codecs
import datetime as dt
import re
from typing import Any, NamedTuple

from asn1crypto import cms, parser
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.x509.oid import NameOID

from rcro_portal.lib.refusals import Refusal
from reports.signing import trust

LIMIT_BYTES = 1 << 20
PEM = re.compile(rb"-----BEGIN (?:CMS|PKCS7|PKCS #7 SIGNED DATA|SIGNATURE)-----(.+?)(?:-----END|\Z)", re.DOTALL)
BASE64 = re.compile(rb"[A-Za-z0-9+/=\s]+")
SEQUENCE = b"\x30"
LINE_ENDS = b"\r\n\t \x1a"  # the last is what DOS ended files with
UTF_16 = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))

# ГОСТ Р 34.10-2012 by the identifiers of Р 1323565.1.023-2018: of the key, and of the signature with its digest.
ALGORITHMS = {
    "1.2.643.7.1.1.1.1": "ГОСТ Р 34.10-2012, 256 бит",
    "1.2.643.7.1.1.3.2": "ГОСТ Р 34.10-2012, 256 бит",
    "1.2.643.7.1.1.1.2": "ГОСТ Р 34.10-2012, 512 бит",
    "1.2.643.7.1.1.3.3": "ГОСТ Р 34.10-2012, 512 бит",
}
DIGESTS = {"1.2.643.7.1.1.2.2": "md_gost12_256", "1.2.643.7.1.1.2.3": "md_gost12_512"}
OLD = {"1.2.643.2.2.19", "1.2.643.2.2.3"}


class NotAccepted(Refusal):
    """The signature's file is not taken; the letter stays where it was."""

    words = "Файл подписи не принят. Письмо не изменилось."


class TooBig(NotAccepted):
    words = "Файл больше 1 МБ: это не отсоединённая подпись. Письмо не изменилось. Загрузите файл .sig."


class Unreadable(NotAccepted):
    words = "Это не файл подписи, или он повреждён. Письмо не изменилось. Загрузите файл .sig ещё раз."


class Truncated(NotAccepted):
    words = "Файл подписи обрывается: он загружен или сохранён не целиком. Письмо не изменилось. Загрузите его ещё раз."


class Attached(NotAccepted):
    words = (
        "В файле подписи лежит и сам документ. Нужна отсоединённая подпись: отметьте её в программе подписания. "
        "Письмо не изменилось."
    )


class SeveralSigners(NotAccepted):
    words = (
        "В файле не одна подпись, а несколько. Нужен файл с подписью того, кто подписывает письмо. Оно не изменилось."
    )


class NoCertificate(NotAccepted):
    words = (
        "В файле подписи нет сертификата подписавшего. Включите сертификат в подпись и подпишите ещё раз. "
        "Письмо не изменилось."
    )


class NotForSigning(NotAccepted):
    words = "Сертификат выдан не для подписи документов. Письмо не изменилось. Подпишите PDF другим сертификатом."


class NotGost(NotAccepted):
    """Made by another algorithm."""


class Detached(NamedTuple):
    """What the file says of itself; nothing of it is proved yet."""

    der: bytes
    owner: str
    issuer: str
    fingerprint: str
    certificate: x509.Certificate
    others: tuple[x509.Certificate, ...]
    algorithm: str
    digest_name: str
    claimed_digest: bytes | None
    attributes: bytes | None
    value: bytes
    signed_at: dt.datetime | None


def read(data: bytes) -> Detached:
    """Read the file. Raises a NotAccepted that names what is wrong with it."""
    if len(data) > LIMIT_BYTES:
        raise TooBig
    der = _der(data)
    try:
        return _read(der)
    except NotAccepted:
        raise
    # Hostile bytes come out of the parsers as whatever their parts raise: ValueError, TypeError, RecursionError…
    except Exception as error:
        raise Unreadable from error


def _owner(name: x509.Name) -> str:
    """The person: a certificate of an organisation has its name as the common one, and the person beside it."""
    surname, given = _one(name, NameOID.SURNAME), _one(name, NameOID.GIVEN_NAME)
    return f"{surname} {given}" if surname and given else _common_name(name)


def _common_name(name: x509.Name) -> str:
    return _one(name, NameOID.COMMON_NAME) or name.rfc4514_string()


def _one(name: x509.Name, oid: x509.ObjectIdentifier) -> str:
    found = name.get_attributes_for_oid(oid)
    return " ".join(str(found[0].value).split()) if found else ""


def _der(data: bytes) -> bytes:
    """The binary form, exactly one object long; a line end after it, as editors put there, is none of it."""
    text = _eight_bit(data).strip()
    if found := PEM.search(text):
        data = _decoded(found[1])
    elif BASE64.fullmatch(text):
        data = _decoded(text)
    if not data.startswith(SEQUENCE):
        raise Unreadable
    try:
        length = parser.peek(data)
    except (ValueError, RecursionError) as error:
        raise Truncated from error
    if data[length:].strip(LINE_ENDS):
        raise Unreadable
    return data[:length]


def _eight_bit(data: bytes) -> bytes:
    """Text that Notepad and PowerShell saved as UTF-16 or with a mark of UTF-8; everything else as it is."""
    for mark, encoding in UTF_16:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace").encode("ascii", "replace")
    for first, other in ((0, 1), (1, 0)):
        if data and len(data) % 2 == 0 and not any(data[other::2]):
            return data[first::2]
    return data.removeprefix(codecs.BOM_UTF8)


def _decoded(text: bytes) -> bytes:
    """Base64 of a file that may break off in the middle: what is whole of it."""
    letters = b"".join(text.split()).rstrip(b"=")
    letters = letters[: len(letters) - (len(letters) % 4 == 1)]
    try:
        return base64.b64decode(letters + b"=" * (-len(letters) % 4), validate=True)
    except binascii.Error as error:
        raise Unreadable from error


def _read(der: bytes) -> Detached:
    # pyHanko teaches asn1crypto its attributes when it is imported; after the first attribute that was read it is too
    # late, and signing would fail for as long as this process lives.
    import pyhanko.sign.ades.cades_asn1  # noqa: F401, TID251

    container = cms.ContentInfo.load(der, strict=True)
    if container["content_type"].native != "signed_data":
        raise Unreadable
    data = container["content"]
    if len(data["signer_infos"]) != 1:
        raise SeveralSigners if len(data["signer_infos"]) else Unreadable
    signer = data["signer_infos"][0]
    algorithm, digest_name = _algorithm(signer)
    if data["encap_content_info"]["content"].native is not None:
        raise Attached
    certificate, others = _certificates(data, signer)
    if not trust.may_sign(certificate):
        raise NotForSigning
    said = _said(signer)
    return Detached(
        der=der,
        owner=_owner(certificate.subject),
        issuer=_common_name(certificate.issuer),
        fingerprint=certificate.fingerprint(hashes.SHA256()).hex(),
        certificate=certificate,
        others=others,
        algorithm=algorithm,
        digest_name=digest_name,
        claimed_digest=said.get("message_digest"),
        # What is signed is the set itself, not as it stands under its tag (RFC 5652, 5.4).
        attributes=signer["signed_attrs"].untag().dump() if signer["signed_attrs"].native else None,
        value=signer["signature"].native,
        signed_at=said.get("signing_time"),
    )


def _algorithm(signer: Any) -> tuple[str, str]:
    signature = signer["signature_algorithm"]["algorithm"].dotted
    digest = signer["digest_algorithm"]["algorithm"].dotted
    if signature in OLD:
        raise NotGost(
            "Подпись сделана по ГОСТ Р 34.10-2001, который больше не применяется. Нужен ключ по ГОСТ Р 34.10-2012. "
            "Письмо не изменилось."
        )
    if signature not in ALGORITHMS or digest not in DIGESTS:
        name = str(signer["signature_algorithm"]["algorithm"].native)
        kind = "RSA" if "rsa" in name else name
        raise NotGost(
            f"Подпись сделана не по ГОСТ, а по алгоритму {kind}. Здесь принимается подпись по ГОСТ Р 34.10-2012. "
            "Письмо не изменилось."
        )
    return ALGORITHMS[signature], DIGESTS[digest]


def _certificates(data: Any, signer: Any) -> tuple[x509.Certificate, tuple[x509.Certificate, ...]]:
    """The signer's certificate, and what came with it."""
    own: list[x509.Certificate] = []
    others: list[x509.Certificate] = []
    for choice in data["certificates"]:
        if choice.name == "certificate":
            bucket = own if _names(signer["sid"], choice.chosen) else others
            bucket.append(x509.load_der_x509_certificate(choice.chosen.dump()))
    if not own:
        raise NoCertificate
    return own[0], tuple(others)


def _names(sid: Any, certificate: Any) -> bool:
    if sid.name == "subject_key_identifier":
        return bool(certificate.key_identifier == sid.chosen.native)
    same_serial = sid.chosen["serial_number"].native == certificate.serial_number
    return same_serial and sid.chosen["issuer"].dump() == certificate.issuer.dump()


def _said(signer: Any) -> dict[str, Any]:
    """The signed attributes by their names, those with one value."""
    attributes = signer["signed_attrs"]
    found: dict[str, Any] = {}
    for attribute in attributes if attributes.native else []:
        name = attribute["type"].native
        if name in ("message_digest", "signing_time"):
            if name in found or len(attribute["values"]) != 1:
                raise Unreadable
            found[name] = attribute["values"][0].native
    return found
