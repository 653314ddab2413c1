"""One web process of the portal, started as ``script/serve`` starts it, and clients that take their time."""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from django.conf import settings

from tests.browser.web import free_port
from tests.worker import environment, until

PROCESSES, THREADS = "1", "2"
START_SECONDS = 60


class Served:
    """``script/serve web`` in a group of its own; as a context manager it is left dead."""

    def __init__(self, **variables: str) -> None:
        self.port = free_port()
        self.variables = {"PORT": str(self.port), "RCRO_BASE_URL": f"http://127.0.0.1:{self.port}", **variables}
        self.log_path = Path(settings.DATA_DIR) / "logs" / "served.log"

    def __enter__(self) -> Self:
        variables = {"RCRO_WEB_PROCESSES": PROCESSES, "RCRO_WEB_THREADS": THREADS, "REDIS_URL": "", **self.variables}
        with self.log_path.open("wb") as log:
            self.process = subprocess.Popen(
                ["script/serve", "web"],
                cwd=settings.BASE_DIR,
                env=environment(DJANGO_SETTINGS_MODULE="tests.faults.served_settings", **variables),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        until(self._answers, START_SECONDS, lambda: self.log[-3000:])
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def _answers(self) -> bool:
        assert self.process.poll() is None, self.log[-3000:]
        with contextlib.suppress(OSError):
            return self.get("/healthz/")[0] == 200
        return False

    @property
    def log(self) -> str:
        return self.log_path.read_text(encoding="utf-8", errors="replace")

    def get(self, address: str, timeout: float = 60, **headers: str) -> tuple[int, float]:
        """The status, and how long the answer took."""
        begun = time.monotonic()
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        with contextlib.closing(line):
            line.request("GET", address, headers=headers)
            answer = line.getresponse()
            answer.read()
        return answer.status, time.monotonic() - begun

    def dial(self, said: bytes = b"") -> socket.socket:
        line = socket.create_connection(("127.0.0.1", self.port), timeout=60)
        line.sendall(said)
        return line


@contextlib.contextmanager
def trickling(lines: list[socket.socket], every: float = 0.3) -> Iterator[None]:
    """Each line gets one more byte now and then, until the block ends."""
    over = threading.Event()

    def trickle() -> None:
        while not over.wait(every):
            for line in lines:
                with contextlib.suppress(OSError):
                    line.send(b"a")

    sender = threading.Thread(target=trickle)
    sender.start()
    try:
        yield
    finally:
        over.set()
        sender.join()
        for line in lines:
            line.close()
