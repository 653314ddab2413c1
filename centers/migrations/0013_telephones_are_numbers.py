"""Telephones as numbers: what reads as one is kept as E.164, any other text stays as it was typed."""

from django.db import migrations

import rcro_portal.lib.phones


def number(apps, schema_editor):
    Organization = apps.get_model("centers", "Organization")
    for pk, typed in Organization.objects.exclude(phone="").values_list("pk", "phone"):
        if (kept := rcro_portal.lib.phones.normal(typed)) != typed:
            Organization.objects.filter(pk=pk).update(phone=kept)


class Migration(migrations.Migration):
    dependencies = [("centers", "0012_organizations_are_kept")]
    operations = [migrations.RunPython(number, migrations.RunPython.noop)]
