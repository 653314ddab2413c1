from django.db import migrations

import rcro_portal.lib.search


class Migration(migrations.Migration):
    dependencies = [("reports", "0003_archive_index")]
    operations = [
        migrations.AddField(
            model_name="incomingletter",
            name="search_key",
            field=rcro_portal.lib.search.SearchKeyField(
                "sender_name", "subject", "their_number", "number", default=""
            ),
            preserve_default=False,
        ),
    ]
