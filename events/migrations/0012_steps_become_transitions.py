import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """The tables keep their names: no SQL."""

    dependencies = [("events", "0001_squashed_0011_marks_keep_their_history")]

    operations = [
        migrations.AlterModelTable(name="commitmentstep", table="events_commitmentstep"),
        migrations.RenameModel(old_name="CommitmentStep", new_name="CommitmentTransition"),
        migrations.AlterModelTable(name="eventstep", table="events_eventstep"),
        migrations.RenameModel(old_name="EventStep", new_name="EventTransition"),
        migrations.AlterModelTable(name="outcomestep", table="events_outcomestep"),
        migrations.RenameModel(old_name="OutcomeStep", new_name="OutcomeTransition"),
        migrations.AlterField(
            model_name="commitmenttransition",
            name="commitment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="transitions",
                to="events.commitment",
                verbose_name="поручение",
            ),
        ),
        migrations.AlterField(
            model_name="eventtransition",
            name="event",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="transitions",
                to="events.event",
                verbose_name="мероприятие",
            ),
        ),
        migrations.AlterField(
            model_name="outcometransition",
            name="outcome",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="transitions",
                to="events.outcome",
                verbose_name="итоги",
            ),
        ),
    ]
