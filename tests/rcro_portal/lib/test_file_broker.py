"""The broker of files on its bad days: a full disk, a message cut short, a table of 0 bytes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from kombu import Connection
from kombu.exceptions import ChannelError
from pytest_django import Settings

from rcro_portal import celery
from rcro_portal.lib import file_broker
from reports.operations import health
from tests.factories.moments import REGISTERED_AT

assert celery.app  # it makes the transport known


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.BROKER_DIR = tmp_path / "broker"
    (settings.BROKER_DIR / "queue").mkdir(parents=True)
    return settings.BROKER_DIR


@pytest.fixture
def queue(folder: Path, settings: Settings) -> Iterator[object]:
    options = {
        "data_folder_in": str(folder / "queue"),
        "data_folder_out": str(folder / "queue"),
        "control_folder": str(folder / "control"),
    }
    scheme = settings.CELERY_BROKER_URL.partition(":")[0] if not settings.REDIS_URL else "files"
    with Connection(f"{scheme}://localhost/", transport_options=options) as connection:
        connection.transport.state.clear()  # what other tests have bound in this process
        yield connection.SimpleQueue("bell")


def waiting(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "queue").iterdir())


def test_messages_come_in_their_order_and_leave_nothing(queue: object, folder: Path) -> None:
    for number in range(3):
        queue.put({"letter": number})
    assert len(waiting(folder)) == 3
    assert [queue.get_nowait().payload["letter"] for _ in range(3)] == [0, 1, 2]
    assert waiting(folder) == []
    with pytest.raises(queue.Empty):
        queue.get_nowait()


def test_queue_is_bound_once_and_let_go_once(queue: object) -> None:
    bound = [row.queue for row in queue.channel.get_table("bell")]
    queue.queue.queue_bind()
    assert [row.queue for row in queue.channel.get_table("bell")] == bound == ["bell"]
    for _ in range(2):
        queue.channel._delete("bell", "bell", "bell", "")
    assert queue.channel.get_table("bell") == []


@pytest.mark.parametrize("cut", [b"", b'{"body": "e30', b"[]", b'{"body": ""}', b"\xff\xfe"])
def test_what_cannot_be_read_is_set_aside_and_the_next_message_comes(queue: object, folder: Path, cut: bytes) -> None:
    (folder / "queue" / "0_first.bell.msg").write_bytes(cut)
    queue.put({"letter": 941})
    assert queue.get_nowait().payload == {"letter": 941}
    assert waiting(folder) == []
    assert [path.read_bytes() for path in file_broker.set_aside()] == [cut]


def test_table_of_an_exchange_of_no_bytes_is_made_anew(folder: Path, queue: object) -> None:
    queue.put({"letter": 1})
    (table,) = (folder / "control").glob("*.exchange")
    table.write_bytes(b"")
    queue.channel.connection.state.clear()  # as a process that starts
    queue.queue.declare()
    queue.put({"letter": 2})
    assert [queue.get_nowait().payload["letter"] for _ in range(2)] == [1, 2]


def test_a_message_is_seen_whole_or_not_at_all(queue: object, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(self: Path, data: bytes) -> int:
        with self.open("wb") as file:
            file.write(data[:10])
        raise OSError(28, "No space left on device")

    queue.put({"letter": 1})
    with monkeypatch.context() as patched:
        patched.setattr(Path, "write_bytes", interrupted)
        with pytest.raises(ChannelError):
            queue.put({"letter": 2})
    assert len(waiting(folder)) == 1
    assert queue.get_nowait().payload == {"letter": 1}


@pytest.mark.django_db
def test_administrator_sees_how_many_were_set_aside(queue: object, folder: Path) -> None:
    assert [row["title"] for row in health.troubles(REGISTERED_AT)] == []
    for number in range(2):
        (folder / "queue" / f"{number}.bell.msg").touch()
    with pytest.raises(queue.Empty):
        queue.get_nowait()
    assert [row["title"] for row in health.troubles(REGISTERED_AT)] == ["Обработчик отложил 2 нечитаемых задания"]
