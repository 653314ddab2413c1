"""Names are listed by a key in which numbers sort by their size; the keys of search fold dashes and look-alikes."""

from django.db import migrations

import rcro_portal.lib.search


def write_keys(apps, schema_editor):
    for name in ("Event",):
        rcro_portal.lib.search.write_keys(apps.get_model("events", name))


class Migration(migrations.Migration):
    dependencies = [("events", "0007_keys_of_decisions_are_all_there")]
    operations = [
        migrations.AddField(
            model_name="event",
            name="sort_key",
            field=rcro_portal.lib.search.SortKeyField("topic", default=""),
            preserve_default=False,
        ),
        migrations.RunPython(write_keys, migrations.RunPython.noop),
    ]
