"""Migrations that draw one model anew where Django draws all: a new database is there in a quarter of the time.

After each operation Django makes the classes of all models anew that are related to the changed one, however far. In a
portal where everything belongs to somebody these are nearly all, hundreds of times over: most of a migration. Here an
operation is given its own model as it is now, which finds by name what it points to; others' older classes still know
their tables. Those few operations that ask who points to a model see all classes anew, as RunPython does in Django; a
field's new name is not among them, for the database itself follows it.
"""

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db.migrations import operations
from django.db.migrations.state import ProjectState
from django.db.migrations.utils import field_is_referenced

ASK_WHO_POINTS = (operations.RenameModel, operations.AlterModelTable, operations.AlterField)


@contextmanager
def one_by_one() -> Iterator[None]:
    """Within it migrations draw so. Who takes ``apps`` of a state asks it to ``clear_delayed_apps_cache`` before."""
    before = [(owner, name, getattr(owner, name)) for owner, name, _ in _ways()]
    for owner, name, way in list(_ways()):
        setattr(owner, name, way)
    try:
        yield
    finally:
        for owner, name, way in before:
            setattr(owner, name, way)


def _ways() -> Iterator[tuple[type, str, Any]]:
    yield ProjectState, "_find_reload_model", _itself
    for operation in ASK_WHO_POINTS:
        for name in ("database_forwards", "database_backwards"):
            yield operation, name, _seeing_all(getattr(operation, name))


def _itself(state: Any, app_label: str, model_name: str, delay: bool = False) -> set[tuple[str, str]]:  # noqa: ARG001
    state.is_delayed = True
    return {(app_label, model_name)}


def _seeing_all(way: Callable[..., None]) -> Callable[..., None]:
    @functools.wraps(way)
    def seeing(operation: Any, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        if any(_asks(operation, app_label, state) for state in (from_state, to_state)):
            _draw_all(from_state)
            _draw_all(to_state)
        way(operation, app_label, schema_editor, from_state, to_state)

    return seeing


def _draw_all(state: ProjectState) -> None:
    """Now, since SQLite's columns stand in the order in which their fields were drawn."""
    state.clear_delayed_apps_cache()
    assert state.apps
    # So the next operation finds them as they are, until one changes a model.
    state.is_delayed = False


def _asks(operation: Any, app_label: str, state: Any) -> bool:
    """A field to which nobody points alters its own table alone."""
    if not isinstance(operation, operations.AlterField):
        return True
    return field_is_referenced(state, (app_label, operation.model_name_lower), (operation.name, operation.field))
