"""Names are listed by a key in which numbers sort by their size; the keys of search fold dashes and look-alikes."""

from django.db import migrations

import rcro_portal.lib.search


def write_keys(apps, schema_editor):
    for name in ("IncomingLetter",):
        rcro_portal.lib.search.write_keys(apps.get_model("reports", name))


class Migration(migrations.Migration):
    dependencies = [("reports", "0008_sent_letters_name_their_commitments")]
    operations = [
        migrations.AddField(
            model_name="incomingletter",
            name="sort_key",
            field=rcro_portal.lib.search.SortKeyField("sender_name", default=""),
            preserve_default=False,
        ),
        migrations.RunPython(write_keys, migrations.RunPython.noop),
    ]
