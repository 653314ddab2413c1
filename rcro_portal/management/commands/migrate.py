"""Django's command, several times as quick."""

from typing import Any

from django.core.management.commands import migrate

from rcro_portal.lib import migrating


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> str | None:
        with migrating.one_by_one():
            return super().handle(*args, **options)
