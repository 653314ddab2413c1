"""Errors, doubts and remarks over the results that were taken in a season: of each table, and of all of them together.

The inbox asks the same of a table before it is taken; here tables are held against each other, stages against stages,
a season against the one before it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from olympiad.models import ResultCount, ResultSheet, Season, SheetStatus, Stage
from olympiad.results import results, rules
from olympiad.results.judging import above_quota
from rcro_portal.lib.quotes import quoted
from rcro_portal.lib.russian import grouped

SUDDEN, FEW = 2, 20  # a season that has twice as many participants as the other, of at least so many


class Grade(StrEnum):
    ERROR = "error"
    DOUBT = "doubt"
    REMARK = "remark"


class Taken(NamedTuple):
    """``right``: what would be right, or what to do; ``sheets``: keys and names of the tables that say it."""

    grade: Grade
    stage: str
    words: str
    right: str
    sheets: tuple[tuple[int, str], ...]


type Counts = list[ResultCount]


def of_season(season: Season) -> list[Taken]:
    """All of them, errors first."""
    rows = ResultCount.objects.taken().filter(sheet__season=season)
    counts = list(rows.select_related("subject", "municipality", "sheet").defer("sheet__found").order_by("pk"))
    found = [*_of_tables(season), *_of_counts(season, counts), *_of_stages(counts), *_of_years(season, counts)]
    return sorted(found, key=lambda one: (list(Grade).index(one.grade), Stage.values.index(one.stage), one.words))


# -- Each table by itself ---------------------------------------------------------------------------------------------


def _of_tables(season: Season) -> Iterator[Taken]:
    """What the judge of the inbox says today of what was taken: also of lines that were left out."""
    for sheet in ResultSheet.objects.filter(season=season, status=SheetStatus.TAKEN).order_by("pk"):
        judged, table = results.judged(sheet), ((sheet.pk, sheet.name),)
        for bad in judged.bad:
            words = f"Лист {quoted(bad.sheet)}, строка {bad.row}: {bad.problem} Строка не учтена."
            yield Taken(Grade.ERROR, sheet.stage, words, bad.suggestion, table)
        for doubt in judged.asked:
            yield Taken(Grade.ERROR, sheet.stage, f"{doubt.why} Строки с этим именем не учтены.", "", table)
        for doubt in judged.to_look_at:
            words = f"Лист {quoted(doubt.sheet)}, строка {doubt.row}: {doubt.why}"
            yield Taken(Grade.DOUBT, sheet.stage, words, "Подтверждено при учёте.", table)


# -- Counts -----------------------------------------------------------------------------------------------------------


def _of_counts(season: Season, counts: Counts) -> Iterator[Taken]:
    edition = rules.of_season(season)
    for row in counts:
        stage = row.sheet.stage
        first, last = edition.first_grade(stage, row.subject.code), edition.last_grade(stage)
        if row.grade is not None and not first <= row.grade <= last:
            words = f"{row.subject}: учтён {row.grade}-й класс. {Stage(stage).words} – для {first}–{last}-х классов."
            right = f"Нужен класс, задания которого выполнялись: {first}–{last}."
            yield Taken(Grade.ERROR, stage, words, right, _tables([row]))
    for stage, of_stage in _by(counts, "sheet.stage").items():
        yield from _twice(stage, of_stage)
        yield from _region(stage, of_stage)
        yield from _shares(season, stage, of_stage)


def _twice(stage: str, counts: Counts) -> Iterator[Taken]:
    """The same subject, grade and place out of several tables: of schools that add up, or the same people again."""
    groups: dict[tuple[int, int | None, int | None], Counts] = defaultdict(list)
    for row in counts:
        groups[row.subject_id, row.grade, row.municipality_id].append(row)
    for group in groups.values():
        if len(group) > 1:
            numbers = [_numbers(row) for row in group]
            alike = numbers.count(numbers[0]) == len(numbers)
            also = ", и числа в них одни и те же" if alike else ""
            words = f"{_named(group[0])}: учтено из {len(group)} таблиц{also}. Участников вместе – {_sum(group)}."
            yield Taken(Grade.DOUBT, stage, words, "Если это те же участники, отмените лишнюю таблицу.", _tables(group))


def _region(stage: str, counts: Counts) -> Iterator[Taken]:
    """A subject counted both for the region and for municipalities is there twice."""
    for group in _by(counts, "subject_id").values():
        whole = [row for row in group if row.municipality_id is None]
        parts = [row for row in group if row.municipality_id is not None]
        if whole and parts:
            said = f"по области – {_sum(whole)}, по муниципалитетам – {_sum(parts)}"
            words = f"{group[0].subject}: участники учтены и по области, и по муниципалитетам: {said}. Числа сложились."
            right = f"Участников {_sum(parts)}: отмените таблицу по области."
            yield Taken(Grade.DOUBT, stage, words, right, _tables(group))


def _shares(season: Season, stage: str, counts: Counts) -> Iterator[Taken]:
    per_cent = rules.quota(season, stage)
    for group in _by(counts, "subject_id").values():
        participants = _sum(group)
        laureates = sum((row.winners or 0) + (row.prize_winners or 0) for row in group)
        if participants and laureates > participants:
            words = f"{group[0].subject}: победителей и призёров {laureates}, а участников {participants}."
            yield Taken(Grade.ERROR, stage, words, f"Участников не меньше {laureates}.", _tables(group))
        elif participants and per_cent and not rules.within(laureates, participants, per_cent):
            words = above_quota(str(group[0].subject), laureates, participants, per_cent)
            right = f"По квоте не больше {rules.most(participants, per_cent)}."
            yield Taken(Grade.REMARK, stage, words, right, _tables(group))


def _of_stages(counts: Counts) -> Iterator[Taken]:
    """Of the next stage nobody takes part who did not at the one before, but last year's laureates."""
    for group in _by(counts, "subject_id").values():
        of_stage = _by(group, "sheet.stage")
        held = [stage for stage in Stage.values if _sum(of_stage.get(stage, []))]
        for earlier, later in pairwise(held):
            before, after = _sum(of_stage[earlier]), _sum(of_stage[later])
            if after > before:
                said = f"{Stage(later).label} этап – {after} участников, {Stage(earlier).label} – {before}"
                words = f"{group[0].subject}: {said}."
                yield Taken(Grade.DOUBT, later, words, f"Обычно не больше {before}.", _tables(of_stage[later]))


def _of_years(season: Season, counts: Counts) -> Iterator[Taken]:
    before = Season.objects.filter(starts_on__lt=season.starts_on).order_by("-starts_on").first()
    rows = ResultCount.objects.taken().filter(sheet__season=before).select_related("subject", "sheet")
    earlier = _by(list(rows.defer("sheet__found")) if before else [], "sheet.stage", "subject_id")
    for key, group in _by(counts, "sheet.stage", "subject_id").items():
        now, then = _sum(group), _sum(earlier.get(key, []))
        if then and max(now, then) >= FEW and (now > then * SUDDEN or now * SUDDEN < then):
            words = f"{group[0].subject}: участников {grouped(now)}, в сезоне {before} было {grouped(then)}."
            yield Taken(Grade.REMARK, str(key[0]), words, "Сверьте, все ли таблицы учтены.", _tables(group))


# -- Within -----------------------------------------------------------------------------------------------------------


def _by(counts: Counts, *names: str) -> dict:
    """By one column, or by several as a tuple."""
    found: dict = defaultdict(list)
    for row in counts:
        keys = tuple(row.sheet.stage if name == "sheet.stage" else getattr(row, name) for name in names)
        found[keys if len(keys) > 1 else keys[0]].append(row)
    return found


def _sum(counts: Counts) -> int:
    return sum(row.participants or 0 for row in counts)


def _numbers(row: ResultCount) -> tuple[int | None, int | None, int | None]:
    return row.participants, row.winners, row.prize_winners


def _named(row: ResultCount) -> str:
    said = (str(row.subject), f"{row.grade} класс" if row.grade else "", str(row.municipality or ""))
    return ", ".join(filter(None, said))


def _tables(counts: Iterable[ResultCount]) -> tuple[tuple[int, str], ...]:
    return tuple(dict.fromkeys((row.sheet_id, row.sheet.name) for row in counts))
