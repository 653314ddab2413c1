from django.db import migrations, models
from django.db.models import F, Q


def say_when(apps, schema_editor):
    rows = apps.get_model("events", "Attendance").objects.filter(presence="registered")
    rows.update(registered_at=F("marked_at"))


class Migration(migrations.Migration):
    dependencies = [("events", "0009_appendices_say_their_pages")]

    operations = [
        migrations.AddField(
            model_name="attendance",
            name="registered_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="заявлен"),
        ),
        migrations.RunPython(say_when, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.CheckConstraint(
                condition=~Q(presence="registered") | Q(registered_at__isnull=False),
                name="who_registered_says_when",
            ),
        ),
    ]
