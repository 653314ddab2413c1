"""A municipality's name is its own: of two that were put down twice the later one is told apart by its code."""

from django.db import migrations, models


def tell_apart(apps, schema_editor):
    Municipality = apps.get_model("centers", "Municipality")
    known = set()
    for row in Municipality.objects.order_by("pk"):
        if row.name in known:
            Municipality.objects.filter(pk=row.pk).update(name=f"{row.name[:90]} ({row.code})")
        known.add(row.name)


class Migration(migrations.Migration):
    dependencies = [("centers", "0018_roles_and_places_do_not_overlap")]
    operations = [
        migrations.RunPython(tell_apart, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="municipality",
            constraint=models.UniqueConstraint(
                fields=("name",),
                name="municipality_bears_its_own_name",
                violation_error_message="Муниципалитет с таким названием уже есть.",
            ),
        ),
    ]
