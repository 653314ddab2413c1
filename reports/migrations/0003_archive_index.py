"""The index of full-text search, which PostgreSQL alone has. The expression is the one that SearchVector writes."""

from django.db import migrations

INDEX = (
    "CREATE INDEX letter_printed_text ON reports_letter "
    "USING gin (to_tsvector('russian'::regconfig, COALESCE(printed_text, '')))"
)


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(INDEX)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX letter_printed_text")


class Migration(migrations.Migration):
    dependencies = [("reports", "0002_correspondence")]
    operations = [migrations.RunPython(create, drop)]
