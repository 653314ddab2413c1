"""Telephones as numbers: what reads as one is kept as E.164, any other text stays as it was typed."""

from django.db import migrations

import rcro_portal.lib.phones


def number(apps, schema_editor):
    Person = apps.get_model("centers", "Person")
    for pk, typed in Person.objects.exclude(phone="").values_list("pk", "phone"):
        if (kept := rcro_portal.lib.phones.normal(typed)) != typed:
            Person.objects.filter(pk=pk).update(phone=kept)


class Migration(migrations.Migration):
    dependencies = [("centers", "0015_people_are_kept_and_merged")]
    operations = [migrations.RunPython(number, migrations.RunPython.noop)]
