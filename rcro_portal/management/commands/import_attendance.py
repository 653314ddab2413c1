"""Mark who was at an event by a platform's list, as the page does; ``--json`` says what was found to a machine."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from centers.models import User
from events import permissions
from events.models import Event
from events.platforms import lists as platform_lists
from events.platforms.lists import Judged
from rcro_portal.lib.platforms.headings import WORDS
from rcro_portal.lib.refusals import Refusal

BAD = 1
COUNTS = {
    "Строк": "rows",
    "людей": "people",
    "узнано": "matched",
    "под вопросом": "doubtful",
    "организаторов": "organizers",
    "неизвестных": "nobody",
    "ожидались и не были": "absent",
}


class Command(BaseCommand):
    help = (
        "Отмечает участников мероприятия по отчёту площадки: Zoom, Teams, Google Meet, BigBlueButton, МТС Линк, "
        "форма Яндекса или таблица с именами. Кто под вопросом, тот не отмечается. Непонятные строки: статус 1, "
        "ничего не отмечено (с --good-rows отмечаются остальные)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("event", type=int, help="номер мероприятия, как в его адресе")
        parser.add_argument("file", type=Path, help="файл: CSV, XLSX, XLS, ODS или таблица в DOCX")
        parser.add_argument("--dry-run", action="store_true", help="только проверить")
        parser.add_argument("--json", action="store_true", help="ответить одним объектом")
        parser.add_argument("--good-rows", action="store_true", help="отметить и при непонятных строках")
        parser.add_argument("--threshold", type=int, help="сколько минут считать участием (без него – половина плана)")
        parser.add_argument("--columns", default="", help="столбцы, если портал их не узнал: A=name,B=email,C=minutes")
        parser.add_argument(
            "--first-row", type=int, default=1, help="с какой строки начинаются люди (вместе с --columns)"
        )
        parser.add_argument("--by", default="", help="от чьего имени отметить: почта для входа (для проверки не нужна)")
        parser.add_argument("--why", default="", help="причина, если итоги уже направлены в письме")

    def handle(self, *args: Any, **options: Any) -> None:
        event = Event.objects.filter(pk=options["event"]).first()
        if event is None:
            raise CommandError(f"Мероприятия № {options['event']} нет.")
        try:
            self._bring_in(event, options)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal

    def _bring_in(self, event: Event, options: dict[str, Any]) -> None:
        by, now = _person(options), timezone.now()
        data = _read(options["file"])
        said = {name: options[name] for name in ("threshold", "first_row")} | {"columns": _columns(options["columns"])}
        judged = platform_lists.judge(event=event, data=data, **said)
        self._say(judged, options)
        if judged.report.bad and not options["good_rows"]:
            raise SystemExit(BAD)
        if by and not options["dry_run"]:
            session = platform_lists.begin(event=event, name=options["file"].name, data=data, by=by, at=now, **said)
            platform_lists.bring_in(judged=judged, by=by, at=now, why=options["why"], session=session)

    def _say(self, judged: Judged, options: dict[str, Any]) -> None:
        told = judged.told()
        if options["json"]:
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=1))
            return
        self.stdout.write(", ".join(f"{name}: {told[key]}" for name, key in COUNTS.items()))
        if judged.report.guessed:
            self.stdout.write(f"Время пересчитано: оно {judged.report.zone}, если это не другая встреча того же дня.")
        for one in judged.crowd.doubtful:
            self.stdout.write(f"Под вопросом: {one.label}")
        for one in told["bad"]:
            self.stdout.write(f"Строка {one['row']}: {one['problem']}")


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"Файл не прочитан: {error.strerror}.") from error


def _columns(text: str) -> dict[str, str] | None:
    """«A=name,B=email»: letter → field."""
    told = dict(part.strip().split("=", 1) for part in text.split(",") if "=" in part)
    fields = {
        letter.strip().upper(): {"minutes": "duration"}.get(name.strip(), name.strip()) for letter, name in told.items()
    }
    if unknown := sorted(set(fields.values()) - WORDS.keys()):
        raise CommandError(f"Таких столбцов портал не знает: {', '.join(unknown)}.")
    return fields or None


def _person(options: dict[str, Any]) -> User | None:
    """Whoever was named and may mark; a list that is only looked through wants nobody."""
    email = options["by"]
    found = User.objects.filter(is_active=True, email__iexact=email).first() if email else None
    if found and permissions.may_plan(found):
        return found
    if options["dry_run"]:
        return None
    why = f"{email} не вправе отмечать участников, или такого человека в портале нет. " if email else ""
    raise CommandError(f"{why}Укажите, от чьего имени отметить: --by ПОЧТА методиста.")
