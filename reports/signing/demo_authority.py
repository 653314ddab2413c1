"""An authority for demonstrations: makes certificates for the signatories once. Real installations bring their own.

What it issues is worth nothing outside the demo, and the stamp on the letter says so.
"""

import datetime as dt
import os
from collections.abc import Mapping
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from django.conf import settings
from django.utils import timezone

NAME = "Демонстрационный удостоверяющий центр портала РВЦИ"
COMMON_NAME = "Демонстрационный УЦ портала РВЦИ"  # a common name holds 64 characters
AUTHORITY_FILE = "authority.pem"
DAY = dt.timedelta(days=1)
# Clocks of readers may be a little behind the one that issued the certificate.
BACKDATED = dt.timedelta(minutes=10)
KEY_BITS = 3072  # with an EC key the signature would raise the file to PDF 2.0, which PDF/A-2 forbids
PASSWORD_ROUNDS = 100_000


class DemoOnly(Exception):
    """The demo authority was asked for where RCRO_DEMO is not set."""


def ensure(owners: Mapping[str, str], password: str) -> None:
    """Make the authority and the owners' keys (name of the file → name on the certificate), unless it is there.

    Raises DemoOnly.
    """
    if not settings.DEMO:
        raise DemoOnly("Демонстрационный удостоверяющий центр работает только с RCRO_DEMO=1.")
    folder = Path(settings.KEYS_DIR)
    if (folder / AUTHORITY_FILE).exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    issue(folder, owners=owners, password=password, now=timezone.now())


def issue(folder: Path, *, owners: Mapping[str, str], password: str, now: dt.datetime, days: int = 3 * 365) -> None:
    """A new authority and the owners' keys for so many days, in the folder. The authority's own key is forgotten."""
    authority_key = _new_key()
    authority = _authority(authority_key, now)
    for name, owner in owners.items():
        key = _new_key()
        certificate = _certificate(owner, key, authority, authority_key, now, days)
        _write(folder / f"{name}.p12", _locked(key, certificate, authority, password))
    # Last, because its presence says that all keys are there.
    _write(folder / AUTHORITY_FILE, authority.public_bytes(serialization.Encoding.PEM))


def _new_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=KEY_BITS)


def _authority(key: rsa.RSAPrivateKey, now: dt.datetime) -> x509.Certificate:
    name = _name(COMMON_NAME)
    identity = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    return (
        x509.CertificateBuilder(name, name, key.public_key(), _serial(), now - BACKDATED, now + 3650 * DAY)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(authority=True), critical=True)
        .add_extension(identity, critical=False)
        .sign(key, hashes.SHA256())
    )


def _certificate(
    owner: str,
    key: rsa.RSAPrivateKey,
    authority: x509.Certificate,
    authority_key: rsa.RSAPrivateKey,
    now: dt.datetime,
    days: int,
) -> x509.Certificate:
    begins, ends = now - BACKDATED, now + days * DAY
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key())
    identity = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    return (
        x509.CertificateBuilder(authority.subject, _name(owner), key.public_key(), _serial(), begins, ends)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(authority=False), critical=True)
        .add_extension(identity, critical=False)
        .add_extension(issuer, critical=False)
        .sign(authority_key, hashes.SHA256())
    )


def _name(common_name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "RU"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, NAME),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
        ]
    )


def _usage(*, authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=not authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )


def _serial() -> int:
    """Sixteen random bytes: unguessable, and short enough for one line of the stamp."""
    return int.from_bytes(os.urandom(16)) >> 1 | 1 << 126


def _locked(key: rsa.RSAPrivateKey, certificate: x509.Certificate, authority: x509.Certificate, password: str) -> bytes:
    encryption = (
        serialization.PrivateFormat.PKCS12.encryption_builder()
        .kdf_rounds(PASSWORD_ROUNDS)
        .key_cert_algorithm(pkcs12.PBES.PBESv2SHA256AndAES256CBC)
        .hmac_hash(hashes.SHA256())
        .build(password.encode())
    )
    return pkcs12.serialize_key_and_certificates(b"director", key, certificate, [authority], encryption)


def _write(file: Path, data: bytes) -> None:
    """Readable by the owner from the first byte on."""
    temporary = file.with_suffix(".tmp")
    temporary.unlink(missing_ok=True)
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as opened:
        opened.write(data)
        os.fsync(opened.fileno())
    temporary.replace(file)
