"""Fill an empty database with the demo network; a second run finds it there and changes nothing."""

import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from rcro_portal.demo import (
    assignments,
    centers,
    certificates,
    events,
    keys,
    letters,
    mails,
    olympiad,
    paragraphs,
    projects,
    pupils,
    requests,
    results,
    year_report,
)
from rcro_portal.models import Notice

# In the order in which one stands on another.
PARTS = (
    *(centers, projects, results, events, assignments, paragraphs),
    *(olympiad, pupils, letters, requests, certificates, year_report),
)


class Command(BaseCommand):
    help = "Демонстрационная сеть: организации, проекты, мероприятия, смены, письма. Работает только с RCRO_DEMO=1."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Демонстрационные данные загружаются только с RCRO_DEMO=1.")
        began = time.monotonic()
        is_new = not Notice.objects.exists()
        for part in PARTS:
            part.load()
        olympiad.load_problems()
        if is_new:
            mails.settle()
        keys.make()
        self.stdout.write(f"Демонстрационная сеть готова ({time.monotonic() - began:.1f} с).")
