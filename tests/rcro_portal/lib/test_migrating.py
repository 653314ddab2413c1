from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import pytest
from django.db import connection, models
from django.db.migrations import operations
from django.db.migrations.migration import Migration
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from rcro_portal.lib import migrating
from tests import shape

pytestmark = pytest.mark.django_db(transaction=True)
KEY = ("id", models.AutoField(primary_key=True))


def pointing(to: str) -> Any:
    return models.ForeignKey(to, models.PROTECT, related_name="+")


def model(name: str, *fields: tuple[str, Any]) -> operations.CreateModel:
    return operations.CreateModel(name, [KEY, *fields])


def of_rows(apps: Any, schema_editor: Any) -> None:
    """By classes that know each other, whatever was drawn before."""
    town = apps.get_model("written", "Town").objects.create(code="a", name="Заречный")
    school = apps.get_model("written", "School").objects.create(town=town)
    assert apps.get_model("written", "Pupil").objects.create(school=school).school.town == town


def steps() -> list[Operation]:
    """Rings and chains of models, and what asks who points to one; made each time, for Django alters them."""
    return [
        model("Town", ("code", models.CharField(max_length=5, unique=True))),
        model("School", ("town", pointing("written.Town"))),
        model("Pupil", ("school", pointing("written.School"))),
        operations.AddField("Town", "name", models.CharField(max_length=50)),
        operations.AddField("Town", "best", models.ForeignKey("written.School", models.SET_NULL, null=True)),
        operations.RunPython(of_rows),
        operations.AlterField("Town", "id", models.BigAutoField(primary_key=True)),
        operations.RenameModel("School", "House"),
        operations.AlterModelTable("Town", "written_place"),
        operations.AddField("Pupil", "friends", models.ManyToManyField("written.Pupil")),
        operations.AddField(
            "Pupil", "by_code", models.ForeignKey("written.Town", models.SET_NULL, null=True, to_field="code")
        ),
        operations.AlterField("Town", "code", models.CharField(max_length=9, unique=True)),
        operations.RenameField("Town", "code", "key"),
        operations.AddConstraint("House", models.UniqueConstraint(fields=["town"], name="one_house_of_a_town")),
        operations.RemoveField("Town", "best"),
    ]


def shape_after(way: Callable[[], AbstractContextManager[None]]) -> list[str]:
    """What the database holds after all steps; it is as before afterwards."""
    migration = Migration("0001_initial", "written")
    migration.operations = steps()
    with way(), connection.schema_editor() as editor:
        state = migration.apply(ProjectState(), editor)
    made = shape.of_all_tables("written_")
    state.clear_delayed_apps_cache()
    with connection.schema_editor() as editor:
        for name in ("Pupil", "House", "Town"):
            editor.delete_model(state.apps.get_model("written", name))
    return made


def test_database_comes_out_as_by_django_alone() -> None:
    plain = shape_after(nullcontext)
    assert any("written_pupil_friends" in line for line in plain)
    assert shape_after(migrating.one_by_one) == plain
