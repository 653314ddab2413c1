"""Typical paragraphs: what letters about events say again and again, kept by department and by the days it is true."""

import re
from typing import Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q

from centers.models import Department
from events.models.event import Event, EventKind
from rcro_portal.lib.changes.declared import Recorded
from rcro_portal.lib.quotes import quoted
from rcro_portal.lib.search import SearchKeyField, SearchQuerySet
from rcro_portal.lib.text import TALK_LIMIT
from rcro_portal.lib.validity import Dated, DatedQuerySet

# A figure in the text: its name in double square brackets.
TOKEN = re.compile(r"\[\[([^\[\]\n]{1,150})\]\]")


class StockParagraphQuerySet(SearchQuerySet, DatedQuerySet):  # type: ignore[override]
    def for_event(self, event: Event) -> Self:
        """In force on the event's day, of its department or of all, for its kind or for any."""
        return self.in_force_on(event.first_day).filter(
            Q(department__isnull=True) | Q(department=event.department_id), Q(kind="") | Q(kind=event.kind)
        )


class StockParagraph(Dated):
    """Its text quotes figures as an outcome does. ``figures`` are theirs, as they were asked on ``counted_on``: in
    another letter they are asked over its own year and days.
    """

    title = models.CharField("название", max_length=150, help_text="По нему абзац находят в редакторе.")
    text = models.TextField("текст", max_length=TALK_LIMIT, validators=[MaxLengthValidator(TALK_LIMIT)])
    department = models.ForeignKey(
        Department,
        verbose_name="отдел",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Не выбран – абзац есть у всех отделов.",
    )
    kind = models.CharField(
        "вид мероприятия", max_length=20, choices=EventKind, blank=True, help_text="Не выбран – для любого."
    )
    figures = models.JSONField("показатели", default=list, blank=True, editable=False)
    counted_on = models.DateField("к какому дню показатели", null=True, blank=True, editable=False)
    search_key = SearchKeyField("title", "text")

    recorded = Recorded(name=("title",), without=("figures",))
    objects = StockParagraphQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = "типовой абзац"
        verbose_name_plural = "типовые абзацы"
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind="") | Q(kind__in=EventKind.values), name="kind_of_stock_paragraph_is_known"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="stock_paragraph_says_something"),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        known = {figure["name"] for figure in self.figures}
        for name in (found.strip() for found in TOKEN.findall(self.text)):
            if name not in known:
                words = f"Показателя {quoted(name)} в этом абзаце нет."
                raise ValidationError({"text": f"{words} Абзац с новым показателем запоминают из редактора итогов."})
