"""Rows that were there before: a key for each decision, and for each commitment that of its decision."""

import uuid
from typing import Any

from django.db import migrations


def give_keys(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001
    decisions = apps.get_model("events", "Decision").objects
    commitments = apps.get_model("events", "Commitment").objects
    for decision in decisions.order_by("pk").iterator():
        key = uuid.uuid4()
        decisions.filter(pk=decision.pk).update(key=key)
        owed = commitments.filter(decision=decision.pk)
        owed.update(outcome=decision.outcome_id, decision_key=key, position=decision.position)


class Migration(migrations.Migration):
    dependencies = [("events", "0005_commitments_outlive_the_rows_of_decisions")]

    operations = [migrations.RunPython(give_keys, migrations.RunPython.noop, elidable=True)]
