"""The row of a notice: one message about one fact to one person, whatever app tells it.

Of the message only the subject is kept: its words are made when it is sent, so that no link that opens something lies
in the table.
"""

import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from rcro_portal.lib.notices.messages import (
    TAKEN_BACK,
    Message,
    MessageQuerySet,
    MessageStatus,
    says_when_it_came_back,
    says_when_it_left,
)

STATUSES = [*MessageStatus.choices, (TAKEN_BACK, "Отменено")]


class NoticeQuerySet(MessageQuerySet):
    def standing(self) -> Self:
        """Neither taken back before it left, nor left out by a change of facts."""
        return self.exclude(status=TAKEN_BACK)

    def planned(self) -> Self:
        """What may still be moved and taken back: nothing of it has left."""
        return self.filter(status=MessageStatus.QUEUED)

    def by_themselves(self) -> Self:
        """Messages, and not the lines of a digest."""
        return self.filter(in_digest=False)

    def noted_at_claim(self, now: datetime.datetime) -> dict[str, Any]:
        return {"claimed_at": now}


class NoticeRow(Message):
    """``about`` names the row that the notice speaks of, ``fact`` what of it where it says several things.

    A line of a digest is a row too: ``within`` is the row of the message that it goes along with.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="кому", null=True, on_delete=models.PROTECT, related_name="notices"
    )
    reason = models.CharField("почему", max_length=40)
    about = models.CharField("о чём", max_length=80)
    fact = models.CharField("какой факт", max_length=80, blank=True)
    subject = models.CharField("тема", max_length=300)
    status = models.CharField("состояние", max_length=20, choices=STATUSES, default=MessageStatus.QUEUED)
    in_digest = models.BooleanField("в сводке", default=False)
    within = models.ForeignKey(
        "self", verbose_name="в какой сводке", null=True, on_delete=models.PROTECT, related_name="lines"
    )
    planned_at = models.DateTimeField("запланировано")
    claimed_at = models.DateTimeField("взято в работу", null=True)
    # Who looked at one that may not have arrived, and sent it once more or knew it there.
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="кто решил", null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField("когда решено", null=True)
    taken_back_at = models.DateTimeField("отменено", null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        abstract = True
        verbose_name = "сообщение портала"
        verbose_name_plural = "сообщения портала"
        indexes = [
            models.Index(fields=["status", "send_after"], name="notice_by_status_and_moment"),
            models.Index(fields=["about"], name="notice_by_what_it_is_about"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["reason", "about", "fact", "email"],
                condition=~Q(status=TAKEN_BACK),
                name="fact_is_told_to_an_address_once",
            ),
            says_when_it_left("notice_that_left_says_when"),
            says_when_it_came_back("notice_that_came_back_says_when"),
            models.CheckConstraint(
                condition=Q(status=TAKEN_BACK, taken_back_at__isnull=False) & ~Q(error="")
                | ~Q(status=TAKEN_BACK) & Q(taken_back_at__isnull=True),
                name="notice_taken_back_says_when_and_why",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[value for value, _ in STATUSES]), name="notice_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(within__isnull=True) | Q(in_digest=True), name="only_lines_of_digests_go_within_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject}, {self.email}"
