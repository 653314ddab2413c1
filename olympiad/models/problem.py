"""Problem areas of the olympiad's stages: what is weak in a subject, and what was decided on it."""

from django.db import models
from django.db.models import Q

from events.models import Outcome
from olympiad.models.season import Season, Stage, Subject
from rcro_portal.lib.changes.declared import Recorded
from rcro_portal.lib.keeping.archive import Archivable, ArchivableQuerySet
from rcro_portal.lib.search import SearchKeyField, SearchQuerySet


class StageProblemQuerySet(SearchQuerySet, ArchivableQuerySet):  # type: ignore[override]
    pass


class StageProblem(Archivable):
    """A problem area (проблемная зона) of a stage and a season; without a subject it is of all of them.

    ``outcome``: the text that names or decides it; ``decision_key``: which of its decisions.
    """

    season = models.ForeignKey(Season, verbose_name="сезон", on_delete=models.PROTECT, related_name="problems")
    stage = models.CharField("этап", max_length=20, choices=Stage)
    subject = models.ForeignKey(
        Subject,
        verbose_name="предмет",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="problems",
        help_text="Пусто: по всем предметам.",
    )
    text = models.TextField("что западает", max_length=2_000)
    decided = models.TextField("что решено", max_length=2_000, blank=True)
    outcome = models.ForeignKey(
        Outcome,
        verbose_name="итоги мероприятия",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="stage_problems",
    )
    decision_key = models.UUIDField("знак решения", null=True, blank=True, editable=False)
    search_key = SearchKeyField("text", "decided")

    recorded = Recorded(untold=("decision_key",), name=("text",))
    objects = StageProblemQuerySet.as_manager()

    class Meta:
        verbose_name = "проблемная зона этапа"
        verbose_name_plural = "проблемные зоны этапов"
        constraints = [
            *Archivable.Meta.constraints,
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="stage_of_a_problem_is_known"),
            models.CheckConstraint(
                condition=Q(decision_key=None) | Q(outcome__isnull=False),
                name="decision_on_a_problem_stands_in_an_outcome",
            ),
        ]

    def __str__(self) -> str:
        return self.text if len(self.text) <= 80 else f"{self.text[:79]}…"
