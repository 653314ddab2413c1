"""Every set of rows is one of ``rcro_portal.lib.drafts.rows``: Django's own forgets a row that was saved already."""

import ast

from django.forms import BaseFormSet
from django.urls import get_resolver

from rcro_portal.lib.drafts import rows
from tests.house.tree import name, python_files, syntax

FACTORIES = {"formset_factory", "modelformset_factory", "inlineformset_factory"}


def test_sets_of_rows_are_made_in_one_place() -> None:
    made = {
        name(path)
        for path in python_files()
        for node in ast.walk(syntax(path))
        if isinstance(node, ast.Name | ast.Attribute | ast.alias)
        if {getattr(node, "id", ""), getattr(node, "attr", ""), getattr(node, "name", "")} & FACTORIES
    }
    assert made == {"rcro_portal/lib/drafts/rows.py"}


def test_no_set_of_rows_is_of_another_kind() -> None:
    assert get_resolver().url_patterns, "which loads every form"
    ours = [kind for kind in _below(BaseFormSet) if kind.__module__.split(".")[0] not in ("django", "tests")]
    assert {rows.Rows} < set(ours)
    assert [kind for kind in ours if not issubclass(kind, rows.Rows)] == []


def _below(kind: type) -> list[type]:
    return [one for child in kind.__subclasses__() for one in (child, *_below(child))]
