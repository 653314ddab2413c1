"""Every variable is read by a reader that refuses nonsense and takes ``X`` or ``X_FILE``."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from rcro_portal import env

NAME = "RCRO_TEST_VARIABLE"


@pytest.fixture(autouse=True)
def unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(NAME, raising=False)
    monkeypatch.delenv(f"{NAME}_FILE", raising=False)


def test_variable_goes_before_file_and_file_before_default(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert env.text(NAME, "default") == "default"
    file = tmp_path / "secret"
    file.write_text("из файла\n", encoding="utf-8")
    monkeypatch.setenv(f"{NAME}_FILE", str(file))
    assert env.text(NAME, "default") == "из файла"
    monkeypatch.setenv(NAME, "")
    assert env.text(NAME, "default") == ""


def test_variable_without_default_must_be_there() -> None:
    with pytest.raises(ImproperlyConfigured, match=f"Set {NAME}, or {NAME}_FILE"):
        env.text(NAME)


def test_file_that_cannot_be_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(f"{NAME}_FILE", str(tmp_path / "no such"))
    with pytest.raises(ImproperlyConfigured, match=f"{NAME}_FILE names a file that cannot be read"):
        env.text(NAME, "default")


@pytest.mark.parametrize(("typed", "read"), [("1", True), ("0", False), ("true", True), ("FALSE", False)])
def test_flag(monkeypatch: pytest.MonkeyPatch, typed: str, read: bool) -> None:
    monkeypatch.setenv(NAME, typed)
    assert env.flag(NAME, default=not read) is read


@pytest.mark.parametrize("default", [True, False])
def test_flag_that_is_not_set(default: bool) -> None:
    assert env.flag(NAME, default=default) is default


@pytest.mark.parametrize("typed", ["", "yes", "on", "2", " 1", "да"])
def test_flag_refuses_what_is_neither(monkeypatch: pytest.MonkeyPatch, typed: str) -> None:
    monkeypatch.setenv(NAME, typed)
    with pytest.raises(ImproperlyConfigured, match=f"{NAME} must be 1 or 0"):
        env.flag(NAME)


def test_number(monkeypatch: pytest.MonkeyPatch) -> None:
    assert env.number(NAME, 25) == 25
    monkeypatch.setenv(NAME, "587")
    assert env.number(NAME, 25) == 587


@pytest.mark.parametrize("typed", ["", "-1", "1.5", "1e3", "soon", "0x10", "0"])
def test_number_refuses_what_is_none_or_too_small(monkeypatch: pytest.MonkeyPatch, typed: str) -> None:
    monkeypatch.setenv(NAME, typed)
    with pytest.raises(ImproperlyConfigured, match=f"{NAME} must be a whole number of at least 1"):
        env.number(NAME, 25, least=1)


@pytest.mark.parametrize("typed", ["²", "٣x"])
def test_number_refuses_what_only_looks_like_one(monkeypatch: pytest.MonkeyPatch, typed: str) -> None:
    monkeypatch.setenv(NAME, typed)
    with pytest.raises(ImproperlyConfigured):
        env.number(NAME, 25)


def test_secret_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, "x" * 50)
    assert env.secret(NAME) == "x" * 50
    monkeypatch.setenv(NAME, "x" * 49)
    with pytest.raises(ImproperlyConfigured, match=f"{NAME} is shorter than 50 characters") as refusal:
        env.secret(NAME)
    assert "x" * 49 not in str(refusal.value)


def test_words_and_path(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert env.words(NAME, " a, b,,c ") == ["a", "b", "c"]
    assert env.words(NAME) == []
    assert env.path(NAME, tmp_path / "x" / "..") == tmp_path
    monkeypatch.setenv(NAME, "~/var")
    assert env.path(NAME, tmp_path) == Path.home().resolve() / "var"
