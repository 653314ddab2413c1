import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("centers", "0017_hand_overs_know_whom_they_follow"),
        ("events", "0021_before_an_event"),
    ]

    operations = [
        migrations.AddField(
            model_name="commitment",
            name="department",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="centers.department",
                verbose_name="отдел",
            ),
        ),
        migrations.AddField(
            model_name="commitment",
            name="setter",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="centers.person",
                verbose_name="кто поручил",
            ),
        ),
    ]
