"""What came in before resolutions were written here was worked on elsewhere: it waits for nobody."""

from typing import Any

from django.db import migrations

SAID = {
    "answered": "Ответ отправлен до того, как портал стал следить за входящими.",
    "closed": "Зарегистрировано до того, как портал стал следить за входящими.",
}


def settle(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001
    incoming = apps.get_model("reports", "IncomingLetter").objects
    steps = apps.get_model("reports", "IncomingTransition").objects
    answered = set(incoming.filter(answers__status="sent").values_list("pk", flat=True))
    for pk, at in list(incoming.order_by("pk").values_list("pk", "registered_at")):
        after = "answered" if pk in answered else "closed"
        incoming.filter(pk=pk).update(status=after)
        steps.create(incoming_id=pk, before="registered", after=after, by=None, at=at, note=SAID[after])


class Migration(migrations.Migration):
    dependencies = [("reports", "0024_incoming_letters_are_worked_on")]

    operations = [migrations.RunPython(settle, migrations.RunPython.noop, elidable=True)]
