"""ГОСТ Р 34.10-2012 and 34.11-2012 reckoned in Python: a judge of detached signatures where OpenSSL has no engine.

The arithmetic is gostcrypto's; the questions are those of ``gost_engine``. Keys and signatures are laid out as R
1323565.1.023-2022 says; the library wants the halves of a signature swapped and all numbers the other way round.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from asn1crypto import core
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from gostcrypto import gosthash, gostsignature

from reports.signing.detached import Detached

# A hundred kilobytes take a third of a second.
LIMIT_BYTES = 2 << 20
CHAIN_AT_MOST = 6
HASHES = {"md_gost12_256": "streebog256", "md_gost12_512": "streebog512"}
# The identifier of a signature's algorithm, in a certificate or a list → its digest.
DIGESTS = {"1.2.643.7.1.1.3.2": "md_gost12_256", "1.2.643.7.1.1.3.3": "md_gost12_512"}
# Sets of parameters by their identifiers (R 1323565.1.024-2019, RFC 7836, RFC 4357) → the names of the library.
_CURVES = {
    "1.2.643.7.1.2.1.1.1": "id-tc26-gost-3410-2012-256-paramSetA",
    "1.2.643.7.1.2.1.1.2": "id-tc26-gost-3410-2012-256-paramSetB",
    "1.2.643.7.1.2.1.1.3": "id-tc26-gost-3410-2012-256-paramSetC",
    "1.2.643.7.1.2.1.1.4": "id-tc26-gost-3410-2012-256-paramSetD",
    "1.2.643.2.2.35.1": "id-tc26-gost-3410-2012-256-paramSetB",
    "1.2.643.2.2.35.2": "id-tc26-gost-3410-2012-256-paramSetC",
    "1.2.643.2.2.35.3": "id-tc26-gost-3410-2012-256-paramSetD",
    "1.2.643.2.2.36.0": "id-tc26-gost-3410-2012-256-paramSetB",
    "1.2.643.2.2.36.1": "id-tc26-gost-3410-2012-256-paramSetD",
    "1.2.643.7.1.2.1.2.1": "id-tc26-gost-3410-12-512-paramSetA",
    "1.2.643.7.1.2.1.2.2": "id-tc26-gost-3410-12-512-paramSetB",
    "1.2.643.7.1.2.1.2.3": "id-tc26-gost-3410-2012-512-paramSetC",
}
JUDGED_EXTENSIONS = {
    x509.BasicConstraints.oid,
    x509.KeyUsage.oid,
    x509.ExtendedKeyUsage.oid,
    x509.CertificatePolicies.oid,
}


class Judge(gostsignature.GOST34102012):
    """The library's, with the reciprocal that Python has: reckoning it step by step took half of each check."""

    @staticmethod
    def _invert(value: int, modulus: int) -> int:
        return pow(value, -1, modulus)


def is_there() -> bool:
    return True


def takes(document: bytes) -> bool:
    """Whether the document is small enough to be reckoned while somebody waits."""
    return len(document) <= LIMIT_BYTES


def digest(document: bytes, found: Detached) -> bytes:
    return _digest(document, found.digest_name)


def fits(document: bytes, found: Detached) -> bool:
    """Whether the certificate's key made the signature over its attributes, or over the document where it has none."""
    signed = document if found.attributes is None else found.attributes
    return _is_signed(signed, found.value, found.digest_name, found.certificate.public_bytes(Encoding.DER))


def leads_to_root(found: Detached, trusted: list[x509.Certificate], moment: dt.datetime) -> bool:
    """Whether a chain of certificates in force at that moment leads from the signer to a trusted root.

    Checked as by RFC 5280, 6.1, without policies; a critical extension that is not judged here ends the way.
    """
    return _leads(found.certificate, [*found.others, *trusted], trusted, moment, below=0)


def is_genuine(one: x509.CertificateRevocationList, authorities: Iterable[x509.Certificate]) -> bool:
    """Whether the list of the revoked is signed by an authority of its issuer's name."""
    name = DIGESTS.get(one.signature_algorithm_oid.dotted_string, "")
    issuers = [authority for authority in authorities if authority.subject == one.issuer]
    return any(
        _is_signed(one.tbs_certlist_bytes, one.signature, name, issuer.public_bytes(Encoding.DER)) for issuer in issuers
    )


def _leads(
    certificate: x509.Certificate,
    known: list[x509.Certificate],
    trusted: list[x509.Certificate],
    moment: dt.datetime,
    below: int,
) -> bool:
    """``below``: how many authorities stand between this certificate and the signer's."""
    if below > CHAIN_AT_MOST or not _in_force(certificate, moment):
        return False
    if certificate in trusted and certificate.subject == certificate.issuer:
        return True
    issuers = [one for one in known if one.subject == certificate.issuer and one != certificate]
    return any(
        _may_issue(one, below) and _has_signed(one, certificate) and _leads(one, known, trusted, moment, below + 1)
        for one in issuers
    )


def _in_force(certificate: x509.Certificate, moment: dt.datetime) -> bool:
    unknown = [one for one in certificate.extensions if one.critical and one.oid not in JUDGED_EXTENSIONS]
    return not unknown and certificate.not_valid_before_utc <= moment <= certificate.not_valid_after_utc


def _may_issue(certificate: x509.Certificate, below: int) -> bool:
    try:
        basic = certificate.extensions.get_extension_for_class(x509.BasicConstraints).value
    except x509.ExtensionNotFound:
        return False
    try:
        signs = certificate.extensions.get_extension_for_class(x509.KeyUsage).value.key_cert_sign
    except x509.ExtensionNotFound:
        signs = True
    return basic.ca and signs and (basic.path_length is None or below <= basic.path_length)


def _has_signed(issuer: x509.Certificate, certificate: x509.Certificate) -> bool:
    name = DIGESTS.get(certificate.signature_algorithm_oid.dotted_string, "")
    return _is_signed(certificate.tbs_certificate_bytes, certificate.signature, name, issuer.public_bytes(Encoding.DER))


def _is_signed(data: bytes, signature: bytes, digest_name: str, signer: bytes) -> bool:
    """Whether the key of the certificate ``signer`` (DER) signed the data; what cannot be read is no signature."""
    if digest_name not in HASHES:
        return False
    try:
        curve, key = _public_key(signer)
        return verifies(curve, key, _digest(data, digest_name), signature)
    except (ValueError, KeyError):
        return False


def verifies(curve: dict[str, Any], key: bytes, digest: bytes, signature: bytes) -> bool:
    """Whether the signature (s, then r, the greatest byte first) of the digest (the least byte first) was made by the
    owner of the key (x, then y, the least byte first). ``curve`` is one of the library's. Raises ValueError."""
    size = len(key) // 2
    judge = Judge(gostsignature.MODE_256 if size == 32 else gostsignature.MODE_512, curve)
    turned_key = key[:size][::-1] + key[size:][::-1]
    turned = signature[len(signature) // 2 :] + signature[: len(signature) // 2]
    try:
        return bool(judge.verify(bytearray(turned_key), bytearray(digest[::-1]), bytearray(turned)))
    except gostsignature.GOSTSignatureError as error:
        raise ValueError(str(error)) from error


def _public_key(certificate: bytes) -> tuple[Any, bytes]:
    """The curve and the key (x and y, the least byte first). asn1crypto does not know the algorithm of the key, so
    its parts are read as plain sequences."""
    info = asn1.Certificate.load(certificate)["tbs_certificate"]["subject_public_key_info"].dump()
    algorithm, key = _parts(info)
    _, parameters = _parts(algorithm.dump())
    curve = _CURVES[core.ObjectIdentifier.load(_parts(parameters.dump())[0].dump()).dotted]
    written = core.OctetBitString.load(key.dump()).native
    return gostsignature.CURVES_R_1323565_1_024_2019[curve], core.OctetString.load(written).native


def _parts(sequence: bytes) -> list[Any]:
    return list(core.SequenceOf.load(sequence, spec=core.Any))


def _digest(data: bytes, name: str) -> bytes:
    return bytes(gosthash.new(HASHES[name], data=bytearray(data)).digest())
