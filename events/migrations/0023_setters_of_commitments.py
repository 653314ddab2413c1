"""Rows that were there before: the department of the event, and who prepared its outcome."""

from typing import Any

from django.db import migrations
from django.db.models import OuterRef, Subquery


def name_setters(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001
    outcomes = apps.get_model("events", "Outcome").objects.filter(pk=OuterRef("outcome"))
    commitments = apps.get_model("events", "Commitment").objects
    commitments.update(
        department=Subquery(outcomes.values("event__department")[:1]),
        setter=Subquery(outcomes.values("prepared_by")[:1]),
    )


class Migration(migrations.Migration):
    dependencies = [("events", "0022_commitments_name_their_setter")]

    operations = [migrations.RunPython(name_setters, migrations.RunPython.noop, elidable=True)]
