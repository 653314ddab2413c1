from django.db import migrations


class Migration(migrations.Migration):
    """The table keeps its name: no SQL."""

    dependencies = [("reports", "0001_squashed_0018_mended_address")]

    operations = [
        migrations.AlterModelTable(name="visarequest", table="reports_visarequest"),
        migrations.RenameModel(old_name="VisaRequest", new_name="ApprovalRequest"),
    ]
