"""Forms that have done their work: a form sent twice acts once."""

from django.conf import settings
from django.db import models


class SentForm(models.Model):
    """The key of a form, whose it was, and the rows that it made: ``{"model": "events.event", "rows": [5]}``."""

    key = models.CharField("ключ формы", max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name="кто", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("когда")
    made = models.JSONField("что сделано", default=dict)

    class Meta:
        db_table = "centers_sentform"
        verbose_name = "отправленная форма"
        verbose_name_plural = "отправленные формы"
        constraints = [models.UniqueConstraint(fields=["by", "key"], name="form_of_a_person_acts_once")]

    def __str__(self) -> str:
        return str(self.key)
