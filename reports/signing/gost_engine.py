"""OpenSSL's ГОСТ engine as a judge of detached signatures; the questions are those of ``gost_arithmetic``.

The exit code alone proves nothing: whose signature it was, and over which bytes, is read back.
"""

import datetime as dt
import tempfile
from collections.abc import Iterable
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from reports.signing import openssl
from reports.signing.detached import Detached


def is_there() -> bool:
    return openssl.knows_gost()


def takes(document: bytes) -> bool:  # noqa: ARG001
    """Whatever the portal holds as a letter is small enough."""
    return True


def digest(document: bytes, found: Detached) -> bytes:
    """The document's digest; nothing where OpenSSL failed."""
    with tempfile.TemporaryDirectory(prefix="gost-") as name:
        folder = Path(name)
        (folder / "document").write_bytes(document)
        return openssl.run("dgst", f"-{found.digest_name}", "-binary", "document", folder=folder).output


def fits(document: bytes, found: Detached) -> bool:
    """Whether this certificate's key made the signature over exactly this document."""
    with tempfile.TemporaryDirectory(prefix="gost-") as name:
        folder = Path(name)
        (folder / "document").write_bytes(document)
        (folder / "signature").write_bytes(found.der)
        ran = openssl.run(
            *("cms", "-verify", "-binary", "-inform", "DER", "-in", "signature", "-content", "document"),
            *("-noverify", "-signer", "signer.pem", "-out", "verified"),
            folder=folder,
        )
        written = _written(folder / "verified"), _signer(folder / "signer.pem")
        return ran.done and written == (document, found.certificate)


def leads_to_root(found: Detached, trusted: list[x509.Certificate], moment: dt.datetime) -> bool:
    """Whether a chain of certificates in force at that moment leads from the signer to a trusted root."""
    with tempfile.TemporaryDirectory(prefix="gost-") as name:
        folder = Path(name)
        (folder / "signer.pem").write_bytes(_pem([found.certificate]))
        (folder / "others.pem").write_bytes(_pem(found.others) or _pem([found.certificate]))
        (folder / "roots.pem").write_bytes(_pem(trusted))
        ran = openssl.run(
            *("verify", "-CAfile", "roots.pem", "-no-CApath", "-no-CAstore", "-untrusted", "others.pem"),
            *("-purpose", "any", "-attime", str(int(moment.timestamp())), "signer.pem"),
            folder=folder,
        )
        return ran.done and ran.output.strip() == b"signer.pem: OK"


def is_genuine(one: x509.CertificateRevocationList, authorities: Iterable[x509.Certificate]) -> bool:
    """Whether the list of the revoked is signed by one of the authorities."""
    with tempfile.TemporaryDirectory(prefix="gost-") as name:
        folder = Path(name)
        (folder / "authorities.pem").write_bytes(_pem(authorities))
        ran = openssl.run(
            *("crl", "-noout", "-CAfile", "authorities.pem", "-no-CApath", "-no-CAstore"),
            folder=folder,
            given=one.public_bytes(Encoding.PEM),
        )
        return ran.done and ran.errors.strip() == "verify OK"


def _written(file: Path) -> bytes:
    return file.read_bytes() if file.is_file() else b""


def _signer(file: Path) -> x509.Certificate | None:
    try:
        (certificate,) = x509.load_pem_x509_certificates(_written(file))
    except ValueError:
        return None
    return certificate


def _pem(certificates: Iterable[x509.Certificate]) -> bytes:
    return b"".join(certificate.public_bytes(Encoding.PEM) for certificate in certificates)
