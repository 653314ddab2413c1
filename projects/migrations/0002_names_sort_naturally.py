"""Names are listed by a key in which numbers sort by their size; the keys of search fold dashes and look-alikes."""

from django.db import migrations

import rcro_portal.lib.search


def write_keys(apps, schema_editor):
    for name in ("Cluster", "NetworkProject"):
        rcro_portal.lib.search.write_keys(apps.get_model("projects", name))


class Migration(migrations.Migration):
    dependencies = [("projects", "0001_initial")]
    operations = [
        migrations.AddField(
            model_name="cluster",
            name="sort_key",
            field=rcro_portal.lib.search.SortKeyField("name", default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="networkproject",
            name="sort_key",
            field=rcro_portal.lib.search.SortKeyField("title", default=""),
            preserve_default=False,
        ),
        migrations.RunPython(write_keys, migrations.RunPython.noop),
    ]
