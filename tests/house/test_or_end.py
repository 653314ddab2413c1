"""A container whose health check has failed for minutes is ended, so that Compose starts it again."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from tests.worker import until

# As an init does: it hands SIGTERM on, and goes when its child has gone.
INIT = """
import signal, subprocess, sys
code = f"import signal, time; {sys.argv[1]}print(1, flush=True); time.sleep(60)"
child = subprocess.Popen([sys.executable, "-c", code])
signal.signal(signal.SIGTERM, lambda number, frame: child.terminate())
sys.exit(abs(child.wait()))
"""
DEAF = "signal.signal(signal.SIGTERM, signal.SIG_IGN); "


@pytest.fixture(params=["", DEAF], ids=["polite", "deaf"])
def main(request: pytest.FixtureRequest) -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen([sys.executable, "-c", INIT, request.param], stdout=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stdout.readline() == b"1\n"
        yield process
        process.kill()


def check(command: str, main: subprocess.Popen[bytes], folder: Path) -> int:
    variables = {**os.environ, "TMPDIR": str(folder), "RCRO_MAIN_PID": str(main.pid)}
    return subprocess.run(["script/or-end", command], cwd=settings.BASE_DIR, env=variables, check=False).returncode


def ago(folder: Path, minutes: int) -> None:
    then = time.time() - 60 * minutes - 30
    os.utime(folder / "unhealthy-since", (then, then))


def test_who_fails_for_three_minutes_is_ended(main: subprocess.Popen[bytes], tmp_path: Path) -> None:
    assert check("false", main, tmp_path) == 1
    ago(tmp_path, 2)
    assert check("false", main, tmp_path) == 1
    assert main.poll() is None
    ago(tmp_path, 4)
    assert check("false", main, tmp_path) == 1
    time.sleep(0.5)
    ago(tmp_path, 6)
    check("false", main, tmp_path)
    until(lambda: main.poll() is not None, 10, lambda: "it still lives")
    assert main.returncode in (signal.SIGTERM, signal.SIGKILL)


def test_who_is_well_again_begins_anew(main: subprocess.Popen[bytes], tmp_path: Path) -> None:
    check("false", main, tmp_path)
    ago(tmp_path, 10)
    assert check("true", main, tmp_path) == 0
    assert check("false", main, tmp_path) == 1
    assert main.poll() is None
