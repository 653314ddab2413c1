"""Is a sealed file genuine? One signature, over every byte, by a certificate of the authority that is trusted here.

The verdict on the file is only half of the answer: the register's sha256 goes first. pyHanko's bottom line alone
stays green after trailing garbage.
"""

import datetime as dt
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from rcro_portal.refusals import Refusal
from rcro_portal.russian import date_time, short_date

AUTHORITY_FILE = "authority.pem"


class NotGenuine(Refusal):
    """The file is not a letter sealed here and unchanged since."""

    words = "Подпись под файлом не подтверждена."


@dataclass(frozen=True)
class Verdict:
    """What was found; ``report`` (label and text, line by line) is what a person reads and what is stored."""

    owner: str
    serial: str
    valid_from: dt.datetime
    valid_to: dt.datetime
    fingerprint: str
    signed_at: dt.datetime
    report: list[list[str]]


def verify(pdf: bytes, *, now: dt.datetime | None = None) -> Verdict:
    """Judge the file; the certificate is judged by real time, which is what ``now`` must be. Raises NotGenuine."""
    from pyhanko.sign.validation import validate_pdf_signature

    trust = _trust(now or timezone.now())
    try:
        signature = _only_signature(pdf)
        _refuse_uncovered(pdf, signature)
        status = validate_pdf_signature(signature, trust)
    except NotGenuine:
        raise
    # Hostile bytes come out of pyHanko as whatever its parts raise: zlib.error, AttributeError, AssertionError…
    except Exception as error:
        raise NotGenuine("Файл повреждён или изменён: подпись в нём не читается.") from error
    _refuse_invalid(status)
    return _verdict(signature, status)


def _only_signature(pdf: bytes) -> Any:
    from pyhanko.pdf_utils.reader import PdfFileReader

    signatures = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    if not signatures:
        raise NotGenuine("В файле нет электронной подписи.")
    if len(signatures) > 1:
        raise NotGenuine(f"В файле {len(signatures)} подписи вместо одной.")
    return signatures[0]


def _refuse_uncovered(pdf: bytes, signature: Any) -> None:
    """Nothing before, after or beside the signature may lie outside it, however harmless it looks."""
    from asn1crypto import cms

    first, length, second, rest = (int(number) for number in signature.byte_range)
    if first != 0 or second + rest != len(pdf):
        raise NotGenuine("Подпись охватывает не весь файл: к нему что-то добавлено.")
    container = cms.ContentInfo.load(signature.pkcs7_content).dump()
    if pdf[length:second] != b"<%s>" % container.hex().upper().encode().ljust(second - length - 2, b"0"):
        raise NotGenuine("Подпись охватывает не весь файл: рядом с ней что-то дописано.")


def _trust(moment: dt.datetime) -> Any:
    from pyhanko_certvalidator import ValidationContext

    try:
        roots = (Path(settings.KEYS_DIR) / AUTHORITY_FILE).read_bytes()
    except OSError as error:
        raise NotGenuine("Нет сертификата удостоверяющего центра: проверить подпись нечем.") from error
    return ValidationContext(trust_roots=_certificates(roots), moment=moment, allow_fetching=False)


def _certificates(pem: bytes) -> list[Any]:
    from asn1crypto import x509 as asn1
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding

    found = x509.load_pem_x509_certificates(pem)
    return [asn1.Certificate.load(certificate.public_bytes(Encoding.DER)) for certificate in found]


def _refuse_invalid(status: Any) -> None:
    from pyhanko.sign.diff_analysis import ModificationLevel
    from pyhanko.sign.validation import SignatureCoverageLevel

    if not (status.intact and status.valid):
        raise NotGenuine("Файл отличается от подписанного.")
    if not status.trusted:
        raise NotGenuine("Сертификат подписи не подтверждён: он чужой или его срок истёк.")
    whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    if not (whole and status.modification_level == ModificationLevel.NONE and status.bottom_line):
        raise NotGenuine("После подписания файл был изменён.")


def _verdict(signature: Any, status: Any) -> Verdict:
    certificate = status.signing_cert
    validity = certificate["tbs_certificate"]["validity"]
    owner = certificate.subject.native.get("common_name", certificate.subject.human_friendly)
    begins, ends = validity["not_before"].native, validity["not_after"].native
    signed_at = signature.self_reported_timestamp
    serial = f"{certificate.serial_number:X}"
    report = [
        ["Подпись", "действительна, охватывает весь файл, изменений после подписания нет"],
        ["Владелец сертификата", owner],
        ["Сертификат", serial],
        ["Отпечаток сертификата (SHA-256)", certificate.sha256.hex()],
        ["Выдан", certificate.issuer.native.get("common_name", certificate.issuer.human_friendly)],
        ["Действителен", f"с {_day(begins)} по {_day(ends)}"],
        ["Время подписания по часам сервера", date_time(signed_at)],
        ["Вид подписи", "PAdES, изменения запрещены"],
    ]
    return Verdict(owner, serial, begins, ends, certificate.sha256.hex(), signed_at, report)


def _day(moment: dt.datetime) -> str:
    return short_date(timezone.localdate(moment))
