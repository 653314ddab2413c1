"""The page of the architecture draws the import contracts that are in force, and every room says what it promises."""

import ast

from django.core.management import call_command

from tests.house.tree import ROOT, name, python_files, syntax

ROOMS = ("reports/", "rcro_portal/lib/")


def test_drawings_are_the_contracts() -> None:
    call_command("architecture", "--check")


def test_every_room_says_what_it_promises() -> None:
    silent = [
        name(path)
        for path in python_files()
        if path.name == "__init__.py" and path.parent != ROOT / "reports" and name(path).startswith(ROOMS)
        if path.parent.name not in ("models", "views") and not ast.get_docstring(syntax(path))
    ]
    assert silent == []


def test_apps_are_read_at_a_glance() -> None:
    assert len([path for path in (ROOT / "reports").iterdir() if path.name != "__pycache__"]) <= 26
