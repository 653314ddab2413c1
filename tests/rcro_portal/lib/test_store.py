"""The store keeps bytes under their digest, whole or not at all."""

import errno
import hashlib
import os
import stat
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from rcro_portal.lib import store

LETTER = b"%PDF-1.7 letter"


@pytest.fixture(autouse=True)
def shelf(settings: Settings, tmp_path: Path) -> Path:
    settings.STORE_DIR = tmp_path / "store"
    return settings.STORE_DIR


def files(shelf: Path) -> list[str]:
    return sorted(path.relative_to(shelf).as_posix() for path in shelf.rglob("*") if path.is_file())


def test_what_was_put_is_read() -> None:
    assert store.read(store.put(LETTER)) == LETTER


def test_file_lies_under_its_digest_for_reading_only(shelf: Path) -> None:
    digest = store.put(LETTER)
    assert digest == hashlib.sha256(LETTER).hexdigest()
    assert files(shelf) == [f"{digest[:2]}/{digest}"]
    assert stat.S_IMODE(store.path(digest).stat().st_mode) == 0o444


def test_putting_again_writes_nothing() -> None:
    before = store.path(store.put(LETTER)).stat()
    after = store.path(store.put(LETTER)).stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_missing_file_is_named() -> None:
    with pytest.raises(store.Missing, match="нет в хранилище"):
        store.read("0" * 64)


@pytest.mark.parametrize("spoiled", [b"", LETTER[:-1], LETTER + b" ", LETTER.replace(b"l", b"L")])
def test_damaged_file_is_not_handed_out(spoiled: bytes) -> None:
    digest = store.put(LETTER)
    store.path(digest).chmod(0o644)
    store.path(digest).write_bytes(spoiled)
    with pytest.raises(store.Damaged, match="повреждён"):
        store.read(digest)


def test_putting_the_right_bytes_heals_a_damaged_file() -> None:
    digest = store.put(LETTER)
    store.path(digest).chmod(0o644)
    store.path(digest).write_bytes(b"spoiled")
    assert store.put(LETTER) == digest
    assert store.read(digest) == LETTER


@pytest.mark.parametrize("digest", ["", "../../etc/passwd", "A" * 64, "0" * 63, "0" * 64 + "\n", "0" * 62 + "/0"])
def test_nothing_but_a_digest_names_a_file(digest: str) -> None:
    with pytest.raises(ValueError, match="not a sha256"):
        store.path(digest)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_full_disk_leaves_nothing_behind(shelf: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    def full(descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(store.StoreFull, match="нет места"):
        store.put(LETTER)
    assert files(shelf) == []


def test_another_failure_is_said_in_words_and_leaves_nothing_behind(
    shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(source: str, target: Path) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(os, "replace", broken)
    with pytest.raises(store.OutOfReach, match="не принимает файлы"):
        store.put(LETTER)
    assert files(shelf) == []


def test_half_written_file_is_never_visible(shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """At the moment of the rename the bytes are whole, on the disk and closed to writing."""
    seen: list[tuple[bytes, int]] = []
    rename = os.replace

    def look(source: str, target: Path) -> None:
        assert not Path(target).exists()
        seen.append((Path(source).read_bytes(), stat.S_IMODE(os.stat(source).st_mode)))
        rename(source, target)

    monkeypatch.setattr(os, "replace", look)
    store.put(LETTER)
    assert seen == [(LETTER, 0o444)]


def test_file_that_somebody_names_while_it_goes_stays() -> None:
    digest = store.put(LETTER)
    named = iter([False, True])
    store.let_go(digest, is_named=lambda: next(named))
    assert store.read(digest) == LETTER
    store.let_go(digest, is_named=lambda: True)
    assert store.read(digest) == LETTER
    for _ in range(2):
        store.let_go(digest, is_named=lambda: False)
        assert not store.path(digest).exists()


@pytest.mark.django_db
def test_file_that_went_before_its_row_was_written_is_there_with_it(
    django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[Any]],
) -> None:
    store.put(LETTER)
    with django_capture_on_commit_callbacks(execute=True):
        digest = store.put_for_row(LETTER)
        store.remove(digest)
    assert store.read(digest) == LETTER
