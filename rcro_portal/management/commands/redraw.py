"""Draws stored letters again from their snapshots; exit status 1 where something else comes out."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from reports.operations import redrawing


class Command(BaseCommand):
    help = "Рисует сохранённые письма заново по снимкам и сравнивает с сохранёнными файлами. Ничего не меняет."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", help="все письма, а не выборку")
        parser.add_argument("--sample", type=int, default=redrawing.SAMPLE, help="сколько писем взять наугад")

    def handle(self, *args: Any, **options: Any) -> None:
        total = other = 0
        for redrawn in redrawing.redraw(None if options["all"] else options["sample"]):
            self.stdout.write(str(redrawn))
            total += 1
            other += not redrawn.verdict.holds
        if other:
            raise CommandError(f"Писем, которые получаются другими: {other} из {total}.")
        self.stdout.write(f"Нарисовано заново: {total}. Различий нет.")
