"""Letters that were sent before: the first one of an outcome gave its commitments, a later one left them as they were."""

from typing import Any

from django.db import migrations


def name_commitments(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001
    letters = apps.get_model("reports", "Letter").objects.filter(status="sent", outcome__isnull=False)
    commitments = apps.get_model("events", "Commitment").objects
    noted = apps.get_model("reports", "LetterCommitment")
    told: set[int] = set()
    for letter, outcome in letters.order_by("pk").values_list("pk", "outcome"):
        change = "kept" if outcome in told else "given"
        told.add(outcome)
        noted.objects.bulk_create(
            noted(letter_id=letter, commitment_id=row.pk, change=change, text=row.text, due_on=row.due_on)
            for row in commitments.filter(outcome=outcome).order_by("position", "pk")
        )


class Migration(migrations.Migration):
    dependencies = [("reports", "0007_letters_say_what_they_ask")]

    operations = [migrations.RunPython(name_commitments, migrations.RunPython.noop, elidable=True)]
