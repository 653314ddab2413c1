"""The parent of worker and beat starts a fallen one again, and ends with who never lived."""

import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from rcro_portal import keeper
from tests.pace import Stopwatch
from tests.worker import environment, until

pytestmark = pytest.mark.faults
FALLS = "import pathlib, sys, time; f = pathlib.Path(sys.argv[1]); f.open('a').write('x'); time.sleep(.3); sys.exit(3)"
SLEEPS = "import time; time.sleep(60)"


def python(code: str, *arguments: str) -> list[str]:
    return [sys.executable, "-c", code, *arguments]


def test_fallen_process_is_started_again_and_the_other_lives_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeper, "LIVED_SECONDS", 0.1)
    monkeypatch.setattr(keeper, "PAUSES_SECONDS", (0.1,))
    starts, stop, statuses = tmp_path / "starts", threading.Event(), []
    commands = {"worker": python(FALLS, str(starts)), "beat": python(SLEEPS)}
    parent = threading.Thread(target=lambda: statuses.append(keeper.keep(commands, stop)))
    parent.start()
    try:
        until(lambda: starts.exists() and len(starts.read_text()) >= 3, 30, lambda: "it was not started again")
        assert statuses == []
    finally:
        stop.set()
        parent.join(60)
    assert statuses == [0]


def test_who_falls_at_its_first_start_ends_the_parent_with_its_status(tmp_path: Path) -> None:
    commands = {"worker": python(FALLS, str(tmp_path / "starts")), "beat": python(SLEEPS)}
    watch = Stopwatch()
    assert keeper.keep(commands, threading.Event()) == 3
    assert watch.within(30)
    assert (tmp_path / "starts").read_text() == "x"


def test_told_to_stop_it_takes_both_along() -> None:
    command = [sys.executable, "-m", "rcro_portal.keeper"]
    with subprocess.Popen(command, env=environment(), stderr=subprocess.DEVNULL) as process:
        time.sleep(5)
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0
