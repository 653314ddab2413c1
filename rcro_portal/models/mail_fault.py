"""What is wrong with the portal's own account at the mail server."""

from django.db import models
from django.db.models import Q


class MailFault(models.Model):
    """The portal's own account at the mail server does not work: one row as long as that lasts."""

    words = models.TextField("что не так")
    began_at = models.DateTimeField("с какого времени")
    tried_at = models.DateTimeField("последняя попытка")

    class Meta:
        db_table = "reports_mailfault"
        verbose_name = "неисправность почты"
        verbose_name_plural = "неисправности почты"
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="there_is_one_mail_fault_at_most")]

    def __str__(self) -> str:
        return self.words
