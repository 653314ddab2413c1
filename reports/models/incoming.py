"""Official letters that came in: a school's own number and day, and the letter that they answer."""

from django.db import models

from centers.models import Organization, User
from events.models import Commitment
from rcro_portal.lib.changes.declared import Recorded
from rcro_portal.lib.search import SearchKeyField, SearchQuerySet, SortKeyField
from reports.models.letter import Letter


class IncomingLetter(models.Model):
    """An official reply or request (входящее письмо), tied to what it answers."""

    number = models.CharField("вх. №", max_length=50, blank=True)
    received_on = models.DateField("получено")
    sender = models.ForeignKey(
        Organization, verbose_name="отправитель", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    sender_name = models.CharField("отправитель, как в письме", max_length=300)
    their_number = models.CharField("исх. № отправителя", max_length=50, blank=True)
    their_on = models.DateField("от", null=True, blank=True)
    subject = models.CharField("о чём", max_length=300)
    file_name = models.CharField("имя файла", max_length=150, blank=True)
    digest = models.CharField("sha256", max_length=64, blank=True)
    size = models.PositiveIntegerField("размер, байт", default=0)
    media_type = models.CharField("тип", max_length=100, blank=True)
    replies_to = models.ForeignKey(
        Letter,
        verbose_name="на наше письмо",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="replies",
    )
    commitment = models.ForeignKey(
        Commitment, verbose_name="поручение", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    registered_by = models.ForeignKey(User, verbose_name="кем внесено", on_delete=models.PROTECT, related_name="+")
    registered_at = models.DateTimeField("когда внесено")
    search_key = SearchKeyField("sender_name", "subject", "their_number", "number")
    sort_key = SortKeyField("sender_name")

    recorded = Recorded(personal=("sender_name",), untold=("digest", "media_type"), name=("subject",))
    objects = SearchQuerySet.as_manager()

    class Meta:
        verbose_name = "входящее письмо"
        verbose_name_plural = "входящие письма"

    def __str__(self) -> str:
        return f"{self.sender_name}: № {self.their_number or 'б/н'}"
