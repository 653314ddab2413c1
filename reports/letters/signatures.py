"""Ways of signing a letter that awaits it: by the key in the portal, or by hand on paper with a confirmed scan.

``outside_signatures`` is the third way.
"""

import datetime
from collections.abc import Iterable
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from centers.models import Person, User
from rcro_portal.lib import store
from rcro_portal.lib.refusals import Refusal, WrongStep
from rcro_portal.lib.transitions import move
from reports import nudges
from reports.letters import key_attempts, letters, second_person
from reports.models import Letter, LetterFile, LetterTransition, Signature, SigningAuthority
from reports.models.letter import FileKind, LetterStatus, Way
from reports.signing import pades, scans
from reports.typesetting import rendering

PREAPPROVED = "Одобрено, будет подписано за компьютером"


class OtherWay(Refusal):
    words = "Для этого письма выбран другой способ подписания. Обновите страницу."


class Result(NamedTuple):
    """What became of one letter of several: nothing in ``refused`` means that it is signed."""

    letter: Letter
    refused: str


def sign(
    *, letter: Letter, digest: str, password: str, by: User, at: datetime.datetime, now: datetime.datetime
) -> None:
    """Sign the PDF that was on the screen (``digest``) with the signatory's key and verify it, outside any lock.

    The key is judged by ``now``, the real time. Raises LetterChanged, NotSignatory, CannotSign (no key, wrong
    password, expired …), NotGenuine; then the letter still awaits its signature.
    """
    seen = _seen(letter, digest, Way.KEY)
    authority = letters.authority_of(by, at)
    _refuse_other_signatory(letter, authority)
    key = _open(authority, letter, password, by=by, at=at, now=now)
    _sign_with_key(letter, seen, key, by=by, at=at, now=now)


def sign_many(
    *,
    chosen: Iterable[tuple[Letter, str]],
    password: str,
    by: User,
    at: datetime.datetime,
    now: datetime.datetime,
) -> list[Result]:
    """Sign several letters, each with the digest that was on the screen; the key is opened once.

    What hinders one letter is told of it and holds up no other. Raises NotSignatory, CannotSign, with nothing signed.
    """
    authority = letters.authority_of(by, at)
    pairs = list(chosen)
    if not pairs:
        return []
    key = _open(authority, pairs[0][0], password, by=by, at=at, now=now)
    return [_one_of_many(letter, digest, authority, key, by, at, now) for letter, digest in pairs]


def _one_of_many(
    letter: Letter,
    digest: str,
    authority: SigningAuthority,
    key: pades.SigningKey,
    by: User,
    at: datetime.datetime,
    now: datetime.datetime,
) -> Result:
    try:
        seen = _seen(letter, digest, Way.KEY)
        _refuse_other_signatory(letter, authority)
        _sign_with_key(letter, seen, key, by=by, at=at, now=now)
    except Refusal as refusal:
        return Result(letter, str(refusal))
    return Result(letter, "")


def _refuse_other_signatory(letter: Letter, authority: SigningAuthority) -> None:
    if authority.pk != letter.authority_id:
        raise letters.NotSignatory("Письмо приготовлено на подпись другому лицу. Верните его исполнителю.")


def _open(
    authority: SigningAuthority,
    letter: Letter,
    password: str,
    *,
    by: User,
    at: datetime.datetime,
    now: datetime.datetime,
) -> pades.SigningKey:
    return key_attempts.opened(
        authority=authority,
        owners=spellings(authority.person),
        letter=letter,
        password=password,
        by=by,
        at=at,
        now=now,
    )


def _sign_with_key(
    letter: Letter,
    seen: LetterFile,
    key: pades.SigningKey,
    *,
    by: User,
    at: datetime.datetime,
    now: datetime.datetime,
) -> None:
    signed = pades.sign(store.read(seen.digest), key=key, at=now)
    verdict = pades.verify(signed, now=now)
    signed_digest = store.put(signed)
    with transaction.atomic():
        mark_signed(letter, seen, by=by, at=at)
        original = keep_file(letter, FileKind.SEALED, signed_digest, len(signed), by=by, at=at)
        Signature.objects.create(
            letter=letter,
            way=Way.KEY,
            original=original,
            signed_by=by,
            signed_at=at,
            owner=verdict.owner,
            serial=verdict.serial,
            valid_from=verdict.valid_from,
            valid_to=verdict.valid_to,
            fingerprint=verdict.fingerprint,
            report=verdict.report,
        )


@transaction.atomic
def preapprove(*, letter: Letter, digest: str, by: User, at: datetime.datetime) -> None:
    """«Одобрить, подпишу за компьютером»: said of the PDF on the screen of a phone; it is signed where the key is.

    A repeated request changes nothing. Raises LetterChanged, NotSignatory, WrongStep.
    """
    seen = _seen(letter, digest, letter.way)
    _refuse_other_signatory(letter, letters.authority_of(by, at))
    awaiting = Letter.objects.filter(pk=letter.pk, status=LetterStatus.AWAITING, final=seen, endorsed_at=None)
    if awaiting.update(endorsed_at=at):
        letter.endorsed_at = at
        LetterTransition.objects.create(
            letter=letter, before=letter.status, after=letter.status, by=by, at=at, note=PREAPPROVED
        )


def spellings(person: Person) -> set[str]:
    """How a certificate may name its owner: in full, or as lists do."""
    return {person.full_name, person.surname_first}


def _seen(letter: Letter, digest: str, way: str) -> LetterFile:
    """The PDF that awaits the signature, if it is the one that was on the screen."""
    if letter.status != LetterStatus.AWAITING or letter.final is None:
        raise WrongStep
    if letter.final.digest != digest:
        raise letters.LetterChanged
    if letter.way != way:
        raise OtherWay
    return letter.final


def mark_signed(letter: Letter, final: LetterFile, *, by: User, at: datetime.datetime, note: str = "") -> None:
    """The step, if it is still that PDF which awaits the signature, in that way. First, so that only one may go on."""
    seen = {"final": final, "way": letter.way}
    move(letter, LetterStatus.SIGNED, by=by, at=at, note=note, transitions=LetterTransition, seen=seen)
    nudges.send(letter.pk, at)


@transaction.atomic
def choose_method(*, letter: Letter, way: str, by: User, at: datetime.datetime) -> None:
    """On paper, by a signature made outside, or back to the key; said while the letter awaits its signature."""
    waiting = Letter.objects.filter(pk=letter.pk, status=LetterStatus.AWAITING).exclude(way=way)
    if not waiting.update(way=way):
        raise WrongStep
    letter.way = way
    LetterTransition.objects.create(
        letter=letter, before=letter.status, after=letter.status, by=by, at=at, note=f"Подписание {Way(way).label}"
    )


def upload_scan(*, letter: Letter, data: bytes, by: User, at: datetime.datetime) -> LetterFile:
    """Keep the scan of the letter signed by hand; the clerk confirms it. The same file again is the same scan.

    Brought by another person it is another: who brought the newest does not confirm it. Raises scans.NotAScan.
    """
    _refuse_unless_on_paper(letter)
    media_type = scans.judge(data)
    digest, newest = store.put(data), letter.scans().first()
    if newest and (newest.digest, newest.made_by_id) == (digest, by.pk):
        return newest
    return keep_file(letter, FileKind.SCAN, digest, len(data), by=by, at=at, media_type=media_type)


@transaction.atomic
def confirm_scan(*, letter: Letter, scan: LetterFile, by: User, at: datetime.datetime) -> None:
    """The clerk has compared the scan with the paper: the letter is signed, the paper is the original.

    Raises OwnUpload, LetterChanged, NotSignatory, WrongStep, OtherWay.
    """
    _refuse_unless_on_paper(letter)
    assert letter.authority, "a letter that awaits its signature has a signatory"
    assert letter.final, "and a PDF"
    if letter.scans().first() != scan:
        raise letters.LetterChanged
    if not letter.authority.is_in_force_on(timezone.localtime(at).date()):
        raise letters.NotSignatory("Срок полномочий подписавшего истёк. Верните письмо исполнителю.")
    note = second_person.note(scan.made_by_id, by, at)
    mark_signed(letter, letter.final, by=by, at=at, note=note)
    Signature.objects.create(
        letter=letter,
        way=Way.PAPER,
        original=scan,
        signed_by=letter.authority.person.user,
        signed_at=at,
        confirmed_by=by,
    )


def _refuse_unless_on_paper(letter: Letter) -> None:
    if letter.status != LetterStatus.AWAITING:
        raise WrongStep
    if letter.way != Way.PAPER:
        raise OtherWay


def keep_file(
    letter: Letter,
    kind: str,
    digest: str,
    size: int,
    *,
    by: User,
    at: datetime.datetime,
    media_type: str = "application/pdf",
) -> LetterFile:
    """A row for bytes that are in the store already."""
    return LetterFile.objects.create(
        letter=letter,
        kind=kind,
        digest=digest,
        size=size,
        media_type=media_type,
        versions=rendering.versions(),
        made_at=at,
        made_by=by,
    )
