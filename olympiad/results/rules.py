"""The rules of the all-Russian olympiad, an edition a class: what may stand in a protocol of a season."""

import datetime
from collections.abc import Mapping

from olympiad.models import Season, Stage, StageQuota


class Edition:
    """``since``: the first day of seasons by it; ``grades``: of whose tasks there are any, first and last.

    ``early``: grades from which single subjects begin at the school stage, by their code. ``half``: stages where a
    winner has more than half of the points that could be had. How many may win or get prizes no edition says here: the
    organiser of a stage does, season by season (``StageQuota``).
    """

    name: str
    since: datetime.date
    grades: Mapping[str, tuple[int, int]]
    early: Mapping[str, int]
    half = frozenset({Stage.SCHOOL, Stage.MUNICIPAL})
    winner = "победитель школьного и муниципального этапов – первый в итоговой таблице с более чем половиной баллов"
    prize_winner = "призёр – следующий за победителями в итоговой таблице, в пределах квоты организатора этапа"

    def first_grade(self, stage: str, subject: str) -> int:
        first = self.grades[stage][0]
        return min(first, self.early.get(subject, first)) if stage == Stage.SCHOOL else first

    def last_grade(self, stage: str) -> int:
        return self.grades[stage][1]


class Order1252(Edition):
    """Приказ Минобрнауки России от 18.11.2013 № 1252: at school tasks are for grades 5 to 11 (п. 35)."""

    name = "Порядок, приказ № 1252 от 18.11.2013"
    since = datetime.date(2014, 9, 1)
    grades = {Stage.SCHOOL: (5, 11), Stage.MUNICIPAL: (7, 11), Stage.REGIONAL: (9, 11), Stage.FINAL: (9, 11)}
    early: Mapping[str, int] = {}


class Order1488(Order1252):
    """The same as changed by № 1488 of 17.12.2015: mathematics and Russian from grade 4 (п. 3, 35).

    Published in January 2016, after the school stage of that season.
    """

    name = "Порядок, приказ № 1252 от 18.11.2013 в редакции № 1488 от 17.12.2015"
    since = datetime.date(2016, 9, 1)
    early = {"russian": 4, "math": 4}


class Order678(Order1488):
    """Приказ Минпросвещения России от 27.11.2020 № 678, with № 565 of 16.08.2021 to № 528 of 05.08.2024."""

    name = "Порядок, приказ № 678 от 27.11.2020"
    since = datetime.date(2021, 9, 1)


EDITIONS: tuple[Edition, ...] = (Order678(), Order1488(), Order1252())


def of_season(season: Season) -> Edition:
    """The edition by which its stages were held; the earliest one for what was before."""
    return next((edition for edition in EDITIONS if edition.since <= season.starts_on), EDITIONS[-1])


def quota(season: Season, stage: str) -> int | None:
    """Per cent of the participants of a subject who may win or get prizes; None where nobody has said."""
    kept = StageQuota.objects.filter(season=season, stage=stage).first() if season.pk else None
    return kept.laureates if kept else None


def within(laureates: int, participants: int, per_cent: int) -> bool:
    """Whether so many are within the quota."""
    return laureates <= most(participants, per_cent)


def most(participants: int, per_cent: int) -> int:
    """How many a quota lets: to the nearest, and one at least."""
    return max(1, (participants * per_cent + 50) // 100)
