"""A detached signature by ГОСТ Р 34.10-2012, made outside the portal: of this document? By whom? Who vouches for it?

Three questions, each answered by OpenSSL's ГОСТ engine (``openssl``): does the signature fit the document, does its
certificate lead to one of the given roots, is it on a list of the revoked. A question that could not be asked makes the
verdict «not checked» or stands in the report; it never makes «valid».
"""

import datetime as dt
import tempfile
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from django.utils import timezone

from rcro_portal.russian import date_time, short_date
from reports import detached, openssl, revocation
from reports.detached import Detached, NotAccepted

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


class Revoked(NotAccepted):
    """The certificate is on its authority's list of the revoked."""


class RootsUnreadable(NotAccepted):
    words = (
        "Корневые сертификаты или списки отозванных на сервере не читаются, проверить подпись нечем. "
        "Письмо не изменилось. Обратитесь к администратору."
    )


@dataclass(frozen=True)
class Verdict:
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


def engine_is_there() -> bool:
    """Whether signatures can be checked here at all; without the engine every verdict is «not checked»."""
    return openssl.knows_gost()


def verify(document: bytes, signature: bytes, *, roots: Path, now: dt.datetime) -> Verdict:
    """Judge the file ``signature`` over exactly these bytes.

    ``roots`` is a folder with trusted certificates (``*.pem``) and lists of the revoked (``*.crl``, PEM or DER); it may
    be missing. Terms are judged at the moment of signing that the file claims, else at ``now``; the list of the
    revoked at ``now``. Raises a NotAccepted.
    """
    found = detached.read(signature)
    moment = _moment(found, now)
    _refuse_out_of_term(found.certificate, moment)
    if not engine_is_there():
        return _verdict(found, False, "не проверялась: на сервере нет программы проверки подписей по ГОСТ", [])
    with tempfile.TemporaryDirectory(prefix="gost-") as name:
        folder = Path(name)
        _refuse_unless_signed(document, found, folder)
        chained = _has_chain(found, roots, moment, folder)
        revoked = _revocation(found, roots, now, folder) if chained else "не проверялся: цепочка не проверена"
    chain = (
        "подтверждена до корневого сертификата, которому доверяет портал"
        if chained
        else "не проверялась: корневых сертификатов на сервере нет"
    )
    return _verdict(
        found,
        chained,
        "сделана под этим файлом, файл после подписания не изменялся",
        [["Цепочка сертификатов", chain], ["Отзыв сертификата", revoked]],
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


def _refuse_unless_signed(document: bytes, found: Detached, folder: Path) -> None:
    """The exit code alone proves nothing: whose signature it was, and over which bytes, is read back."""
    (folder / "document").write_bytes(document)
    (folder / "signature").write_bytes(found.der)
    digest = openssl.run("dgst", f"-{found.digest_name}", "-binary", "document", folder=folder)
    if found.claimed_digest is not None and digest.output != found.claimed_digest:
        raise NotOfDocument if digest.done else Broken
    ran = openssl.run(
        *("cms", "-verify", "-binary", "-inform", "DER", "-in", "signature", "-content", "document"),
        *("-noverify", "-signer", "signer.pem", "-out", "verified"),
        folder=folder,
    )
    if not ran.done:
        raise Broken if found.claimed_digest is not None else NotOfDocument
    if _written(folder / "verified") != document or _signer(folder / "signer.pem") != found.certificate:
        raise Broken


def _written(file: Path) -> bytes:
    return file.read_bytes() if file.is_file() else b""


def _signer(file: Path) -> x509.Certificate | None:
    try:
        (certificate,) = x509.load_pem_x509_certificates(_written(file))
    except ValueError:
        return None
    return certificate


def _has_chain(found: Detached, roots: Path, moment: dt.datetime, folder: Path) -> bool:
    """Whether a chain to a root is proved; False where there are no roots. Raises UntrustedChain, RootsUnreadable."""
    trusted = _trusted(roots)
    if not trusted:
        return False
    (folder / "signer.pem").write_bytes(_pem([found.certificate]))
    (folder / "others.pem").write_bytes(_pem(found.others) or _pem([found.certificate]))
    (folder / "roots.pem").write_bytes(_pem(trusted))
    ran = openssl.run(
        *("verify", "-CAfile", "roots.pem", "-no-CApath", "-no-CAstore", "-untrusted", "others.pem"),
        *("-purpose", "any", "-attime", str(int(moment.timestamp())), "signer.pem"),
        folder=folder,
    )
    if not ran.done or ran.output.strip() != b"signer.pem: OK":
        raise UntrustedChain(
            f"Сертификат выдан не тем удостоверяющим центром, которому доверяет портал: {found.issuer}. "
            "Письмо не изменилось. Обратитесь к администратору."
        )
    return True


def _trusted(roots: Path) -> list[x509.Certificate]:
    try:
        files = [file.read_bytes() for file in sorted(roots.glob("*.pem"))]
        return [certificate for file in files for certificate in x509.load_pem_x509_certificates(file)]
    except (OSError, ValueError) as error:
        raise RootsUnreadable from error


def _pem(certificates: "list[x509.Certificate] | tuple[x509.Certificate, ...]") -> bytes:
    return b"".join(certificate.public_bytes(Encoding.PEM) for certificate in certificates)


def _revocation(found: Detached, roots: Path, now: dt.datetime, folder: Path) -> str:
    """What the authority's own list says, in words; a list that is not signed by it is no list. Raises Revoked."""
    (folder / "authorities.pem").write_bytes((folder / "roots.pem").read_bytes() + _pem(found.others))
    try:
        said = revocation.find(
            found.certificate, folder=roots, is_genuine=lambda one: _is_genuine(one, folder), now=now
        )
    except revocation.ListsUnreadable as error:
        raise RootsUnreadable from error
    if said.since is not None:
        raise Revoked(
            f"Сертификат отозван {_day(said.since)}. Письмо не изменилось. Нужна подпись действующим сертификатом."
        )
    return said.words


def _is_genuine(one: revocation.RevocationList, folder: Path) -> bool:
    ran = openssl.run(
        *("crl", "-noout", "-CAfile", "authorities.pem", "-no-CApath", "-no-CAstore"),
        folder=folder,
        given=one.public_bytes(Encoding.PEM),
    )
    return ran.done and ran.errors.strip() == "verify OK"


def _verdict(found: Detached, valid: bool, said: str, checks: list[list[str]]) -> Verdict:
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
    return Verdict(
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
