"""A real Celery worker as a process of its own, on the test's database, broker, store and keys."""

import contextlib
import os
import signal
import subprocess
import time
import urllib.parse
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from django.conf import settings
from django.db import connection

from rcro_portal import queues
from rcro_portal.celery import app
from tests.pace import Stopwatch

START_SECONDS = 60
# Where nobody takes away the dead, they are waited for no longer.
DIE_SECONDS = 3
# A test sees the sweep soon; a lease outlasts any drawing on a busy machine, and a test ends it by the row.
SWEEP_SECONDS, LEASE_SECONDS = 1, 180


def database_url() -> str:
    """The address of the database that this test runs on, not of the one that the settings name."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    who = urllib.parse.quote(database["USER"], safe="")
    if database["PASSWORD"]:
        who += ":" + urllib.parse.quote(database["PASSWORD"], safe="")
    return f"postgres://{who}@{database['HOST'] or '127.0.0.1'}:{database['PORT'] or 5432}/{database['NAME']}"


def environment(**more: str) -> dict[str, str]:
    """What a process of the portal needs to work beside this test."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "rcro_portal.settings",
        "DATABASE_URL": database_url(),
        "REDIS_URL": settings.REDIS_URL,
        "RCRO_DATA_DIR": str(settings.DATA_DIR),
        "RCRO_SECRET_KEY": settings.SECRET_KEY,
        "RCRO_MFA_KEY": settings.MFA_KEYS[0],
        "RCRO_DEMO": "1",
        "RCRO_SWEEP_SECONDS": str(SWEEP_SECONDS),
        "RCRO_LEASE_SECONDS": str(LEASE_SECONDS),
        "RCRO_SMTP_ANSWER_SECONDS": "1",
        "PYTHONUNBUFFERED": "1",
        **more,
    }


def until[T](answer: Callable[[], T], seconds: float, otherwise: Callable[[], str]) -> T:
    """The first true answer; AssertionError with the words of ``otherwise`` when a quiet machine's time is over."""
    watch = Stopwatch()
    while not (found := answer()):
        assert watch.within(seconds), otherwise()
        time.sleep(0.05)
    return found


class Worker:
    """``celery worker`` in a process group of its own; as a context manager it is left dead.

    With ``beat`` the worker also sweeps every SWEEP_SECONDS. It takes every queue, or those of one ``kind`` alone.
    ``variables`` are added to its environment.
    """

    def __init__(self, *, beat: bool = True, kind: str = "", **variables: str) -> None:
        self.beat, self.kind = beat, kind
        self.variables = variables
        self.log_path = Path(settings.DATA_DIR) / "logs" / f"worker{kind}.log"
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        app.control.purge()
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.kill()

    def start(self) -> None:
        """Starts it and waits until a task sent through the broker was run by it; who does not work is left dead."""
        self._forget_beat()
        with self.log_path.open("wb") as log:
            self.process = self._launch(log)
        ping = app.send_task("celery.accumulate", queue=self.kind or queues.UPKEEP)
        try:
            until(lambda: self._ran(ping.id), START_SECONDS, self._story)
        except BaseException:
            self.kill()
            raise

    def _launch(self, log: IO[bytes]) -> subprocess.Popen[bytes]:
        command = queues.worker(self.kind)
        return subprocess.Popen(
            [*command, "--beat"] if self.beat else command,
            cwd=settings.BASE_DIR,
            env=environment(**self.variables),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    @staticmethod
    def _forget_beat() -> None:
        """A schedule left by a killed beat may believe that the next sweep is not due yet."""
        schedule = Path(settings.CELERY_BEAT_SCHEDULE_FILENAME)
        for path in schedule.parent.glob(schedule.name + "*"):
            path.unlink()

    def _ran(self, task_id: str) -> bool:
        assert self.alive, self._story()
        return f"celery.accumulate[{task_id}] succeeded" in self.log

    @property
    def log(self) -> str:
        return self.log_path.read_text(encoding="utf-8", errors="replace")

    @property
    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def _story(self) -> str:
        return f"The worker does not work. The end of its log:\n{self.log[-3000:]}"

    def kill(self) -> None:
        """``kill -9`` of the worker and all its children at once, as a power cut would."""
        self._signal(signal.SIGKILL)

    def restart(self) -> None:
        self.kill()
        self.start()

    def _signal(self, number: signal.Signals) -> None:
        assert self.process is not None
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, number)
        if number == signal.SIGKILL:
            self.process.wait()
            self._is_gone()

    def _is_gone(self) -> None:
        """Its children hold its connections too: a broker would hand the next task to the one who dies last."""
        assert self.process is not None
        deadline = time.monotonic() + DIE_SECONDS
        with contextlib.suppress(ProcessLookupError):
            while time.monotonic() < deadline:
                os.killpg(self.process.pid, 0)
                time.sleep(0.02)
