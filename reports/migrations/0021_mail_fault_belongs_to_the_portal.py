from django.db import migrations


class Migration(migrations.Migration):
    """The table stays where it is: no SQL."""

    dependencies = [("reports", "0020_steps_become_transitions"), ("rcro_portal", "0001_mail_fault")]

    operations = [
        migrations.SeparateDatabaseAndState(state_operations=[migrations.DeleteModel(name="MailFault")]),
    ]
