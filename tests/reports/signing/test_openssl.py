"""The program openssl runs under limits of time and of what it writes."""

from pathlib import Path

import pytest

from reports.signing import openssl
from tests.pace import Stopwatch


def test_program_that_does_not_end_is_killed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(openssl, "SECONDS", 0.5)
    watch = Stopwatch()
    assert openssl.run("speed", "-seconds", "60", "md5", folder=tmp_path).done is False
    assert watch.within(5)


def test_program_may_not_write_without_end(tmp_path: Path) -> None:
    assert openssl.run("rand", "-out", "big", str(64 << 20), folder=tmp_path).done is False
    assert (tmp_path / "big").stat().st_size <= 32 << 20
