"""Figures of the olympiad's stages: participants, winners and prize-winners of the seasons that end in a period."""

import datetime
from collections.abc import Callable, Mapping

from django.db.models import QuerySet

from olympiad.models import ResultCount, Stage
from reports.figures import listings
from reports.figures.nouns import NOUNS
from reports.figures.query import Narrow, Query

KINDS = (
    ("participants", "participant", "Участники", "участники"),
    ("winners", "winner", "Победители", "победители"),
    ("prize_winners", "prize_winner", "Призёры", "призёры"),
)
# Of the school stage many children are counted several times: nobody quotes it as people.
STAGES = {Stage.MUNICIPAL: "муниципального", Stage.REGIONAL: "регионального", Stage.FINAL: "заключительного"}


def _said(stage: str, column: str) -> Callable[..., QuerySet]:
    """Counts that say this number; where a table does not say it, nothing is added."""

    def rows(*, since: datetime.date, until: datetime.date) -> QuerySet:
        seasons = {"sheet__season__ends_on__gte": since, "sheet__season__ends_on__lte": until}
        return ResultCount.objects.taken().filter(sheet__stage=stage, **{f"{column}__isnull": False}, **seasons)

    return rows


QUERIES: Mapping[str, Query] = {
    f"olympiad_{stage}_{column}": Query(
        title=f"{title} {words} этапа олимпиады",
        describes=f"{many} {words} этапа всероссийской олимпиады школьников сезонов, закончившихся за период",
        over="period",
        sums_counts=True,
        noun=NOUNS[noun],
        rows=_said(stage, column),
        column=column,
        dated_by="sheet__season__ends_on",
        narrowed={
            "municipality": Narrow("municipality__code", "municipality"),
            "subject": Narrow("subject__code", "subject"),
        },
        listing=listings.RESULTS,
        listed=listings.of_period("olympiad:result-list", stage=stage, said=column),
        part_of="" if column == "participants" else f"olympiad_{stage}_participants",
    )
    for stage, words in STAGES.items()
    for column, noun, title, many in KINDS
}
