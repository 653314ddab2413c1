"""A row that stands for one message to one address, and learns when that came back."""

from django.db import models
from django.db.models import Q


class Mailed(models.Model):
    """``message_id`` is that of the last sending: a bounce is believed by it."""

    message_id = models.CharField("Message-ID", max_length=150, unique=True, null=True, editable=False)
    returned_at = models.DateTimeField("вернулось", null=True, editable=False)
    returned_because = models.TextField("почему вернулось", blank=True, editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(returned_at__isnull=True, returned_because="")
                | Q(returned_at__isnull=False, message_id__isnull=False) & ~Q(returned_because=""),
                name="%(class)s_that_came_back_says_when_and_why",
            )
        ]
