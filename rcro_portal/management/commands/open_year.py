"""Begin a year of the outgoing register after the numbers that went out on paper."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reports.journal import numbering
from reports.models import OutgoingRegister


class Command(BaseCommand):
    help = "Открывает год журнала исходящих: первый номер портала и почему он не первый."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("year", type=int, help="год")
        parser.add_argument("--first", type=int, required=True, help="первый номер, который даст портал")
        parser.add_argument("--note", required=True, help="например: 940 писем ушли на бумаге")
        parser.add_argument("--register", default="", help="код журнала, если их несколько")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["first"] < 1 or not 2000 <= options["year"] <= 2100:
            raise CommandError("Год – от 2000 до 2100, первый номер – от 1.")
        try:
            numbering.open_year(
                register=self._register(options["register"]),
                year=options["year"],
                first=options["first"],
                note=options["note"],
            )
        except (numbering.YearIsOpen, numbering.NumbersComeFromElsewhere) as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"Журнал за {options['year']} год начнётся с № {options['first']}.")

    def _register(self, code: str) -> OutgoingRegister:
        found = OutgoingRegister.objects.filter(code=code) if code else OutgoingRegister.objects.all()
        if found.count() != 1:
            raise CommandError("Укажите код журнала: --register КОД. Журналы вносит администратор в справочниках.")
        return found.get()
