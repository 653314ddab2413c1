"""Is a signed file genuine? One signature, over every byte, by a certificate of the authority that is trusted here.

The verdict on the file is only half of the answer: the register's sha256 goes first. pyHanko's bottom line alone
stays green after trailing garbage.
"""

import datetime as dt
import io
from dataclasses import dataclass
from typing import Any

from cryptography import x509
from django.utils import timezone

from rcro_portal.lib.refusals import Refusal
from rcro_portal.lib.russian import date_time, short_date
from reports.signing import revocation, trust


class NotGenuine(Refusal):
    """The file is not a letter signed here and unchanged since."""

    words = "Подпись под файлом не подтверждена."


@dataclass(frozen=True)
class PadesVerdict:
    """What was found; ``report`` (label and text, line by line) is what a person reads and what is stored."""

    owner: str
    serial: str
    valid_from: dt.datetime
    valid_to: dt.datetime
    fingerprint: str
    signed_at: dt.datetime
    report: list[list[str]]


def verify(pdf: bytes, *, now: dt.datetime | None = None) -> PadesVerdict:
    """Judge the file; the certificate is judged by real time, which is what ``now`` must be. Raises NotGenuine.

    A certificate that was revoked after the signing signed while it was good.
    """
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.settings import KeyUsageConstraints

    moment = now or timezone.now()
    judge = _judge(moment)
    uses = KeyUsageConstraints(key_usage={"non_repudiation", "digital_signature"})
    try:
        signature = _only_signature(pdf)
        _refuse_uncovered(pdf, signature)
        status = validate_pdf_signature(signature, judge, key_usage_settings=uses)
    except NotGenuine:
        raise
    # Hostile bytes come out of pyHanko as whatever its parts raise: zlib.error, AttributeError, AssertionError…
    except Exception as error:
        raise NotGenuine("Файл повреждён или изменён: подпись в нём не читается.") from error
    _refuse_invalid(signature, status, moment)
    return _verdict(signature, status, _revocation(signature, status))


def certificates(pdf: bytes) -> list[x509.Certificate]:
    """Those in the file's only signature, the signer's first. For files that were verified. Raises NotGenuine."""
    signature = _only_signature(pdf)
    return [trust.as_x509(one) for one in (signature.signer_cert, *signature.other_embedded_certs)]


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


def _judge(moment: dt.datetime) -> Any:
    try:
        return trust.context(moment)
    except trust.NoAuthority as error:
        raise NotGenuine("Нет сертификата удостоверяющего центра: проверить подпись нечем.") from error


def _refuse_invalid(signature: Any, status: Any, moment: dt.datetime) -> None:
    from pyhanko.sign.diff_analysis import ModificationLevel
    from pyhanko.sign.validation import SignatureCoverageLevel

    if not (status.intact and status.valid):
        raise NotGenuine("Файл отличается от подписанного.")
    if not status.trusted:
        raise NotGenuine(f"Сертификат подписи не подтверждён: {_mistrust(signature, moment)}.")
    whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    if not (whole and status.modification_level == ModificationLevel.NONE and status.bottom_line):
        raise NotGenuine("После подписания файл был изменён.")


def _mistrust(signature: Any, moment: dt.datetime) -> str:
    certificate = signature.signer_cert
    begins, ends = _term(certificate)
    if moment > ends:
        return f"его срок истёк {_day(ends)}"
    if moment < begins:
        return f"он действует только с {_day(begins)}"
    if not trust.may_sign(trust.as_x509(certificate)):
        return "он выдан не для подписи документов"
    chain = [trust.as_x509(one) for one in (certificate, *signature.other_embedded_certs)]
    if root := trust.out_of_term(trust.roots(), chain, moment):
        return f"сертификат удостоверяющего центра, выдавшего его, {trust.term_in_words(root, moment)}"
    return f"он выдан не тем удостоверяющим центром, которому доверяет портал ({_name(certificate.issuer)})"


def _revocation(signature: Any, status: Any) -> str:
    try:
        found = trust.revoked(trust.certificates(status.validation_path), signature.self_reported_timestamp)
    except revocation.ListsUnreadable as error:
        raise NotGenuine("Списки отозванных на сервере не читаются: проверить подпись нечем.") from error
    if found.since is not None:
        raise NotGenuine(f"Сертификат подписи не подтверждён: он отозван {_day(found.since)}.")
    return found.words


def _verdict(signature: Any, status: Any, revocation_words: str) -> PadesVerdict:
    certificate = status.signing_cert
    begins, ends = _term(certificate)
    owner = _name(certificate.subject)
    signed_at = signature.self_reported_timestamp
    serial = f"{certificate.serial_number:X}"
    root = _name(status.validation_path.first.subject)
    bits, digest = certificate.public_key.bit_size, str(status.md_algorithm).upper().replace("SHA", "SHA-")
    report = [
        ["Подпись", "действительна, охватывает весь файл, изменений после подписания нет"],
        ["Цепочка сертификатов", f"подтверждена до корневого сертификата, которому доверяет портал: {root}"],
        ["Отзыв сертификата", revocation_words],
        ["Владелец сертификата", owner],
        ["Сертификат", serial],
        ["Отпечаток сертификата (SHA-256)", certificate.sha256.hex()],
        ["Выдан", _name(certificate.issuer)],
        ["Действителен", f"с {_day(begins)} по {_day(ends)}; на время проверки срок не истёк"],
        ["Время подписания", f"{date_time(signed_at)} по часам сервера; службой времени не подтверждено"],
        ["Алгоритм", f"RSA, {bits} бит, {digest}"],
        ["Вид подписи", "PAdES, изменения запрещены"],
    ]
    return PadesVerdict(owner, serial, begins, ends, certificate.sha256.hex(), signed_at, report)


def _term(certificate: Any) -> tuple[dt.datetime, dt.datetime]:
    validity = certificate["tbs_certificate"]["validity"]
    return validity["not_before"].native, validity["not_after"].native


def _name(name: Any) -> str:
    return str(name.native.get("common_name", name.human_friendly))


def _day(moment: dt.datetime) -> str:
    return short_date(timezone.localdate(moment))
