"""Nothing draws in a process that forks later: the child would wait for a thread of its parent's for ever."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from reports.typesetting import rendering
from tests.house.tree import name, python_files, syntax
from tests.worker import environment

# They draw only in the children.
FORK = {"tests/faults/dying.py", "tests/mutants.py"}
LOADED = """
import sys
import django
django.setup()
import rcro_portal.wsgi
from rcro_portal.celery import app
app.loader.import_default_modules()
print("reports.tasks.sweep" in app.tasks, "weasyprint" in sys.modules)
"""


@pytest.mark.drawn_anew
def test_a_forked_child_of_who_has_drawn_says_so_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    assert rendering.table_document("<p>1</p>").startswith(b"%PDF-")
    monkeypatch.setattr(os, "getpid", lambda: -1)
    with pytest.raises(rendering.DrewBeforeFork):
        rendering.table_document("<p>1</p>")


def test_a_real_child_draws_where_the_parent_has_not() -> None:
    """Both are asked, as Celery's prefork worker and its child are."""
    forks = """
import os, sys
import django
django.setup()
from reports.typesetting import rendering
if sys.argv[1] == "parent first":
    rendering.table_document("<p>1</p>")
child = os.fork()
if child == 0:
    try:
        rendering.table_document("<p>1</p>")
    except rendering.DrewBeforeFork:
        os._exit(7)
    os._exit(0)
print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""
    assert {case: said(forks, case) for case in ("parent first", "child only")} == {
        "parent first": "7",
        "child only": "0",
    }


def test_the_parents_of_workers_load_the_portal_without_drawing() -> None:
    """Celery's and gunicorn's first processes fork the others."""
    assert said(LOADED) == "True False"
    assert "preload" not in (Path(settings.BASE_DIR) / "script/serve").read_text(encoding="utf-8")


def test_nobody_else_forks() -> None:
    found = {name(path) for path in python_files(tests=True) for node in ast.walk(syntax(path)) if is_fork(node)}
    assert found == FORK


def is_fork(node: ast.AST) -> bool:
    match node:
        case ast.Attribute(attr="fork" | "forkpty"):
            return True
        case ast.Call(func=ast.Attribute(attr="get_context"), args=[ast.Constant(value="fork" | "forkserver")]):
            return True
        case ast.Import(names=names):
            return any(one.name == "multiprocessing.pool" for one in names)
        case ast.ImportFrom(module="concurrent.futures", names=names):
            return any(one.name == "ProcessPoolExecutor" for one in names)
    return False


def said(program: str, *arguments: str) -> str:
    command = [sys.executable, "-c", program, *arguments]
    done = subprocess.run(
        command, cwd=settings.BASE_DIR, env=environment(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()
