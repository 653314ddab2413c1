"""Names are listed by a key in which numbers sort by their size; the keys of search fold dashes and look-alikes."""

from django.db import migrations

import rcro_portal.lib.search


def write_keys(apps, schema_editor):
    for name in ("Person", "Organization"):
        rcro_portal.lib.search.write_keys(apps.get_model("centers", name))


class Migration(migrations.Migration):
    dependencies = [("centers", "0003_production_calendar")]
    operations = [
        migrations.AddField(
            model_name="person",
            name="sort_key",
            field=rcro_portal.lib.search.SortKeyField("surname", "given_name", "patronymic", default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="organization",
            name="sort_key",
            field=rcro_portal.lib.search.SortKeyField("short_name", default=""),
            preserve_default=False,
        ),
        migrations.RunPython(write_keys, migrations.RunPython.noop),
    ]
