"""Rows that were there before: the organisation of the centre that owes."""

from typing import Any

from django.db import migrations
from django.db.models import OuterRef, Subquery


def name_organizations(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001
    centers = apps.get_model("centers", "Center").objects.filter(pk=OuterRef("center"))
    commitments = apps.get_model("events", "Commitment").objects
    commitments.update(organization=Subquery(centers.values("organization")[:1]))


class Migration(migrations.Migration):
    dependencies = [("events", "0014_commitments_name_their_organization")]

    operations = [migrations.RunPython(name_organizations, migrations.RunPython.noop, elidable=True)]
