import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """The tables keep their names: no SQL."""

    dependencies = [("reports", "0019_visa_requests_become_approval_requests")]

    operations = [
        migrations.AlterModelTable(name="letterstep", table="reports_letterstep"),
        migrations.RenameModel(old_name="LetterStep", new_name="LetterTransition"),
        migrations.AlterField(
            model_name="lettertransition",
            name="letter",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="transitions",
                to="reports.letter",
                verbose_name="письмо",
            ),
        ),
    ]
