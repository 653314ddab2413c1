"""Bring a table in as the pages do, by the same importer; ``--json`` says what was found to a machine."""

import json
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from centers.models import User
from events.importing import plan
from events.importing.plan import PlanKind
from olympiad.importing.pupils import PupilsKind
from olympiad.models import PrepSession
from rcro_portal.lib.refusals import Refusal
from rcro_portal.lib.registers.importing import answers, registry, sessions
from rcro_portal.lib.registers.importing.kinds import Kind
from rcro_portal.models import ImportSession
from reports.journal.importing import JournalKind
from reports.models import OutgoingRegister

BAD, CHOOSE = 1, 2


def _of_a_register(options: dict[str, Any], data: bytes) -> dict[str, Any]:  # noqa: ARG001
    code = options["register"]
    found = list(OutgoingRegister.objects.filter(code=code) if code else OutgoingRegister.objects.all())
    if len(found) != 1:
        raise CommandError("Укажите код журнала: --register КОД. Журналы вносит администратор в справочниках.")
    return {"register": found[0].pk}


def _of_a_plan(options: dict[str, Any], data: bytes) -> dict[str, Any]:
    """By the year that was said, else by the one that the file names most; a plan of that year may be new."""
    year = options["year"] or plan.year_named(data)
    if not year:
        raise CommandError("В файле не назван год. Укажите его: --year 2027.")
    return {"year": year}


def _of_a_session(options: dict[str, Any], data: bytes) -> dict[str, Any]:  # noqa: ARG001
    found = PrepSession.objects.kept().filter(pk=options["session"]).first()
    if found is None:
        raise CommandError("Укажите смену: --session НОМЕР. Номер стоит в адресе её страницы: /sessions/НОМЕР/.")
    return {"session": found.pk}


# What some kinds want to know beside the file.
OPTIONS: dict[str, Callable[[dict[str, Any], bytes], dict[str, Any]]] = {
    JournalKind.key: _of_a_register,
    PlanKind.key: _of_a_plan,
    PupilsKind.key: _of_a_session,
}


class Command(BaseCommand):
    help = (
        "Вносит таблицу из файла по тем же правилам, что и страницы портала. Строки с ошибками: статус 1, ничего не "
        "внесено (с --good-rows вносятся остальные). Без --sheet несколько листов с таблицами или только скрытые: "
        "статус 2 и их список."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", choices=sorted(registry.kinds()), help="что вносится")
        parser.add_argument("file", type=Path, help="файл: XLSX, XLS, ODS, CSV или таблица в DOCX")
        parser.add_argument("--sheet", default="", help="лист, если таблицы на нескольких")
        parser.add_argument("--dry-run", action="store_true", help="только проверить")
        parser.add_argument("--json", action="store_true", help="ответить одним объектом")
        parser.add_argument("--good-rows", action="store_true", help="внести строки без ошибок")
        parser.add_argument("--with-hidden", action="store_true", help="и скрытые строки")
        parser.add_argument("--by", default="", help="от чьего имени внести: почта для входа (для проверки не нужна)")
        parser.add_argument(
            "--columns", default="", help="столбцы, если у них нет названий: A=surname,B=given_name,C=patronymic"
        )
        parser.add_argument("--head-rows", default="", help="строки с названиями вместе с --columns: 3 или 6-7")
        parser.add_argument("--year", type=int, default=0, help="год плана-графика, если его нет в файле")
        parser.add_argument("--session", type=int, default=0, help="смена, если вносятся её обучающиеся")
        parser.add_argument("--register", default="", help="код журнала, если их несколько")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._bring_in(registry.kind(options["kind"]), _read(options["file"]), options)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal

    def _bring_in(self, kind: type[Kind], data: bytes, options: dict[str, Any]) -> None:
        by, now = _person(kind, options), timezone.now()
        told: dict[str, Any] = {
            "kind": kind.key,
            "options": _options(kind, options, data),
            "by": by,
            "at": now,
        }
        session = ImportSession.begin(name=options["file"].name, data=data, **told)
        session.sheet, session.with_hidden = options["sheet"], options["with_hidden"]
        if options["columns"]:
            session.columns, session.head_rows = _columns(kind, options["columns"]), _head_rows(options["head_rows"])
        file = sessions.of_data(session, kind, data)
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
            sessions.write(session, kind, by=by, at=now, good_rows=options["good_rows"])
        if (judgement.faults or (judgement.doubtful and not options["dry_run"])) and not options["good_rows"]:
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
        for one in answer["doubtful"]:
            candidates = f" Возможно: {'; '.join(one['candidates'])}." if one["candidates"] else ""
            self.stdout.write(f"Строка {one['row']}, решите на странице загрузки: {one['why']}{candidates}")
        for one in answer["bad"]:
            right = f" Похоже, должно быть: {one['suggestion']}." if one["suggestion"] else ""
            self.stdout.write(f"Строка {one['row']}, столбец {one['column']}: {one['problem']}{right}")
        for words in answer["notes"]:
            self.stdout.write(words)


def _options(kind: type[Kind], options: dict[str, Any], data: bytes) -> dict[str, Any]:
    return OPTIONS[kind.key](options, data) if kind.key in OPTIONS else {}


def _columns(kind: type[Kind], text: str) -> dict[str, str]:
    """«A=surname,B=given_name»."""
    told = dict(part.strip().partition("=")[::2] for part in text.split(","))
    known = [one.name for one in kind.columns]
    if wrong := sorted(name for name in told.values() if name not in known):
        raise CommandError(f"Таких столбцов нет: {', '.join(wrong)}. Есть: {', '.join(known)}.")
    return {letter.upper(): name for letter, name in told.items()}


def _head_rows(text: str) -> list[int]:
    """«6-7»; nothing where the table has no headings."""
    first, _, last = text.partition("-")
    if text and not (first.isdecimal() and (last or first).isdecimal()):
        raise CommandError("Строки с названиями указываются так: --head-rows 3 или --head-rows 6-7.")
    return list(range(int(first), int(last or first) + 1)) if text else []


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"Файл не прочитан: {error.strerror}.") from error


def _person(kind: type[Kind], options: dict[str, Any]) -> User | None:
    """Whoever was named and may; a file that is only checked wants nobody."""
    email = options["by"]
    named = User.objects.filter(is_active=True, email__iexact=email) if email else []
    found = next((user for user in named if kind.may(user)), None)
    if found is None and not options["dry_run"]:
        why = f"{email} не вправе внести этот файл, или такого человека в портале нет. " if email else ""
        raise CommandError(f"{why}Укажите, от чьего имени внести файл: --by ПОЧТА того, кто вправе.")
    return found
