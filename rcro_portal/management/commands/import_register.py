"""Bring a table in as the pages do, by the same importer; ``--json`` says what was found to a machine."""

import json
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from centers.models import User
from rcro_portal.lib.refusals import Refusal
from rcro_portal.lib.registers.importing import answers, sessions
from rcro_portal.lib.registers.importing.kinds import Kind
from rcro_portal.models import ImportSession
from reports.journal import clerk_dashboard
from reports.journal.importing import JournalKind
from reports.models import OutgoingRegister

BAD, CHOOSE = 1, 2


class Importable(NamedTuple):
    """A kind, who may bring it in, and what beside the file it wants to know."""

    kind: type[Kind]
    may: Callable[[User], bool]
    options: Callable[[dict[str, Any]], dict[str, Any]]


def _of_a_register(options: dict[str, Any]) -> dict[str, Any]:
    code = options["register"]
    found = list(OutgoingRegister.objects.filter(code=code) if code else OutgoingRegister.objects.all())
    if len(found) != 1:
        raise CommandError("Укажите код журнала: --register КОД. Журналы вносит администратор в справочниках.")
    return {"register": found[0].pk}


KINDS = {JournalKind.key: Importable(JournalKind, clerk_dashboard.may_keep, _of_a_register)}


class Command(BaseCommand):
    help = (
        "Вносит таблицу из файла по тем же правилам, что и страницы портала. Строки с ошибками: статус 1, ничего не "
        "внесено (с --good-rows вносятся остальные). Без --sheet несколько листов с таблицами или только скрытые: "
        "статус 2 и их список."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", choices=sorted(KINDS), help="что вносится")
        parser.add_argument("file", type=Path, help="файл: XLSX, XLS, ODS, CSV или таблица в DOCX")
        parser.add_argument("--sheet", default="", help="лист, если таблицы на нескольких")
        parser.add_argument("--dry-run", action="store_true", help="только проверить")
        parser.add_argument("--json", action="store_true", help="ответить одним объектом")
        parser.add_argument("--good-rows", action="store_true", help="внести строки без ошибок")
        parser.add_argument("--with-hidden", action="store_true", help="и скрытые строки")
        parser.add_argument("--by", default="", help="от чьего имени внести: почта для входа (для проверки не нужна)")
        parser.add_argument("--register", default="", help="код журнала, если их несколько")

    def handle(self, *args: Any, **options: Any) -> None:
        importable = KINDS[options["kind"]]
        try:
            self._bring_in(importable, _read(options["file"]), options)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal

    def _bring_in(self, importable: Importable, data: bytes, options: dict[str, Any]) -> None:
        by, now = _person(importable, options), timezone.now()
        told: dict[str, Any] = {
            "kind": importable.kind.key,
            "options": importable.options(options),
            "by": by,
            "at": now,
        }
        session = ImportSession.begin(name=options["file"].name, data=data, **told)
        session.sheet, session.with_hidden = options["sheet"], options["with_hidden"]
        file = sessions.of_data(session, importable.kind, data)
        if options["sheet"] and options["sheet"] not in [one.name for one in file.sheets if one.rows]:
            names = ", ".join(one.name for one in file.sheets if one.rows)
            raise CommandError(f"Листа «{options['sheet']}» с данными в файле нет. Есть: {names}.")
        if file.sheet is None:
            self._say(
                answers.of_sheets(file), options, "Таблицы на нескольких листах или на скрытых, укажите --sheet: {}"
            )
            raise SystemExit(CHOOSE)
        judging = file.judging(by=by, at=now)
        judgement = judging.all
        self._say(answers.of_judgement(file, judgement), options)
        good = (judging.good if options["good_rows"] else judgement).is_ready
        if good and not options["dry_run"]:
            sessions.keep(session, data)
            sessions.write(session, importable.kind, by=by, at=now, good_rows=options["good_rows"])
        if judgement.faults and not options["good_rows"]:
            raise SystemExit(BAD)

    def _say(self, answer: dict[str, Any], options: dict[str, Any], words: str = "") -> None:
        if options["json"]:
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=1))
        elif words:
            self.stdout.write(words.format(", ".join(one["sheet"] for one in answer["sheets"])))
        else:
            self._tell(answer)

    def _tell(self, answer: dict[str, Any]) -> None:
        counts = {"Строк": "rows", "новых": "new", "дополнят": "changed", "уже есть": "same"}
        self.stdout.write(", ".join(f"{name}: {answer[key]}" for name, key in counts.items()))
        for one in answer["skipped"]:
            self.stdout.write(f"Строка {one['row']} не войдёт: {one['why']}")
        for one in answer["bad"]:
            self.stdout.write(f"Строка {one['row']}, столбец {one['column']}: {one['problem']}")
        for words in answer["notes"]:
            self.stdout.write(words)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"Файл не прочитан: {error.strerror}.") from error


def _person(importable: Importable, options: dict[str, Any]) -> User | None:
    """Whoever was named and may; a file that is only checked wants nobody."""
    email = options["by"]
    named = User.objects.filter(is_active=True, email__iexact=email) if email else []
    found = next((user for user in named if importable.may(user)), None)
    if found is None and not options["dry_run"]:
        why = f"{email} не вправе внести этот файл, или такого человека в портале нет. " if email else ""
        raise CommandError(f"{why}Укажите, от чьего имени внести файл: --by ПОЧТА того, кто вправе.")
    return found
