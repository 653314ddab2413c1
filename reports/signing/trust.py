"""Whom the portal believes: the authorities in the keys' folder, and their lists of the revoked in its ``crl``.

One judge for the key before it signs and for the signature afterwards. Certificates are those of ``cryptography``;
pyHanko's validator sees its own kind of them, made here.
"""

import asyncio
import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings
from django.utils import timezone

from rcro_portal.lib.russian import short_date
from reports.signing import revocation

AUTHORITY_FILE = "authority.pem"


class NoAuthority(Exception):
    """There is no certificate of an authority, or its file cannot be read: nothing can be judged."""


class NotTrusted(Exception):
    """No valid chain leads to a trusted authority."""


def context(moment: dt.datetime) -> Any:
    """pyHanko's judge of chains at that moment; fetches nothing. Raises NoAuthority.

    It believes a root whatever its term, which OpenSSL does not: roots out of term are not shown to it.
    """
    from pyhanko_certvalidator import ValidationContext

    trusted = [as_asn1(root) for root in roots() if is_in_force(root, moment)]
    return ValidationContext(trust_roots=trusted, moment=moment, allow_fetching=False)


def is_in_force(certificate: x509.Certificate, moment: dt.datetime) -> bool:
    return certificate.not_valid_before_utc <= moment <= certificate.not_valid_after_utc


def out_of_term(
    trusted: Iterable[x509.Certificate], chain: Iterable[x509.Certificate], moment: dt.datetime
) -> x509.Certificate | None:
    """The trusted authority that would have vouched for a certificate of the chain, had its term not been over."""
    issuers = {one.issuer for one in chain}
    return next((root for root in trusted if root.subject in issuers and not is_in_force(root, moment)), None)


def path(
    certificate: x509.Certificate, others: Iterable[x509.Certificate], moment: dt.datetime
) -> Sequence[x509.Certificate]:
    """The chain from a trusted root down to the certificate. Raises NotTrusted, NoAuthority."""
    from pyhanko_certvalidator import CertificateValidator
    from pyhanko_certvalidator.errors import PathError, ValidationError

    between = [as_asn1(other) for other in others]
    validator = CertificateValidator(as_asn1(certificate), between, context(moment))
    try:
        found = asyncio.run(validator.async_validate_path())
    except (PathError, ValidationError) as error:
        raise NotTrusted(str(error)) from error
    return certificates(found)


def certificates(validation_path: Any) -> Sequence[x509.Certificate]:
    """pyHanko's path, from the root down."""
    return [as_x509(one) for one in validation_path.iter_certs(include_root=True)]


def revoked(chain: Sequence[x509.Certificate], now: dt.datetime) -> revocation.Finding:
    """Whether a certificate of the chain below its root was revoked by ``now``; the words speak of the last one.

    Raises revocation.ListsUnreadable.
    """

    def is_genuine(one: revocation.RevocationList) -> bool:
        issuers = [issuer for issuer in chain if issuer.subject == one.issuer]
        return any(one.is_signature_valid(issuer.public_key()) for issuer in issuers)  # type: ignore[arg-type]

    folder = Path(settings.KEYS_DIR) / "crl"
    found = [revocation.find(one, folder=folder, is_genuine=is_genuine, now=now) for one in reversed(chain[1:])]
    return next((finding for finding in found if finding.since is not None), found[0])


def as_asn1(certificate: x509.Certificate) -> Any:
    from asn1crypto import x509 as asn1

    return asn1.Certificate.load(certificate.public_bytes(Encoding.DER))


def as_x509(certificate: Any) -> x509.Certificate:
    return x509.load_der_x509_certificate(certificate.dump())


def may_sign(certificate: x509.Certificate) -> bool:
    """Issued for signing documents; a certificate that says nothing of its use is for every use (RFC 5280)."""
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return True
    return usage.digital_signature or usage.content_commitment


def term_in_words(certificate: x509.Certificate, moment: dt.datetime) -> str:
    """«истёк 01.02.2026», «действует только с 01.02.2026»."""
    begins, ends = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    return f"истёк {_day(ends)}" if moment > ends else f"действует только с {_day(begins)}"


def _day(moment: dt.datetime) -> str:
    return short_date(timezone.localdate(moment))


def roots() -> list[x509.Certificate]:
    """The authorities trusted for keys of this server, whatever their terms. Raises NoAuthority."""
    try:
        return x509.load_pem_x509_certificates((Path(settings.KEYS_DIR) / AUTHORITY_FILE).read_bytes())
    except (OSError, ValueError) as error:
        raise NoAuthority(str(error)) from error
