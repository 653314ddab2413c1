"""Verbs of results: a file is brought into the inbox, its questions answered, taken as counts, and taken back."""

import datetime
import hashlib
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Q, Sum

from centers.models import Municipality, User
from olympiad.models import ResultCount, ResultSheet, ResultTransition, Season, SheetStatus, Stage, Subject
from olympiad.results import nameless
from olympiad.results.found import Found
from olympiad.results.judged import Doubt, Judged
from olympiad.results.judging import Judge
from olympiad.results.known import Known
from rcro_portal.lib.refusals import Refusal, WrongStep
from rcro_portal.lib.registers.importing.asking import Answers
from rcro_portal.lib.text import NAME_LIMIT, readable_name
from rcro_portal.lib.transitions import move
from rcro_portal.models import ImportAnswer

KINDS = ("participants", "winners", "prize_winners")


class NotReady(Refusal):
    """Errors, open questions, or doubts that nobody has looked at; the words say which."""

    words = "Учесть нечего: в файле нет ни одной строки без ошибок."


class TakenAlready(Refusal):
    words = "Этот файл уже учтён в том же сезоне и на том же этапе. Если он исправлен, сначала отмените прежний."


def judge(
    found: Found,
    *,
    season: Season,
    stage: str,
    subject: Subject | None = None,
    municipality: Municipality | None = None,
) -> Judged:
    """What would be counted, and what stands against it; nothing is written."""
    known = Known(Answers(ImportAnswer.objects.all()))
    return Judge(found, season, stage, known, subject, municipality).all()


def judged(sheet: ResultSheet) -> Judged:
    """A table of the inbox as it is judged today; also whether others of its kind were counted already."""
    result = judge(
        Found.of(sheet.found),
        season=sheet.season,
        stage=sheet.stage,
        subject=sheet.subject,
        municipality=sheet.municipality,
    )
    if sheet.status == SheetStatus.INBOX:
        result.doubts += _counted_before(sheet, result)
    return result


def _counted_before(sheet: ResultSheet, result: Judged) -> list[Doubt]:
    """Protocols of several schools add up; a report after them would count everybody twice."""
    taken = ResultCount.objects.taken().filter(sheet__season=sheet.season, sheet__stage=sheet.stage)
    taken = taken.filter(subject__in={tally.subject for tally in result.tallies.values() if tally.subject})
    places = {tally.municipality for tally in result.tallies.values()}
    if None not in places:
        # Who is counted in one municipality is counted in no other, but in the sums of the region.
        taken = taken.filter(Q(municipality__in=places) | Q(municipality=None))
    names = taken.values_list("sheet__name", flat=True).distinct().order_by("sheet__name")
    if not names:
        return []
    first = sheet.found["sheets"][0]
    why = f"По этим предметам уже учтены: {', '.join(names[:5])}. Числа сложатся: проверьте, что это другие участники."
    return [Doubt(first["sheet"], first["header_rows"][0], why)]


def season_named(name: str) -> Season | None:
    """«2019/20»: kept, or as it will be kept, from September to June; None where the words are no season."""
    first, _, last = name.partition("/")
    if not (len(first) == 4 and first.isdecimal() and last == f"{(int(first) + 1) % 100:02}"):
        return None
    year = int(first)
    days = {"starts_on": datetime.date(year, 9, 1), "ends_on": datetime.date(year + 1, 6, 30)}
    return Season.objects.filter(name=name).first() or Season(name=name, **days)


@transaction.atomic
def bring(
    *,
    season: Season,
    stage: str,
    name: str,
    data: bytes,
    found: Found,
    by: User,
    at: datetime.datetime,
    subject: Subject | None = None,
    municipality: Municipality | None = None,
) -> ResultSheet:
    """Keep what was ``found`` in the file, not the file. Raises TakenAlready.

    ``door.read`` takes its time, and therefore stands before the transaction.
    """
    digest = hashlib.sha256(data).hexdigest()
    if season.pk is None:
        days = {"starts_on": season.starts_on, "ends_on": season.ends_on}
        season, _ = Season.objects.get_or_create(name=season.name, defaults=days)
    if _taken(season, stage, digest):
        raise TakenAlready
    return ResultSheet.objects.create(
        season=season,
        stage=Stage(stage),
        subject=subject,
        municipality=municipality,
        name=readable_name(nameless.kept(name), "итоги")[-NAME_LIMIT:],
        digest=digest,
        found=found.told(),
        brought_by=by,
        brought_at=at,
    )


def _taken(season: Season, stage: str, digest: str) -> bool:
    return ResultSheet.objects.filter(season=season, stage=stage, digest=digest, status=SheetStatus.TAKEN).exists()


def counted(sheet: ResultSheet) -> list[dict[str, Any]]:
    """What was taken of it, by subject: later answers and schools change nothing of that."""
    sums = {f"all_{kind}": Sum(kind) for kind in KINDS}
    rows: Any = sheet.counts.order_by("subject__name").values("subject__name").annotate(**sums)
    return [{"subject": row["subject__name"], **{kind: row[f"all_{kind}"] for kind in KINDS}} for row in rows]


@transaction.atomic
def answer(*, sheet: ResultSheet, said: Mapping[str, str], by: User, at: datetime.datetime) -> int:
    """What a name of the file means, by «about:key»; remembered for other files. How many answers were kept.

    Raises WrongStep where nothing is asked any more.
    """
    sheet = ResultSheet.objects.select_for_update().get(pk=sheet.pk)
    if sheet.status != SheetStatus.INBOX:
        raise WrongStep
    kept = 0
    for doubt in judged(sheet).asked:
        assert doubt.question is not None
        value = said.get(f"{doubt.question.about}:{doubt.question.key}", "")
        if value in {one.value for one in doubt.question.choices}:
            defaults = {"said": value, "by": by, "at": at}
            about, key = doubt.question.about, doubt.question.key
            ImportAnswer.objects.update_or_create(about=about, key=key, defaults=defaults)
            kept += 1
    return kept


@transaction.atomic
def take(
    *, sheet: ResultSheet, by: User, at: datetime.datetime, looked_at: bool = False, good_rows: bool = False
) -> int:
    """Count what the table says; how many rows of counts were written.

    Raises NotReady while rows are bad (``good_rows`` leaves them out), questions are open or doubts were not looked at,
    TakenAlready, WrongStep.
    """
    # Of two tables of a season the second is judged when the first was counted.
    Season.objects.select_for_update().get(pk=sheet.season_id)
    # Tables of a season wait for each other: whether one like this was counted is asked of those before it.
    Season.objects.select_for_update().get(pk=sheet.season_id)
    sheet = ResultSheet.objects.select_for_update().get(pk=sheet.pk)
    result = judged(sheet)
    _refuse(result, looked_at=looked_at, good_rows=good_rows)
    if sheet.status == SheetStatus.INBOX and _taken(sheet.season, sheet.stage, sheet.digest):
        raise TakenAlready
    counts = [
        ResultCount(sheet=sheet, subject=one.subject, municipality=one.municipality, grade=key.grade, **one.numbers)
        for key, one in result.tallies.items()
        if one.says_something and one.subject and (one.municipality or not key.municipality)
    ]
    if not counts:
        raise NotReady
    _move(sheet, SheetStatus.TAKEN, by=by, at=at)
    return len(ResultCount.objects.bulk_create(counts))


def _refuse(result: Judged, *, looked_at: bool, good_rows: bool) -> None:
    if result.bad and not good_rows:
        raise NotReady(
            f"Ошибок в строках: {len(result.bad)}. Исправьте файл и загрузите его снова или учтите остальные."
        )
    if result.asked and not good_rows:
        raise NotReady(f"Остались вопросы: {len(result.asked)}. Ответьте на них.")
    if result.to_look_at and not looked_at:
        raise NotReady(f"Есть сомнения: {len(result.to_look_at)}. Посмотрите их и подтвердите, что всё верно.")


@transaction.atomic
def take_back(*, sheet: ResultSheet, by: User, at: datetime.datetime, why: str) -> None:
    """Its counts go out of every sum; out of the inbox it is only put away. Raises WrongStep."""
    sheet = ResultSheet.objects.select_for_update().get(pk=sheet.pk)
    _move(sheet, SheetStatus.TAKEN_BACK, by=by, at=at, note=why)


def _move(sheet: ResultSheet, after: SheetStatus, *, by: User, at: datetime.datetime, note: str = "") -> None:
    move(sheet, after, by=by, at=at, note=note, transitions=ResultTransition)
