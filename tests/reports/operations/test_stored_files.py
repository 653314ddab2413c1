"""The store against its rows: missing, damaged, swapped, unreadable, orphaned and unfinished files are each named."""

import datetime
import os
from pathlib import Path

import pytest
from pytest_django import Settings

from centers.models import User
from events.models import AnswerFile, Material, OutcomeAppendix, PreparedFile
from olympiad.models import PupilFile
from projects.models import Achievement, Resource
from rcro_portal.lib import store
from rcro_portal.models import ImportSession
from reports.models import (
    Certificate,
    IncomingLetter,
    LetterAppendix,
    LetterFile,
    Snapshot,
    SnapshotAppendix,
    YearReportFile,
)
from reports.operations import stored_files
from tests import clock
from tests.factories.centers import UserFactory
from tests.factories.moments import LONG_AGO, SENT_AT
from tests.factories.reports import LetterFileFactory

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)


@pytest.fixture(autouse=True)
def shelf(settings: Settings, tmp_path: Path) -> Path:
    settings.STORE_DIR = tmp_path / "store"
    return settings.STORE_DIR


def kept(data: bytes, *, size: int | None = None) -> LetterFile:
    return LetterFileFactory(digest=store.put(data), size=len(data) if size is None else size)


def overwrite(digest: str, data: bytes) -> None:
    store.path(digest).chmod(0o644)
    store.path(digest).write_bytes(data)


def age(place: Path, age: datetime.timedelta) -> None:
    then = (clock.now() - age).timestamp()
    os.utime(place, (then, then))


def whose(file: LetterFile) -> str:
    return f"Это файл письма {file.letter_id} (PDF на подпись, {file.digest[:12]})."


def left_over() -> list[str]:
    return list(stored_files.left_over(clock.now()))


def test_every_table_that_names_files_is_known() -> None:
    letters = {LetterAppendix, LetterFile, OutcomeAppendix, SnapshotAppendix}
    answers = {AnswerFile, PreparedFile, IncomingLetter}
    others = {Achievement, Certificate, ImportSession, Material, PupilFile, Resource, YearReportFile}
    known = {*others, *answers, *letters}
    assert set(stored_files.naming()) == known
    assert Snapshot not in known


def test_whole_files_are_fine() -> None:
    kept(b"one")
    kept(b"two")
    assert (list(stored_files.broken()), left_over()) == ([], [])


def test_missing_file() -> None:
    file = kept(b"one")
    store.path(file.digest).unlink()
    assert list(stored_files.broken()) == [
        f"Файла {file.digest[:12]}… нет в хранилище. Обратитесь к администратору. {whose(file)}"
    ]


@pytest.mark.parametrize("data", [b"One", b"one ", b"on", b""], ids=["flipped", "longer", "shorter", "empty"])
def test_changed_file(data: bytes) -> None:
    file = kept(b"one")
    overwrite(file.digest, data)
    assert list(stored_files.broken()) == [
        f"Файл {file.digest[:12]}… в хранилище повреждён и не выдаётся. Обратитесь к администратору. {whose(file)}"
    ]


def test_two_files_in_the_place_of_each_other() -> None:
    one, two = kept(b"one"), kept(b"two")
    overwrite(one.digest, b"two")
    overwrite(two.digest, b"one")
    assert sorted(stored_files.broken()) == sorted(
        f"Файл {file.digest[:12]}… в хранилище повреждён и не выдаётся. Обратитесь к администратору. {whose(file)}"
        for file in (one, two)
    )


def test_file_that_cannot_be_read() -> None:
    """Root reads whatever it may not, but no folder."""
    file = kept(b"one")
    store.path(file.digest).unlink()
    store.path(file.digest).mkdir()
    assert list(stored_files.broken()) == [
        f"Файл {file.digest[:12]}… не читается. Обратитесь к администратору. {whose(file)}"
    ]


def test_size_that_a_row_says_otherwise() -> None:
    file = kept(b"one", size=4)
    assert list(stored_files.broken()) == [f"Файл {file.digest[:12]}… другой длины, чем записано. {whose(file)}"]


def incoming(by: User) -> IncomingLetter:
    return IncomingLetter.objects.create(
        number="1",
        received_on=LONG_AGO,
        sender_name="Школа",
        subject="О сроке",
        registered_by=by,
        registered_at=SENT_AT,
    )


def test_row_without_a_file_names_none() -> None:
    incoming(UserFactory())
    assert (list(stored_files.broken()), left_over()) == ([], [])


def test_orphan_is_named_after_a_day_and_stays() -> None:
    """Its row may still be about to be written."""
    digest = store.put(b"orphan")
    assert left_over() == []
    age(store.path(digest), 23 * HOUR)
    assert left_over() == []
    age(store.path(digest), 25 * HOUR)
    assert left_over() == [f"Файл {digest[:2]}/{digest} никому не принадлежит. Сам он не удаляется."]
    assert stored_files.tidy(clock.now()) == 0
    assert store.read(digest) == b"orphan"
    LetterFileFactory(digest=digest, size=6)
    assert left_over() == []


def test_unfinished_file_is_named_and_removed_after_an_hour(shelf: Path) -> None:
    unfinished = shelf / "ab" / f"{store.UNFINISHED}x1"
    unfinished.parent.mkdir(parents=True)
    unfinished.write_bytes(b"%PD")
    assert left_over() == []
    assert stored_files.tidy(clock.now()) == 0
    age(unfinished, 2 * HOUR)
    assert left_over() == ["Недописанный файл ab/tmp-x1 старше часа. Ночная проверка удалит его."]
    assert stored_files.tidy(clock.now()) == 1
    assert not unfinished.exists()
    assert stored_files.tidy(clock.now()) == 0


def test_stranger_in_the_store(shelf: Path) -> None:
    digest = store.put(b"one")
    (shelf / "readme.txt").write_text("?")
    (shelf / "ff").mkdir(exist_ok=True)
    (shelf / "ff" / digest).write_bytes(b"one")
    assert left_over() == [
        f"В хранилище лежит посторонний файл ff/{digest}.",
        "В хранилище лежит посторонний файл readme.txt.",
    ]


def test_store_that_is_not_there_yet_is_empty() -> None:
    assert left_over() == []
