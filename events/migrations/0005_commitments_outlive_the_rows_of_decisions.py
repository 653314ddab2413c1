"""A decision gets a key that stays; a commitment names it by the key and belongs to the outcome itself."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("events", "0004_spans_summaries_and_other_debtors"),
    ]

    operations = [
        migrations.AddField("decision", "key", models.UUIDField("знак решения", null=True, editable=False)),
        migrations.AddField(
            "commitment",
            "outcome",
            models.ForeignKey(
                "events.outcome",
                verbose_name="итоги",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="commitments",
            ),
        ),
        migrations.AddField("commitment", "decision_key", models.UUIDField("знак решения", null=True, editable=False)),
        migrations.AddField("commitment", "position", models.PositiveSmallIntegerField("порядок", default=1)),
        migrations.CreateModel(
            name="Reopening",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("page", models.JSONField(verbose_name="что было в итогах")),
                ("appendices", models.JSONField(default=list, verbose_name="какие были приложения")),
                ("at", models.DateTimeField(verbose_name="когда")),
                (
                    "by",
                    models.ForeignKey(
                        settings.AUTH_USER_MODEL,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        verbose_name="кто",
                    ),
                ),
                (
                    "outcome",
                    models.OneToOneField(
                        "events.outcome",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reopening",
                        verbose_name="итоги",
                    ),
                ),
            ],
            options={"verbose_name": "возврат итогов в работу", "verbose_name_plural": "возвраты итогов в работу"},
        ),
    ]
