"""Letters are searched in their folded text, by words and, on PostgreSQL, by its dictionary too: keys and index anew."""

from django.db import migrations

from rcro_portal.lib.russian import search_key

CREATE = (
    "CREATE INDEX letter_printed_{0} ON reports_letter "
    "USING gin (to_tsvector('russian'::regconfig, COALESCE(printed_{0}, '')))"
)


def fold(apps, schema_editor):
    letters = apps.get_model("reports", "Letter")._default_manager
    for pk in list(letters.exclude(printed_text="").values_list("pk", flat=True)):
        printed = letters.filter(pk=pk)
        printed.update(printed_key=search_key(printed.values_list("printed_text", flat=True)[0]))


def move_index(column, former):
    def move(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP INDEX letter_printed_{former}")
            schema_editor.execute(CREATE.format(column))

    return move


class Migration(migrations.Migration):
    dependencies = [("reports", "0009_senders_sort_naturally")]
    operations = [
        migrations.RunPython(fold, migrations.RunPython.noop),
        migrations.RunPython(move_index("key", "text"), move_index("text", "key")),
    ]
