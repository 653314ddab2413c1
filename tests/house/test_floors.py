"""Imports go down only, verbs are called by both their names, and nothing happens behind a verb's back."""

import ast
import subprocess
import sys
from pathlib import Path

from django.apps import apps
from django.db.models import signals

from tests.house.tree import APPS, ROOT, name, python_files, syntax

NAMES_THAT_SAY_NOTHING = {"services", "selectors", "utils", "helpers", "common", "core", "misc", "signals", "managers"}
# Modules of verbs: letters.sign(…) reads as a sentence, sign(…) does not.
VERBS = {
    "centers.organizations.cards",
    "centers.accounts.invitations",
    "centers.accounts.returns",
    "events.attendance.attendance",
    "events.commitments.changes",
    "events.commitments.commitments",
    "events.outcomes.outcomes",
    "events.plan.plan",
    "events.outcomes.reopenings",
    "events.outcomes.due_dates",
    "reports.delivery.acknowledgements",
    "reports.letters.appendices",
    "reports.letters.asked",
    "reports.approval.approvals",
    "reports.delivery.bounces",
    "reports.letters.corrections",
    "reports.delivery.dispatch",
    "reports.letters.drafts",
    "reports.letters.drawing",
    "reports.journal.external_numbers",
    "reports.operations.halt",
    "reports.operations.inspection",
    "reports.journal.entries",
    "reports.letters.letters",
    "reports.journal.numbering",
    "reports.letters.outside_signatures",
    "reports.journal.paper_numbers",
    "reports.letters.replacements",
    "reports.letters.signatures",
}


def test_imports_go_down_only() -> None:
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_module_has_a_name_that_says_something() -> None:
    assert [name(path) for path in python_files() if {path.stem, *path.parts} & NAMES_THAT_SAY_NOTHING] == []


def test_verbs_are_called_with_their_module() -> None:
    bare = [
        f"{name(path)}: {node.module}.{imported.name}"
        for path in python_files(tests=True)
        for node in ast.walk(syntax(path))
        if isinstance(node, ast.ImportFrom) and node.module in VERBS
        for imported in node.names
        if imported.name.islower()
    ]
    assert bare == []


def test_no_import_is_relative() -> None:
    relative = [
        name(path)
        for path in python_files(tests=True)
        for node in ast.walk(syntax(path))
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert relative == []


def test_nobody_listens_to_models() -> None:
    of_models = [signals.pre_init, signals.post_init, signals.pre_save, signals.post_save, signals.pre_delete]
    of_models += [signals.post_delete, signals.m2m_changed]
    ours = [
        receiver()
        for signal in of_models
        for (_, receiver, *_) in signal.receivers
        if getattr(receiver(), "__module__", "").split(".")[0] in {*APPS, "rcro_portal"}
    ]
    assert ours == []


def test_models_do_not_override_saving() -> None:
    overrides = [
        f"{model.__name__}.{act}"
        for app in APPS
        for model in apps.get_app_config(app).get_models()
        for act in ("save", "delete", "full_clean")
        if act in vars(model)
    ]
    assert overrides == []
