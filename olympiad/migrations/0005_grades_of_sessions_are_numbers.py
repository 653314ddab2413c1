"""«9–11» becomes the first and the last of them; what names no class of a school said nothing that could be kept."""

import re

from django.db import migrations


def read(apps, schema_editor):
    sessions = apps.get_model("olympiad", "PrepSession").objects.exclude(grades="")
    for session in sessions:
        found = [int(one) for one in re.findall(r"(?<!\d)\d{1,2}(?!\d)", session.grades) if 1 <= int(one) <= 11]
        if found:
            session.first_grade, session.last_grade = min(found), max(found)
            session.save(update_fields=["first_grade", "last_grade"])


def write(apps, schema_editor):
    for session in apps.get_model("olympiad", "PrepSession").objects.exclude(first_grade=None):
        ends = dict.fromkeys((session.first_grade, session.last_grade))
        session.grades = "–".join(map(str, ends))
        session.save(update_fields=["grades"])


class Migration(migrations.Migration):
    dependencies = [("olympiad", "0004_sessions_are_kept")]

    operations = [migrations.RunPython(read, write)]
