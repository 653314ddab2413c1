"""The embedded broker: kombu's folder of files, but no message of it is ever seen half written or stops a worker.

kombu writes in plain sight: on a full disk a file of 0 bytes stays first in the folder, and every worker that starts
ends on it. Here a message is written beside and renamed, whoever removes it has it, and what cannot be read is set
aside. Nothing is lost by that: rows of the database are the queue, a message is only a nudge.
"""

import contextlib
import fcntl
import logging
import os
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from queue import Empty
from typing import Any

from django.conf import settings
from kombu.exceptions import ChannelError
from kombu.transport import filesystem
from kombu.transport.filesystem import exchange_queue_t
from kombu.utils.json import dumps, loads

log = logging.getLogger(__name__)
UNFINISHED = "tmp-"


def set_aside() -> list[Path]:
    """Messages that nobody could read."""
    return sorted(path for path in _aside().glob("*") if path.is_file())


def _aside() -> Path:
    return Path(settings.BROKER_DIR) / "set-aside"


class Channel(filesystem.Channel):
    """Messages and the tables of exchanges, each whole or not there."""

    def _put(self, queue: str, payload: dict[str, Any], **_: Any) -> None:  # type: ignore[override]
        name = f"{time.time_ns()}_{uuid.uuid4()}.{queue}.msg"
        _write(Path(self.data_folder_out) / name, dumps(payload))

    def _get(self, queue: str, timeout: float | None = None) -> dict[str, Any]:  # noqa: ARG002
        for place in self._waiting(queue):
            try:
                data = place.read_bytes()
                payload = _message(data)
                place.unlink()
            except FileNotFoundError:  # another worker was quicker
                continue
            except (OSError, ValueError, TypeError, KeyError, RecursionError) as error:
                _put_aside(place, error)
                continue
            return payload
        raise Empty

    def _waiting(self, queue: str) -> Iterator[Path]:
        folder = Path(self.data_folder_in)
        names = sorted(os.listdir(folder))
        return (folder / name for name in names if name.partition(".")[2] == f"{queue}.msg")

    def get_table(self, exchange: str) -> list[exchange_queue_t]:
        """The queues bound to an exchange; a table that cannot be read is empty, every worker binds anew."""
        try:
            return [exchange_queue_t(*row) for row in loads(self._exchange_file(exchange).read_bytes())]
        except FileNotFoundError:
            return []
        except (OSError, ValueError, TypeError) as error:
            log.warning("the table of exchange %r is made anew: %s", exchange, error)
            return []

    def _queue_bind(self, exchange: str, routing_key: str | None, pattern: str | None, queue: str | None) -> None:
        row = exchange_queue_t(routing_key or "", pattern or "", queue or "")
        with self._alone():
            table = self.get_table(exchange)
            if row not in table:
                _write(self._exchange_file(exchange), dumps([row, *table]))

    def _delete(self, queue: str, exchange: str, routing_key: str, pattern: str, *_: Any, **__: Any) -> None:
        self._purge(queue)
        row = exchange_queue_t(routing_key or "", pattern or "", queue or "")
        with self._alone():
            table = self.get_table(exchange)
            if row in table:
                _write(self._exchange_file(exchange), dumps([kept for kept in table if kept != row]))

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """Two that bind at once would each write a table without the other."""
        try:
            self.control_folder.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(self.control_folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise ChannelError(f"Cannot open {self.control_folder}: {error}") from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)


class Transport(filesystem.Transport):
    Channel = Channel


def _message(data: bytes) -> dict[str, Any]:
    """Raises ValueError where the bytes are none that kombu could make a message of."""
    payload = loads(data)
    properties = payload.get("properties") if isinstance(payload, dict) else None
    if not isinstance(properties, dict) or "delivery_tag" not in properties or "body" not in payload:
        raise ValueError("not a message")
    return payload


def _write(place: Path, text: str) -> None:
    """Raises ChannelError, as kombu does, where the disk does not take it; then nothing of it stays."""
    beside = place.with_name(f"{UNFINISHED}{uuid.uuid4()}")
    try:
        beside.write_bytes(text.encode())
        beside.replace(place)
    except OSError as error:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise ChannelError(f"Cannot write {place}: {error}") from error


def _put_aside(place: Path, error: Exception) -> None:
    log.error("the message %s cannot be read and is set aside: %s", place.name, error)
    try:
        _aside().mkdir(parents=True, exist_ok=True)
        place.rename(_aside() / place.name)
    except OSError:  # no room even for a folder
        with contextlib.suppress(OSError):
            place.unlink()
