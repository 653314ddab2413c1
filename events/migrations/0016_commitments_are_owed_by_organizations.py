import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("centers", "0011_notices_have_one_table"),
        ("events", "0015_organizations_of_commitments"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="commitment", name="center_owes_a_decision_once"),
        migrations.AlterField(
            model_name="commitment",
            name="organization",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="commitments",
                to="centers.organization",
                verbose_name="кто исполняет",
            ),
        ),
        migrations.RemoveField(model_name="commitment", name="center"),
        migrations.AddConstraint(
            model_name="commitment",
            constraint=models.UniqueConstraint(
                fields=("outcome", "decision_key", "organization"), name="organization_owes_a_decision_once"
            ),
        ),
    ]
