"""A commitment names the organisation that owes it; the centre goes once that is written."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("centers", "0011_notices_have_one_table"),
        ("events", "0013_plan_items"),
    ]

    operations = [
        migrations.AddField(
            model_name="commitment",
            name="organization",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="commitments",
                to="centers.organization",
                verbose_name="кто исполняет",
            ),
        ),
    ]
