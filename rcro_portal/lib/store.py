"""A store of files by content: each lies under the sha256 of its bytes and is never written again.

A letter's row names the digest, so a file that was changed on disk cannot pass for the signed one. Django's
FileSystemStorage is not used: on a full disk it leaves a half-written file in plain sight.
"""

import contextlib
import errno
import hashlib
import logging
import os
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from django.conf import settings
from django.db import transaction

from rcro_portal.lib.refusals import Refusal

log = logging.getLogger(__name__)
DIGEST = re.compile(r"[0-9a-f]{64}")
UNFINISHED = "tmp-"
WRITERS = 8


class StoreError(Refusal):
    """The store could not do its work; the words are for the page."""


class Missing(StoreError):
    """No file lies under this digest."""


class Damaged(StoreError):
    """The file's bytes are no longer those that were put."""


class OutOfReach(StoreError):
    """The disk does not let the portal read or write: taken away, read-only, or failing."""


class StoreFull(StoreError):
    """There is no space left for the file; nothing was written."""


def put(data: bytes) -> str:
    """Keep the bytes and return their sha256 (hex). Putting the same bytes again changes nothing.

    Raises StoreFull where the disk has no space, OutOfReach where it does not write; a half-written file is never
    visible under a digest.
    """
    digest = hashlib.sha256(data).hexdigest()
    place = path(digest)
    try:
        if not _holds(place, digest):
            _write(place, data)
    except OSError as error:
        log.exception("the store cannot keep %s", digest)
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise StoreFull("В хранилище нет места. Файл не сохранён, остальное не изменилось.") from error
        raise OutOfReach(
            "Хранилище не принимает файлы. Файл не сохранён, остальное не изменилось. Обратитесь к администратору."
        ) from error
    return digest


def put_for_row(data: bytes) -> str:
    """The same for a row that is being written: once it is, the file is there, whoever let it go meanwhile."""
    digest = put(data)

    def look_again() -> None:
        if not path(digest).is_file():
            put(data)

    transaction.on_commit(look_again, robust=True)
    return digest


def put_all(files: Iterable[bytes]) -> list[str]:
    """The same for many at once, in their order: while the disk confirms one, others are written."""
    with ThreadPoolExecutor(WRITERS) as writers:
        return list(writers.map(put, files))


def read(digest: str) -> bytes:
    """The bytes under the digest, hashed again. Raises Missing, OutOfReach or Damaged."""
    try:
        data = path(digest).read_bytes()
    except FileNotFoundError as error:
        log.error("%s is not in the store", digest)
        raise Missing(f"Файла {digest[:12]}… нет в хранилище. Обратитесь к администратору.") from error
    except OSError as error:
        log.exception("the store cannot read %s", digest)
        raise OutOfReach(f"Файл {digest[:12]}… не читается. Обратитесь к администратору.") from error
    if hashlib.sha256(data).hexdigest() != digest:
        log.error("%s holds other bytes than were put", digest)
        raise Damaged(f"Файл {digest[:12]}… в хранилище повреждён и не выдаётся. Обратитесь к администратору.")
    return data


def remove(digest: str) -> None:
    """The file is gone; only for whoever knows that no row names it."""
    path(digest).unlink(missing_ok=True)


def let_go(digest: str, *, is_named: Callable[[], bool]) -> None:
    """The file is gone unless a row names it.

    Somebody may bring the same bytes meanwhile: once the file is gone it is asked again, and what is named comes back.
    Whoever brings it looks in turn when the row is there (``put_for_row``), so one of both sees the other.
    """
    if is_named():
        return
    try:
        data = read(digest)
    except StoreError:
        data = None
    remove(digest)
    if data is not None and is_named():
        put(data)


def everything() -> Iterator[Path]:
    """Whatever lies in the store: files under their digests, unfinished ones, and what does not belong there."""
    shelf = Path(settings.STORE_DIR)
    return (place for place in sorted(shelf.rglob("*")) if not place.is_dir()) if shelf.is_dir() else iter(())


def path(digest: str) -> Path:
    """Where the bytes of this digest lie, whether or not they are there."""
    if not DIGEST.fullmatch(digest):
        raise ValueError(f"not a sha256 in lower-case hex: {digest!r}")
    return Path(settings.STORE_DIR) / digest[:2] / digest


def _holds(place: Path, digest: str) -> bool:
    return place.is_file() and hashlib.sha256(place.read_bytes()).hexdigest() == digest


def _write(place: Path, data: bytes) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=UNFINISHED, dir=place.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fchmod(file.fileno(), 0o444)
            os.fsync(file.fileno())
        os.replace(name, place)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(name)
        raise
    _settle(place.parent)


def _settle(folder: Path) -> None:
    """Without this a power cut may forget the rename although the bytes are on the disk."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
