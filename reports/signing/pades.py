"""PAdES: a signature into the letter's empty field, and the verification of a signed file. Alone knows keys.

The key is opened with the password that the director has just typed, used, and forgotten; neither it nor the
password is stored or logged.
"""

import datetime as dt
import io
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from django.utils import timezone

from reports.signing import stamp_sheet, trust
from reports.signing.keys import (
    AuthorityOutOfTerm,
    CannotSign,
    CertificateExpired,
    CertificateForeign,
    CertificateNotForSigning,
    CertificateNotYetValid,
    CertificateRevoked,
    KeyDamaged,
    NoKey,
    NothingToJudgeBy,
    NotOwner,
    SigningKey,
    WrongPassword,
    load_key,
)
from reports.signing.pades_verification import NotGenuine, PadesVerdict, verify
from reports.typesetting import rendering, signature_field

__all__ = [
    "AuthorityOutOfTerm",
    "CannotSign",
    "CertificateExpired",
    "CertificateForeign",
    "CertificateNotForSigning",
    "CertificateNotYetValid",
    "CertificateRevoked",
    "KeyDamaged",
    "NoKey",
    "NotGenuine",
    "NotOwner",
    "NothingToJudgeBy",
    "SigningKey",
    "PadesVerdict",
    "WrongPassword",
    "load_key",
    "sign",
    "verify",
]

BYTES_RESERVED = 16_384  # hexadecimal digits; two certificates and an RSA signature take about half


def sign(pdf: bytes, *, key: SigningKey, at: dt.datetime | None = None) -> bytes:
    """The letter with its field filled: certified, no further change allowed, the stamp in its place.

    The bytes of ``pdf`` stay as they are: the signature only adds. ``at`` is the real time. Raises CannotSign
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
    from pyhanko.sign.signers import Signer
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    class OpenedKey(Signer):
        async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
            assert digest_algorithm == "sha256", "as it is asked for above"
            return bytes(384) if dry_run else key.private_key.sign(data, padding.PKCS1v15(), hashes.SHA256())

    registry = SimpleCertificateStore.from_certs([trust.as_asn1(certificate) for certificate in key.chain])
    return OpenedKey(signing_cert=trust.as_asn1(key.certificate), cert_registry=registry, embed_roots=False)


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

    from reports.signing.stamp_page import StampPage

    middle = AxisAlignment.ALIGN_MID
    return StaticStampStyle(
        background=StampPage(rendering.stamp(stamp_sheet.html(key))),
        background_layout=SimpleBoxLayoutRule(middle, middle, inner_content_scaling=InnerScaling.NO_SCALING),
        border_width=0,
    )


def _describe(writer: Any, key: SigningKey) -> None:
    """What the stamp shows, in words for screen readers: in the field and in its tag, in the signature's revision."""
    from pyhanko.pdf_utils.generic import TextStringObject

    words = TextStringObject(stamp_sheet.words(key))
    widget = writer.root["/AcroForm"]["/Fields"][0]
    numbers = writer.root["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    tag = numbers[list(numbers)[::2].index(widget["/StructParent"]) * 2 + 1]
    widget["/TU"] = tag["/Alt"] = words
    writer.update_container(widget)
    writer.update_container(tag)
