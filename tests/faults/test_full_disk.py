"""A full disk: nothing is half written, the person is told in words, and work goes on once there is room."""

import contextlib
import errno
import os
import random
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from kombu import Connection
from kombu.exceptions import ChannelError
from pytest_django import Settings

from rcro_portal.lib import file_broker, store
from reports.letters import drawing, signatures
from reports.models import Letter
from reports.models.letter import LetterStatus, Way
from reports.operations import inspection, sweeping
from tests.factories import brought
from tests.factories import letters as walked
from tests.factories.moments import DRAWN_AT, SIGNED_AT
from tests.factories.reports import Office

pytestmark = [pytest.mark.faults, pytest.mark.django_db]
ROOM_BYTES = 256 * 1024
FULL = "В хранилище нет места. Файл не сохранён, остальное не изменилось."
DATA = bytes(range(256)) * 4096


class Full:
    """A file on a disk that takes so many bytes more."""

    def __init__(self, file: IO[bytes], room: int) -> None:
        self.file, self.room = file, room

    def __enter__(self) -> "Full":
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.file, name)

    def write(self, data: bytes) -> int:
        self.file.write(data[: self.room])
        self.file.flush()
        if len(data) > self.room:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return len(data)


@pytest.fixture
def shelf(settings: Settings, tmp_path: Path) -> Path:
    settings.STORE_DIR = tmp_path / "store"
    return settings.STORE_DIR


@pytest.fixture
def small_disk(settings: Settings, tmp_path: Path) -> Iterator[Path]:
    """A real file system with room for a letter or two."""
    place = tmp_path / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={ROOM_BYTES}", "tmpfs", str(place)]
    mounted = subprocess.run(command, capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip("only root mounts a disk of its own")
    settings.STORE_DIR = place / "store"
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


def fill(disk: Path) -> Path:
    """Takes whatever room there is."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(b"\0" * 1024)
    return ballast


@pytest.mark.parametrize("seed", range(20))
def test_wherever_the_room_ends_nothing_stays(shelf: Path, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    room, opened = random.Random(seed).randrange(len(DATA)), os.fdopen
    with monkeypatch.context() as patched:
        patched.setattr(os, "fdopen", lambda *args: Full(opened(*args), room))
        with pytest.raises(store.StoreFull, match=FULL):
            store.put(DATA)
    assert list(store.everything()) == []
    assert store.read(store.put(DATA)) == DATA


def test_full_disk_of_its_own(small_disk: Path) -> None:
    kept = store.put(b"one")
    with pytest.raises(store.StoreFull, match=FULL):
        store.put(DATA)
    assert [place.name for place in store.everything()] == [kept]
    ballast = fill(small_disk)
    with pytest.raises(store.StoreFull, match=FULL):
        store.put(b"two" * 5000)
    assert [place.name for place in store.everything()] == [kept]
    assert store.read(kept) == b"one"
    ballast.unlink()
    assert store.read(store.put(b"two" * 5000)) == b"two" * 5000


def test_letter_that_cannot_be_stored_keeps_its_number_and_is_drawn_when_there_is_room(
    small_disk: Path, office: Office
) -> None:
    letter = walked.preparing(office)
    ballast = fill(small_disk)
    assert drawing.draw(letter_id=letter.pk, at=DRAWN_AT, now=DRAWN_AT) is False
    row = Letter.objects.get(pk=letter.pk)
    assert (row.status, row.draw_error, row.entry) == (LetterStatus.PREPARING, FULL, letter.entry)
    assert list(store.everything()) == []
    assert not any(inspection.found(now=DRAWN_AT).values())
    ballast.unlink()
    later = DRAWN_AT.replace(hour=11)
    assert sweeping.sweep(now=later)["drawn"] == 1
    row = Letter.objects.get(pk=letter.pk)
    assert (row.status, row.draw_error) == (LetterStatus.AWAITING, "")
    assert store.read(row.final.digest).startswith(b"%PDF-")


def test_scan_that_cannot_be_stored_is_refused_in_words(
    small_disk: Path, office: Office, client: Client, settings: Settings
) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    letter = walked.awaiting(office)
    signatures.choose_method(letter=letter, way=Way.PAPER, by=office.director, at=SIGNED_AT)
    lying = list(store.everything())
    fill(small_disk)
    client.force_login(office.clerk)
    scan = SimpleUploadedFile("scan.pdf", brought.pdf() + b"%" * 20_000, "application/pdf")
    response = client.post(f"/letters/{letter.pk}/scan/", {"scan": scan})
    assert response.status_code == 409
    assert FULL in response.content.decode()
    assert (letter.scans().count(), list(store.everything())) == (0, lying)


def test_bells_on_a_full_disk_leave_nothing_that_stops_a_worker(small_disk: Path, settings: Settings) -> None:
    folder = small_disk / "broker"
    (folder / "queue").mkdir(parents=True)
    settings.BROKER_DIR = folder
    queue = {"data_folder_in": str(folder / "queue"), "data_folder_out": str(folder / "queue")}
    with Connection("files://localhost/", transport_options={**queue, "control_folder": str(folder)}) as connection:
        connection.transport.state.clear()
        bell = connection.SimpleQueue("bell")
        bell.put({"letter": 1})
        ballast = fill(small_disk)
        with pytest.raises(ChannelError):
            bell.put({"letter": 2})
        assert bell.get_nowait().payload == {"letter": 1}
        with pytest.raises(bell.Empty):
            bell.get_nowait()
        ballast.unlink()
        bell.put({"letter": 3})
        assert bell.get_nowait().payload == {"letter": 3}
    assert file_broker.set_aside() == []
    assert [path.name for path in folder.rglob("tmp-*")] == []
