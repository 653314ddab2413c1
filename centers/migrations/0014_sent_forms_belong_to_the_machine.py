from django.db import migrations


class Migration(migrations.Migration):
    """The table stays and is the app rcro_portal's: no SQL."""

    dependencies = [("centers", "0013_telephones_are_numbers"), ("rcro_portal", "0006_sent_forms")]

    operations = [
        migrations.SeparateDatabaseAndState(state_operations=[migrations.DeleteModel(name="SentForm")]),
    ]
