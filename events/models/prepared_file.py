"""A file that was taken for an answer before the answer was sent: nothing is chosen twice when another is refused."""

from django.db import models

from centers.models import User
from events.models.commitment import Commitment


class PreparedFile(models.Model):
    """Its bytes lie in the store; only who brought it sees it, until it goes along with the answer."""

    commitment = models.ForeignKey(
        Commitment, verbose_name="поручение", on_delete=models.PROTECT, related_name="prepared_files"
    )
    by = models.ForeignKey(User, verbose_name="кто приложил", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("когда")
    name = models.CharField("имя файла", max_length=150)
    digest = models.CharField("sha256", max_length=64)
    size = models.PositiveIntegerField("размер, байт")

    class Meta:
        verbose_name = "приложенный файл"
        verbose_name_plural = "приложенные файлы"

    def __str__(self) -> str:
        return self.name
