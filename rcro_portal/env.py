"""Readers of environment variables: each refuses nonsense and takes ``X`` or the file named by ``X_FILE``."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

YES_NO = {"1": True, "0": False, "true": True, "false": False}


def text(name: str, default: str | None = None) -> str:
    """The variable's value, else that of the file in ``NAME_FILE``, else the default.

    Raises ImproperlyConfigured where none of the three is there.
    """
    if name in os.environ:
        return os.environ[name]
    if f"{name}_FILE" in os.environ:
        return _read(f"{name}_FILE")
    if default is None:
        raise ImproperlyConfigured(f"Set {name}, or {name}_FILE to the path of a file that holds it.")
    return default


def _read(name: str) -> str:
    try:
        return Path(os.environ[name]).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ImproperlyConfigured(f"{name} names a file that cannot be read: {error}") from error


def flag(name: str, default: bool = False) -> bool:
    """Only 1, 0, true, false; anything else is a spelling mistake that must not pass for "no"."""
    value = text(name, "1" if default else "0").lower()
    if value not in YES_NO:
        raise ImproperlyConfigured(f"{name} must be 1 or 0, not {value!r}.")
    return YES_NO[value]


def number(name: str, default: int, *, least: int = 0) -> int:
    value = text(name, str(default))
    if not value.isdecimal() or int(value) < least:
        raise ImproperlyConfigured(f"{name} must be a whole number of at least {least}, not {value!r}.")
    return int(value)


def secret(name: str, *, least: int = 50) -> str:
    value = text(name)
    if len(value) < least:
        raise ImproperlyConfigured(f"{name} is shorter than {least} characters.")
    return value


def words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def path(name: str, default: Path) -> Path:
    return Path(text(name, str(default))).expanduser().resolve()
