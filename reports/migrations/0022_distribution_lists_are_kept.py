"""Distribution lists take people too, and go into the archive as other rows do: with a reason."""

from django.db import migrations, models


def say_why(apps, schema_editor):
    closed = apps.get_model("reports", "DistributionList").objects.filter(archived_at__isnull=False)
    closed.update(archive_reason="Указатель закрыт")


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0021_mail_fault_belongs_to_the_portal"),
        ("centers", "0016_telephones_of_people_are_numbers"),
    ]
    operations = [
        migrations.RenameField("distributionlist", "closed_at", "archived_at"),
        migrations.AlterField(
            "distributionlist",
            "archived_at",
            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="в архиве с"),
        ),
        migrations.AddField(
            "distributionlist",
            "archive_reason",
            models.CharField(blank=True, editable=False, max_length=300, verbose_name="почему в архиве"),
        ),
        migrations.AddField(
            "distributionlist",
            "people",
            models.ManyToManyField(blank=True, related_name="+", to="centers.person", verbose_name="люди"),
        ),
        migrations.AlterField(
            "distributionlist",
            "organizations",
            models.ManyToManyField(
                blank=True, related_name="+", to="centers.organization", verbose_name="организации"
            ),
        ),
        migrations.RunPython(say_why, migrations.RunPython.noop),
        migrations.AddConstraint(
            "distributionlist",
            models.CheckConstraint(
                condition=models.Q(("archived_at__isnull", False), ("archive_reason", ""), _connector="OR"),
                name="distributionlist_is_archived_for_a_reason",
            ),
        ),
    ]
