"""Secrets of second factors that stood in the clear are sealed, as ``centers.second_factors`` did it at the time."""

import base64

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import migrations

MARK, PURPOSE = "sealed:", b"rcro second factors 1"
ONE, SEVERAL = ("secret", "seed"), ("migrated_codes",)


def seal(apps, schema_editor):
    """It may run again."""
    rows = apps.get_model("mfa", "Authenticator").objects.using(schema_editor.connection.alias)
    for row in rows.order_by("pk"):
        one = {name: sealed(row.data[name]) for name in ONE if name in row.data}
        several = {name: [sealed(text) for text in row.data[name]] for name in SEVERAL if name in row.data}
        row.data = {**row.data, **one, **several}
        row.save(update_fields=["data"])


def sealed(text):
    if text.startswith(MARK):
        return text
    key = HKDF(SHA256(), 32, salt=None, info=PURPOSE).derive(settings.MFA_KEYS[0].encode())
    return MARK + Fernet(base64.urlsafe_b64encode(key)).encrypt(text.encode()).decode()


class Migration(migrations.Migration):
    dependencies = [("centers", "0005_sent_forms"), ("mfa", "0003_authenticator_type_uniq")]

    operations = [migrations.RunPython(seal, migrations.RunPython.noop)]
