"""Checks what must hold under any crash; exit status 1 where something does not."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from reports.operations import inspection


class Command(BaseCommand):
    help = (
        "Проверяет то, что должно быть верно после любого сбоя: номера, подписи, файлы, рассылку, следы шагов, "
        "хранилище, защиту базы данных."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        found = inspection.found(now=timezone.now())
        for title, findings in found.items():
            self.stdout.write(f"{title}: {'нарушено' if findings else 'да'}")
            for words in findings:
                self.stdout.write(f"  {words}")
        if total := sum(map(len, found.values())):
            raise CommandError(f"Нарушений: {total}.")
