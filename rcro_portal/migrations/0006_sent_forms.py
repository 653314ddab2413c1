import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """The table is that of the app centers, and keeps its name: no SQL."""

    dependencies = [("rcro_portal", "0005_notice"), ("centers", "0013_telephones_are_numbers")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="SentForm",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.CharField(max_length=64, verbose_name="ключ формы")),
                        ("at", models.DateTimeField(verbose_name="когда")),
                        ("made", models.JSONField(default=dict, verbose_name="что сделано")),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="кто",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "centers_sentform",
                        "verbose_name": "отправленная форма",
                        "verbose_name_plural": "отправленные формы",
                        "constraints": [
                            models.UniqueConstraint(fields=("by", "key"), name="form_of_a_person_acts_once")
                        ],
                    },
                ),
            ],
        ),
    ]
