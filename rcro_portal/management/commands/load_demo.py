"""Fill an empty database with the demo network; a second run finds it there and changes nothing."""

import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from rcro_portal.demo import centers, events, keys, letters, olympiad, projects, results


class Command(BaseCommand):
    help = "Демонстрационная сеть: организации, проекты, мероприятия, смены, письма. Работает только с RCRO_DEMO=1."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Демонстрационные данные загружаются только с RCRO_DEMO=1.")
        began = time.monotonic()
        for part in (centers, projects, results, events, olympiad, letters):
            part.load()
        keys.make()
        self.stdout.write(f"Демонстрационная сеть готова ({time.monotonic() - began:.1f} с).")
