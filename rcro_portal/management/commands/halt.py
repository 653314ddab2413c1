"""Stop numbers and messages after a restore, until a person states the last number issued on the portal's page."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from reports.operations import halt


class Command(BaseCommand):
    help = (
        "После восстановления из копии: останавливает выдачу номеров и рассылку. Письма, которые по копии ждут "
        "отправки, отмечаются как «Неизвестно»: они могли уйти. Снимают остановку на главной странице портала."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--reason", required=True, help="«портал восстановлен из копии от 24.11.2026 03:00»")

    def handle(self, *args: Any, **options: Any) -> None:
        begun = halt.halt(reason=options["reason"], at=timezone.now())
        self.stdout.write(f"Номера и рассылка остановлены: {begun.reason}.")
