"""A detached signature by ГОСТ Р 34.10-2012, made outside the portal: of this document? By whom? Who vouches for it?

Three questions: does the signature fit the document, does its certificate lead to one of the given roots, is it on a
list of the revoked. Each is put to every judge that is there – OpenSSL's engine, and arithmetic in Python – and they
must agree. A question that could not be asked makes the verdict «not checked» or stands in the report; it never makes
«valid».
"""

import datetime as dt
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography import x509
from django.utils import timezone

from rcro_portal.lib.russian import date_time, short_date
from reports.signing import detached, gost_arithmetic, gost_engine, revocation, trust
from reports.signing.detached import Detached, NotAccepted

log = logging.getLogger(__name__)

# Modules that answer the same questions of a signature.
JUDGES = (gost_engine, gost_arithmetic)
MEDIA_TYPE = "application/pkcs7-signature"
CLOCKS_DIFFER = dt.timedelta(minutes=10)
NOT_CHECKED = "Подпись приложена, здесь она не проверялась"


class NotOfDocument(NotAccepted):
    words = (
        "Это подпись другого файла. Подпишите именно тот PDF, который скачан на этой странице. Письмо не изменилось."
    )


class Broken(NotAccepted):
    words = "Подпись не подтвердилась: её файл повреждён или изменён. Письмо не изменилось. Подпишите PDF ещё раз."


class Expired(NotAccepted):
    """The certificate's term was over at the moment of signing."""


class NotYetValid(NotAccepted):
    """The certificate's term had not begun at the moment of signing."""


class SignedInFuture(NotAccepted):
    """The moment of signing is still to come."""


class UntrustedChain(NotAccepted):
    """The certificate does not lead to any of the given roots."""


class AuthorityOutOfTerm(NotAccepted):
    """A trusted authority issued the certificate, but its own term was over or had not begun at that moment."""


class Revoked(NotAccepted):
    """The certificate is on its authority's list of the revoked."""


class JudgesDisagree(NotAccepted):
    words = (
        "Программы проверки на сервере ответили о подписи по-разному, поэтому она не принята. Письмо не изменилось. "
        "Обратитесь к администратору."
    )


class RootsUnreadable(NotAccepted):
    words = (
        "Корневые сертификаты или списки отозванных на сервере не читаются, проверить подпись нечем. "
        "Письмо не изменилось. Обратитесь к администратору."
    )


@dataclass(frozen=True)
class GostVerdict:
    """``valid``: signature and chain are proved; ``report`` (label and text) says what was checked and what not."""

    valid: bool
    owner: str
    issuer: str
    serial: str
    algorithm: str
    valid_from: dt.datetime
    valid_to: dt.datetime
    fingerprint: str
    signed_at: dt.datetime | None
    report: list[list[str]]


def can_check() -> bool:
    """Whether signatures can be checked here at all; without a judge every verdict is «not checked»."""
    return any(judge.is_there() for judge in JUDGES)


def verify(document: bytes, signature: bytes, *, roots: Path, now: dt.datetime) -> GostVerdict:
    """Judge the file ``signature`` over exactly these bytes.

    ``roots`` is a folder with trusted certificates (``*.pem``) and lists of the revoked (``*.crl``, PEM or DER); it may
    be missing. Terms are judged at the moment of signing that the file claims, else at ``now``; the list of the
    revoked at ``now``. Raises a NotAccepted.
    """
    found = detached.read(signature)
    moment = _moment(found, now)
    _refuse_out_of_term(found.certificate, moment)
    judges = [judge for judge in JUDGES if judge.is_there() and judge.takes(document)]
    if not judges:
        return _verdict(found, False, "не проверялась: на сервере нет программы проверки подписей по ГОСТ", [])
    believed = trusted(roots)
    proofs = [_outcome(judge, document, found, believed, roots=roots, moment=moment, now=now) for judge in judges]
    if any(repr(proof) != repr(proofs[0]) for proof in proofs):
        log.error("judges of a ГОСТ signature disagree: %s", [type(proof).__name__ for proof in proofs])
        raise JudgesDisagree
    if isinstance(proofs[0], NotAccepted):
        raise proofs[0]
    return _verdict(found, bool(believed), "сделана под этим файлом, файл после подписания не изменялся", proofs[0])


def _outcome(judge: Any, *case: Any, **when: Any) -> list[list[str]] | NotAccepted:
    try:
        return _proof(judge, *case, **when)
    except NotAccepted as refusal:
        return refusal


def _proof(
    judge: Any,
    document: bytes,
    found: Detached,
    trusted: list[x509.Certificate],
    *,
    roots: Path,
    moment: dt.datetime,
    now: dt.datetime,
) -> list[list[str]]:
    """What one judge says of chain and revocation, for the report. Raises a NotAccepted."""
    _refuse_unless_signed(judge, document, found)
    if not trusted:
        return [
            ["Цепочка сертификатов", "не проверялась: корневых сертификатов на сервере нет"],
            ["Отзыв сертификата", "не проверялся: цепочка не проверена"],
        ]
    if not judge.leads_to_root(found, trusted, moment):
        raise _untrusted(found, trusted, moment)
    return [
        ["Цепочка сертификатов", "подтверждена до корневого сертификата, которому доверяет портал"],
        ["Отзыв сертификата", _revocation(judge, found, [*trusted, *found.others], roots, now)],
    ]


def _untrusted(found: Detached, trusted: list[x509.Certificate], moment: dt.datetime) -> NotAccepted:
    if root := trust.out_of_term(trusted, [found.certificate, *found.others], moment):
        return AuthorityOutOfTerm(
            f"Сертификат удостоверяющего центра, выдавшего сертификат подписи, {trust.term_in_words(root, moment)}. "
            "Письмо не изменилось. Нужен действующий сертификат центра; обратитесь к администратору."
        )
    return UntrustedChain(
        f"Сертификат выдан не тем удостоверяющим центром, которому доверяет портал: {found.issuer}. "
        "Письмо не изменилось. Обратитесь к администратору."
    )


def _moment(found: Detached, now: dt.datetime) -> dt.datetime:
    if found.signed_at is None:
        return now
    if found.signed_at > now + CLOCKS_DIFFER:
        raise SignedInFuture(
            f"По файлу подписи письмо подписано {date_time(found.signed_at)}, а это время ещё не наступило. "
            "Письмо не изменилось. Проверьте часы компьютера и подпишите ещё раз."
        )
    return min(found.signed_at, now)


def _refuse_out_of_term(certificate: x509.Certificate, moment: dt.datetime) -> None:
    if moment > certificate.not_valid_after_utc:
        raise Expired(
            f"Срок сертификата истёк {_day(certificate.not_valid_after_utc)}, до подписания. Письмо не изменилось. "
            "Нужна подпись действующим сертификатом."
        )
    if moment < certificate.not_valid_before_utc:
        raise NotYetValid(
            f"Сертификат действует только с {_day(certificate.not_valid_before_utc)}, а подписано раньше. "
            "Письмо не изменилось. Нужна подпись действующим сертификатом."
        )


def _refuse_unless_signed(judge: Any, document: bytes, found: Detached) -> None:
    """Raises NotOfDocument, Broken."""
    if found.claimed_digest is not None:
        digest = judge.digest(document, found)
        if digest != found.claimed_digest:
            raise NotOfDocument if digest else Broken
    if not judge.fits(document, found):
        raise Broken if found.claimed_digest is not None else NotOfDocument


def trusted(roots: Path) -> list[x509.Certificate]:
    """The certificates in the folder, whatever their terms. Raises RootsUnreadable."""
    try:
        files = [file.read_bytes() for file in sorted(roots.glob("*.pem"))]
        return [certificate for file in files for certificate in x509.load_pem_x509_certificates(file)]
    except (OSError, ValueError) as error:
        raise RootsUnreadable from error


def _revocation(
    judge: Any, found: Detached, authorities: Sequence[x509.Certificate], roots: Path, now: dt.datetime
) -> str:
    """What the authority's own list says, in words; a list that is not signed by it is no list. Raises Revoked."""
    try:
        said = revocation.find(
            found.certificate, folder=roots, is_genuine=lambda one: judge.is_genuine(one, authorities), now=now
        )
    except revocation.ListsUnreadable as error:
        raise RootsUnreadable from error
    if said.since is not None:
        raise Revoked(
            f"Сертификат отозван {_day(said.since)}. Письмо не изменилось. Нужна подпись действующим сертификатом."
        )
    return said.words


def _verdict(found: Detached, valid: bool, said: str, checks: list[list[str]]) -> GostVerdict:
    certificate = found.certificate
    begins, ends = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    serial = f"{certificate.serial_number:X}"
    claimed = (
        f"{date_time(found.signed_at)} по часам подписавшего; службой времени не подтверждено"
        if found.signed_at
        else "в файле не указано; срок сертификата проверен на время загрузки"
    )
    report = [
        ["Подпись", said],
        *checks,
        ["Владелец сертификата", found.owner],
        ["Сертификат", serial],
        ["Отпечаток сертификата (SHA-256)", found.fingerprint],
        ["Выдан", found.issuer],
        ["Действителен", f"с {_day(begins)} по {_day(ends)}"],
        ["Время подписания", claimed],
        ["Алгоритм", found.algorithm],
        ["Вид подписи", "отсоединённая (CMS)"],
    ]
    return GostVerdict(
        valid,
        found.owner,
        found.issuer,
        serial,
        found.algorithm,
        begins,
        ends,
        found.fingerprint,
        found.signed_at,
        report,
    )


def _day(moment: dt.datetime) -> str:
    return short_date(timezone.localdate(moment))
