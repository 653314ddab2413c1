"""Forms that have done their work: a form sent twice acts once."""

from django.db import models

from centers.models.user import User


class SentForm(models.Model):
    """The key of a form, whose it was, and the rows that it made: ``{"model": "events.event", "rows": [5]}``."""

    key = models.CharField("ключ формы", max_length=64)
    by = models.ForeignKey(User, verbose_name="кто", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("когда")
    made = models.JSONField("что сделано", default=dict)

    class Meta:
        verbose_name = "отправленная форма"
        verbose_name_plural = "отправленные формы"
        constraints = [models.UniqueConstraint(fields=["by", "key"], name="form_of_a_person_acts_once")]

    def __str__(self) -> str:
        return str(self.key)
