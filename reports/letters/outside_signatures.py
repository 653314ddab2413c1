"""Signatures by ГОСТ, made outside the portal and brought as a file: the letter's own, or one beside the portal's key.

The file is judged outside any lock. A proved signature signs the letter at once; one that could not be checked here
waits for the clerk, as a scan does: the portal never vouches for what it did not check.
"""

import contextlib
import datetime
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from centers.models import User
from rcro_portal.lib import store
from rcro_portal.lib.refusals import WrongStep
from rcro_portal.lib.russian import date_time, folded
from reports.letters import letters, second_person, signatures
from reports.models import DetachedSignature, Letter, LetterFile, LetterTransition, Signature
from reports.models.letter import SIGNED, FileKind, LetterStatus, Way
from reports.models.signature import DetachedVerdict
from reports.signing import gost, stamped_copy
from reports.signing.detached import NotAccepted

MEDIA_TYPE = gost.MEDIA_TYPE


class AnotherSigner(NotAccepted):
    """The certificate was issued to somebody else than the signatory."""


class SignedTooEarly(NotAccepted):
    """Signed, by its own word, before the PDF was made."""


class AlreadyThere(NotAccepted):
    """By that certificate, or the very file: a form sent twice keeps one."""

    words = "Подпись этим сертификатом под этим файлом уже загружена. Обновите страницу."


def roots() -> Path:
    """The folder of the trusted root certificates and lists of the revoked."""
    return Path(settings.KEYS_DIR) / "gost-roots"


def upload(
    *, letter: Letter, data: bytes, by: User, at: datetime.datetime, now: datetime.datetime
) -> DetachedSignature:
    """The letter's own signature, over exactly the PDF that awaits it; judged by ``now``, the real time.

    Proved, it signs the letter; not checked, it waits for ``confirm``. Raises WrongStep, OtherWay, NotSignatory or a
    NotAccepted; then the letter still awaits its signature.
    """
    final = _awaiting(letter, at)
    verdict = _judged(letter, final, data, now)
    brought = _stored(data)
    _refuse_again(letter, final, brought, verdict, by)
    copy = _stored(stamped_copy.make(store.read(final.digest), verdict)) if verdict.valid else None
    with _once(), transaction.atomic():
        if verdict.valid:
            signatures.mark_signed(letter, final, by=by, at=at)
        else:
            _note(letter, "Загружена подпись вне портала, здесь она не проверялась", by=by, at=at)
        row = _keep(letter, final, brought, verdict, by=by, at=at)
        if copy:
            _sign(letter, row, by=by, at=at)
            signatures.keep_file(letter, FileKind.STAMPED, *copy, by=by, at=at)
    return row


def attach(
    *, letter: Letter, data: bytes, by: User, at: datetime.datetime, now: datetime.datetime
) -> DetachedSignature:
    """One more signature on a letter signed by key: over the signed PDF, or before that over the one that awaits it.

    Moves no state. Raises as ``upload``.
    """
    over = _attachable(letter, at)
    verdict = _judged(letter, over, data, now)
    brought = _stored(data)
    _refuse_again(letter, over, brought, verdict, by)
    said = DetachedVerdict.VALID if verdict.valid else DetachedVerdict.UNCHECKED
    with _once(), transaction.atomic():
        _note(letter, f"Вторая подпись, по ГОСТ. {said.label}", by=by, at=at)
        return _keep(letter, over, brought, verdict, by=by, at=at)


@transaction.atomic
def confirm(*, letter: Letter, signature: DetachedSignature, by: User, at: datetime.datetime) -> None:
    """The clerk has checked the file elsewhere: the letter is signed. Raises WrongStep, OtherWay, NotSignatory.

    Raises LetterChanged where a newer file waits, OwnUpload where the clerk brought it.
    """
    final = _awaiting(letter, at)
    newest = waiting(letter)
    if newest is None or newest != signature:
        raise letters.LetterChanged
    note = second_person.note(newest.uploaded_by_id, by, at)
    signatures.mark_signed(letter, final, by=by, at=at, note=note)
    _sign(letter, signature, by=by, at=at, confirmed_by=by)


def waiting(letter: Letter) -> DetachedSignature | None:
    """The newest file that nobody could check here, over the PDF that awaits its signature."""
    files = letter.detached.filter(over=letter.final_id, verdict=DetachedVerdict.UNCHECKED)
    return files.select_related("file").order_by("-uploaded_at", "-pk").first()


def disproved() -> Iterator[str]:
    """Proved signatures that do not prove any more, in words; where the engine is missing nothing can be said."""
    proved = DetachedSignature.objects.filter(verdict=DetachedVerdict.VALID).select_related("over", "file")
    for row in proved.order_by("pk") if gost.can_check() else []:
        document, data = store.read(row.over.digest), store.read(row.file.digest)
        try:
            moment = max(row.uploaded_at, row.signed_at or row.uploaded_at)
            verdict = gost.verify(document, data, roots=roots(), now=moment)
        except (NotAccepted, store.StoreError) as error:
            yield f"Письмо {row.letter_id}, файл подписи {row.pk}: {error}"
        else:
            if not verdict.valid or verdict.fingerprint != row.fingerprint:
                yield f"Письмо {row.letter_id}, файл подписи {row.pk}: подпись больше не подтверждается."


def _awaiting(letter: Letter, at: datetime.datetime) -> LetterFile:
    if letter.status != LetterStatus.AWAITING or letter.final is None:
        raise WrongStep
    if letter.way != Way.GOST:
        raise signatures.OtherWay
    _refuse_without_authority(letter, at)
    return letter.final


def _attachable(letter: Letter, at: datetime.datetime) -> LetterFile:
    if letter.way != Way.KEY or letter.status not in (LetterStatus.AWAITING, *SIGNED):
        raise WrongStep
    _refuse_without_authority(letter, at)
    over = letter.final if letter.status == LetterStatus.AWAITING else letter.signature.original
    assert over, "a letter that awaits its signature has a PDF"
    return over


def _refuse_without_authority(letter: Letter, at: datetime.datetime) -> None:
    assert letter.authority, "a letter that awaits its signature has a signatory"
    if not letter.authority.is_in_force_on(timezone.localtime(at).date()):
        raise letters.NotSignatory("Срок полномочий подписавшего истёк. Верните письмо исполнителю.")


def _judged(letter: Letter, over: LetterFile, data: bytes, now: datetime.datetime) -> gost.GostVerdict:
    verdict = gost.verify(store.read(over.digest), data, roots=roots(), now=now)
    assert letter.authority, "the signatory is known since the number was taken"
    spellings = {folded(spelling) for spelling in signatures.spellings(letter.authority.person)}
    if folded(verdict.owner) not in spellings:
        raise AnotherSigner(
            f"Сертификат подписи выдан другому лицу: {verdict.owner}. Письмо подписывает "
            f"{letter.authority.person.full_name}. Оно не изменилось."
        )
    if verdict.signed_at and verdict.signed_at < over.made_at - gost.CLOCKS_DIFFER:
        raise SignedTooEarly(
            f"По файлу подписи подписано {date_time(verdict.signed_at)}, раньше, чем приготовлен этот PDF "
            f"({date_time(over.made_at)}). Письмо не изменилось. Проверьте часы компьютера и подпишите ещё раз."
        )
    return verdict


@contextlib.contextmanager
def _once() -> Iterator[None]:
    """Two files by one certificate at once: the second is refused with words."""
    try:
        yield
    except IntegrityError as error:
        raise AlreadyThere from error


def _refuse_again(
    letter: Letter, over: LetterFile, brought: tuple[str, int], verdict: gost.GostVerdict, by: User
) -> None:
    """A file that waits is not kept twice, unless another person brings it; one that is proved takes its place."""
    same = letter.detached.filter(over=over, file__digest=brought[0], uploaded_by=by)
    if not verdict.valid and same.exists():
        raise AlreadyThere


def _stored(data: bytes) -> tuple[str, int]:
    """Written before any lock is taken; a file that no row names harms nobody."""
    return store.put(data), len(data)


def _keep(
    letter: Letter,
    over: LetterFile,
    brought: tuple[str, int],
    verdict: gost.GostVerdict,
    *,
    by: User,
    at: datetime.datetime,
) -> DetachedSignature:
    """The row; a file that was not checked gives way to the same signer's next one."""
    said = {
        "file": signatures.keep_file(letter, FileKind.SIGNATURE, *brought, by=by, at=at, media_type=MEDIA_TYPE),
        "verdict": DetachedVerdict.VALID if verdict.valid else DetachedVerdict.UNCHECKED,
        "owner": verdict.owner[:300],
        "issuer": verdict.issuer[:300],
        "serial": verdict.serial,
        "algorithm": verdict.algorithm,
        "valid_from": verdict.valid_from,
        "valid_to": verdict.valid_to,
        "signed_at": verdict.signed_at,
        "report": verdict.report,
        "uploaded_by": by,
        "uploaded_at": at,
    }
    same = DetachedSignature.objects.filter(over=over, fingerprint=verdict.fingerprint)
    if same.filter(verdict=DetachedVerdict.UNCHECKED, letter=letter).update(**said):
        return same.get()
    return DetachedSignature.objects.create(letter=letter, over=over, fingerprint=verdict.fingerprint, **said)


def _sign(
    letter: Letter,
    row: DetachedSignature,
    *,
    by: User,
    at: datetime.datetime,
    confirmed_by: User | None = None,
) -> Signature:
    return Signature.objects.create(
        letter=letter,
        way=Way.GOST,
        original=row.over,
        signed_by=letter.authority.person.user if letter.authority else by,
        signed_at=at,
        confirmed_by=confirmed_by,
        owner=row.owner,
        serial=row.serial,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        fingerprint=row.fingerprint,
        report=row.report,
    )


def _note(letter: Letter, note: str, *, by: User, at: datetime.datetime) -> None:
    """A trace of what moves no state, while the letter is where it was seen."""
    if not Letter.objects.filter(pk=letter.pk, status=letter.status, way=letter.way, final=letter.final_id).exists():
        raise WrongStep
    LetterTransition.objects.create(letter=letter, before=letter.status, after=letter.status, by=by, at=at, note=note)
