"""Two seasons side by side: participants, winners and prize-winners by subject, municipality or grade."""

from typing import Any

from django.db.models import F, IntegerField, Min, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from centers.models import Municipality
from olympiad.models import ResultCount, Season, Stage, Subject

KINDS = ("participants", "winners", "prize_winners")
NOW, BEFORE = "now", "before"
DIMENSIONS = {"subject": "По предметам", "municipality": "По муниципалитетам", "grade": "По классам"}


def seasons() -> list[Season]:
    """Those with results that were taken, the newest first."""
    taken = ResultCount.objects.taken().values("sheet__season")
    return list(Season.objects.filter(pk__in=taken).order_by("-starts_on"))


def stages() -> list[str]:
    """Those with results, in their order."""
    held = set(ResultCount.objects.taken().order_by().values_list("sheet__stage", flat=True).distinct())
    return [stage for stage in Stage.values if stage in held]


def rows(by: str, stage: str, now: Season | None, before: Season | None) -> QuerySet:
    """Each subject, municipality or grade of either season, with «now_participants» … «before_prize_winners».

    What no table says is null. Counts of the region as a whole stand in no municipality.
    """
    counts = (
        ResultCount.objects.taken()
        .filter(sheet__stage=stage)
        .annotate(grade_key=Coalesce("grade", 0, output_field=IntegerField()))
    )
    base, key = _base(by, counts.filter(sheet__season__in=[one for one in (now, before) if one]))
    told = {
        f"{when}_{kind}": _sum(counts.filter(sheet__season=season), key, kind)
        for when, season in ((NOW, now), (BEFORE, before))
        for kind in KINDS
    }
    said = Q()
    for name in told:
        said |= Q(**{f"{name}__isnull": False})
    return base.annotate(**told).filter(said)


def _base(by: str, counts: QuerySet) -> tuple[QuerySet, tuple[str, str]]:
    """The rows to be told of, with the column of counts and the one of theirs by which they belong together."""
    if by == "municipality":
        return Municipality.objects.all(), ("municipality", "pk")
    if by == "grade":
        firsts = counts.order_by().values("grade_key").annotate(first=Min("pk")).values("first")
        one_of_each = ResultCount.objects.filter(pk__in=firsts)
        return one_of_each.annotate(grade_key=Coalesce("grade", 0, output_field=IntegerField())), ("grade_key",) * 2
    return Subject.objects.all(), ("subject", "pk")


def _sum(counts: QuerySet, key: tuple[str, str], kind: str) -> Subquery:
    column, theirs = key
    mine = counts.filter(**{column: OuterRef(theirs)}).order_by().values(column)
    return Subquery(mine.annotate(number=Sum(F(kind))).values("number"))


def share(row: Any, when: str) -> float | None:
    """Winners and prize-winners in per cent of the participants; None where one of them is not known."""
    participants, winners, prize_winners = (getattr(row, f"{when}_{kind}") for kind in KINDS)
    if not participants or (winners is None and prize_winners is None):
        return None
    return ((winners or 0) + (prize_winners or 0)) * 100 / participants
