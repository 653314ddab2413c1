"""Count the results of an olympiad's stage, as the page does; ``--json`` says what was found to a machine."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from centers.importing.places import Places
from centers.models import Municipality, User
from olympiad import permissions
from olympiad.models import Season, Stage, Subject
from olympiad.results import door, results
from olympiad.results.found import Found
from olympiad.results.judged import Judged
from olympiad.results.known import Known
from rcro_portal.lib.refusals import Refusal
from rcro_portal.lib.registers.importing.asking import Answers

BAD = 1


class Command(BaseCommand):
    help = (
        "Учитывает итоги этапа олимпиады из протокола или таблицы с числами. Имена и сам файл не хранятся. Строки с "
        "ошибками, вопросами или сомнениями: статус 1, ничего не учтено (с --good-rows учитываются остальные)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("season", help="сезон: 2019/20")
        parser.add_argument("stage", choices=Stage.values, help="этап")
        parser.add_argument("file", type=Path, help="файл: XLSX, XLS, ODS, CSV или таблица в DOCX")
        parser.add_argument("--subject", default="", help="предмет, если он не назван в файле")
        parser.add_argument("--municipality", default="", help="муниципалитет, если все участники из него")
        parser.add_argument("--dry-run", action="store_true", help="только проверить")
        parser.add_argument("--json", action="store_true", help="ответить одним объектом")
        parser.add_argument("--good-rows", action="store_true", help="учесть строки без ошибок и вопросов")
        parser.add_argument("--by", default="", help="от чьего имени учесть: почта для входа (для проверки не нужна)")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._bring_in(_read(options["file"]), options)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal

    def _bring_in(self, data: bytes, options: dict[str, Any]) -> None:
        by, now = _person(options), timezone.now()
        told = {"season": _season(options["season"]), "stage": options["stage"]}
        told |= {"subject": _subject(options["subject"]), "municipality": _municipality(options["municipality"])}
        found = door.read(data)
        judged = results.judge(found, **told)
        self._say(found, judged, as_json=options["json"])
        ready = not (judged.bad or judged.asked or judged.to_look_at)
        if by and not options["dry_run"] and (ready or options["good_rows"]):
            sheet = results.bring(name=options["file"].name, data=data, found=found, by=by, at=now, **told)
            results.take(sheet=sheet, by=by, at=now, looked_at=options["good_rows"], good_rows=options["good_rows"])
        if judged.bad or (not ready and not options["dry_run"] and not options["good_rows"]):
            raise SystemExit(BAD)

    def _say(self, found: Found, judged: Judged, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(_told(found, judged), ensure_ascii=False, indent=1))
            return
        self.stdout.write(f"Строк: {found.rows}")
        for row in judged.sums():
            numbers = [row["participants"], row["winners"], row["prize_winners"]]
            said = ", ".join("нет сведений" if number is None else str(number) for number in numbers)
            self.stdout.write(f"{row['subject'] or 'предмет не назван'}: участников, победителей, призёров – {said}")
        for one in judged.bad:
            right = f" Похоже, должно быть: {one.suggestion}." if one.suggestion else ""
            self.stdout.write(f"Лист «{one.sheet}», строка {one.row}: {one.problem}{right}")
        for doubt in judged.doubts:
            self.stdout.write(f"Лист «{doubt.sheet}», строка {doubt.row}: {doubt.why}")
        for words in found.notes:
            self.stdout.write(words)


def _told(found: Found, judged: Judged) -> dict[str, Any]:
    return {
        "sheets": [{"sheet": one["sheet"], "header_rows": one["header_rows"]} for one in found.sheets],
        "rows": found.rows,
        "counted": judged.told(),
        "skipped": found.skipped,
        "doubtful": [
            {
                "sheet": one.sheet,
                "row": one.row,
                "why": one.why,
                "remark": one.remark,
                "candidates": list(one.question.candidates) if one.question else [],
            }
            for one in judged.doubts
        ],
        "bad": [one._asdict() for one in judged.bad],
        "notes": found.notes,
    }


def _season(name: str) -> Season:
    season = results.season_named(name)
    if season is None:
        raise CommandError(f"Сезон пишется так: 2019/20. Получено: {name}.")
    return season


def _subject(name: str) -> Subject | None:
    known = Known(Answers())
    found = known.subject(name) if name else None
    if name and found is None:
        likely = known.likely_subject(name)
        raise CommandError(f"Предмета «{name}» в портале нет." + (f" Похоже: {likely}." if likely else ""))
    return found


def _municipality(name: str) -> Municipality | None:
    known = {one.name: one for one in Places(Answers()).known}
    if name and name not in known:
        raise CommandError(f"Муниципалитета «{name}» в портале нет. Есть: {', '.join(known)}.")
    return known.get(name)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"Файл не прочитан: {error.strerror}.") from error


def _person(options: dict[str, Any]) -> User | None:
    """Whoever was named and may; a file that is only checked wants nobody."""
    email = options["by"]
    found = User.objects.filter(is_active=True, email__iexact=email).first() if email else None
    if found and permissions.keeps_results(found):
        return found
    if options["dry_run"]:
        return None
    why = f"{email} не вправе учитывать итоги, или такого человека в портале нет. " if email else ""
    raise CommandError(f"{why}Укажите, от чьего имени учесть: --by ПОЧТА методиста.")
