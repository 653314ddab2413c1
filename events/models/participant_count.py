"""How many took part who are no coordinators: by category, and as far as it is known by post and municipality."""

from django.db import models
from django.db.models import Q

from centers.models import Municipality
from events.models.event import Event
from rcro_portal.lib.changes.declared import Recorded


class Category(models.TextChoices):
    EDUCATOR = "educator", "педагоги"
    PUPIL = "pupil", "обучающиеся"
    TEAM = "team", "команды"
    PARENT = "parent", "родители"
    OTHER = "other", "другие участники"


class ParticipantCount(models.Model):
    """One line of the count: «педагоги, учитель физики, Асиновский район: 12». Nobody is named."""

    event = models.ForeignKey(Event, verbose_name="мероприятие", on_delete=models.PROTECT, related_name="counts")
    category = models.CharField("категория", max_length=20, choices=Category)
    post = models.CharField("должность", max_length=150, blank=True)
    municipality = models.ForeignKey(
        Municipality, verbose_name="муниципалитет", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    count = models.PositiveIntegerField("сколько")

    recorded = Recorded(part_of="event", name=("category",))

    class Meta:
        verbose_name = "число участников"
        verbose_name_plural = "числа участников"
        constraints = [
            models.CheckConstraint(condition=Q(category__in=Category.values), name="category_of_participants_is_known"),
            models.CheckConstraint(condition=Q(count__gte=1), name="count_of_participants_is_positive"),
            models.UniqueConstraint(
                fields=["event", "category", "post", "municipality"], name="participants_are_counted_once"
            ),
            models.UniqueConstraint(
                fields=["event", "category", "post"],
                condition=Q(municipality__isnull=True),
                name="participants_of_no_municipality_are_counted_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_category_display()}: {self.count}"
