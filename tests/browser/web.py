"""The portal's web server as a process of its own, on the test's database, store, keys and mail."""

import contextlib
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path
from types import TracebackType
from typing import Self

from django.conf import settings

from tests.worker import environment, until

START_SECONDS, STOP_SECONDS = 60, 10


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return asked.getsockname()[1]


class Web:
    """``gunicorn`` with a few threads; as a context manager it is left dead."""

    def __init__(self, *, port: int, **variables: str) -> None:
        self.port = port
        self.variables = variables
        self.log_path = Path(settings.DATA_DIR) / "logs" / "web.log"

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        command = ["gunicorn", "rcro_portal.wsgi", "--config", "python:rcro_portal.web_server"]
        with self.log_path.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", *command, "--bind", f"127.0.0.1:{self.port}", "--threads", "4"],
                cwd=settings.BASE_DIR,
                env=environment(DJANGO_SETTINGS_MODULE="tests.browser.portal_settings", **self.variables),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        until(self._answers, START_SECONDS, self._story)
        return self

    def _answers(self) -> bool:
        assert self.process.poll() is None, self._story()
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{self.url}/healthz/", timeout=10) as answer:
            return answer.status == 200
        return False

    def _story(self) -> str:
        return f"The web server does not answer. The end of its log:\n{self.log[-3000:]}"

    @property
    def log(self) -> str:
        return self.log_path.read_text(encoding="utf-8", errors="replace")

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.process.terminate()
        try:
            self.process.wait(timeout=STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
