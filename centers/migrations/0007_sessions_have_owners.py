import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def end_the_old(apps, schema_editor):
    """Sessions of Django's own table are not read any more; everybody logs in once anew."""
    apps.get_model("sessions", "Session").objects.using(schema_editor.connection.alias).all().delete()


class Migration(migrations.Migration):
    dependencies = [("centers", "0006_second_factors_sealed"), ("sessions", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Session",
            fields=[
                (
                    "session_key",
                    models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name="session key"),
                ),
                ("session_data", models.TextField(verbose_name="session data")),
                ("expire_date", models.DateTimeField(db_index=True, verbose_name="expire date")),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sessions",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="чья",
                    ),
                ),
            ],
            options={"verbose_name": "сеанс", "verbose_name_plural": "сеансы", "abstract": False},
        ),
        migrations.RunPython(end_the_old, migrations.RunPython.noop),
    ]
