"""What the repository holds: its tracked files, and those of Python as syntax trees."""

import ast
import functools
import subprocess
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
APPS = ("centers", "projects", "events", "olympiad", "reports")


@functools.cache
def tracked() -> tuple[Path, ...]:
    """Files that are in the index or would be added to it."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    paths = (ROOT / name for name in sorted(listed.split("\0")) if name)
    return tuple(path for path in paths if path.is_file())


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def python_files(*, tests: bool = False) -> Iterator[Path]:
    """Our own modules without migrations; those of tests only when asked for."""
    for path in tracked():
        if path.suffix == ".py" and "migrations" not in path.parts and (tests or not name(path).startswith("tests/")):
            yield path


@functools.cache
def syntax(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(syntax(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
