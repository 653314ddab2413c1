"""What the portal writes into people's calendars: the entry of an event, and the address of a person's own feed."""

import uuid

from django.db import models

from centers.models import User
from events.models.event import Event
from rcro_portal.lib.changes.declared import Recorded


class CalendarEntry(models.Model):
    """One for ever for an event that was announced: its ``uid`` never changes, ``sequence`` rises with each change of
    what brings somebody elsewhere or later, and when it is called off. The other columns are what was last told."""

    event = models.OneToOneField(
        Event, verbose_name="мероприятие", on_delete=models.PROTECT, related_name="calendar_entry"
    )
    uid = models.UUIDField("знак записи", default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField("номер изменения", default=0)
    starts_at = models.DateTimeField("начало")
    ends_at = models.DateTimeField("окончание", null=True, blank=True)
    place = models.CharField("место", max_length=300, blank=True)
    link = models.URLField("ссылка на подключение", max_length=500, blank=True)
    is_cancelled = models.BooleanField("отменено", default=False)
    changed_at = models.DateTimeField("изменено")

    recorded = Recorded(personal=("link",), untold=("uid",), part_of="event", name=("event__topic",))

    class Meta:
        verbose_name = "запись календаря"
        verbose_name_plural = "записи календаря"

    def __str__(self) -> str:
        return f"{self.event}, изменение {self.sequence}"


class CalendarFeed(models.Model):
    """By whose secret address a program reads what its owner may see; of the secret only the digest is kept."""

    user = models.OneToOneField(User, verbose_name="чей", on_delete=models.PROTECT, related_name="calendar_feed")
    secret_digest = models.CharField("отпечаток ссылки", max_length=64, unique=True)
    made_at = models.DateTimeField("когда сделана")

    class Meta:
        verbose_name = "ссылка на календарь"
        verbose_name_plural = "ссылки на календарь"

    def __str__(self) -> str:
        return str(self.user)
