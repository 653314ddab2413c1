"""Notices of the portal, planned and waiting."""

import factory
from factory.django import DjangoModelFactory

from rcro_portal.models import Notice
from tests.factories.moments import SENT_AT


class NoticeFactory(DjangoModelFactory):
    class Meta:
        model = Notice

    reason = "plain"
    about = factory.Sequence(lambda n: f"centers.person:{n + 1}")
    email = "vetrova@school.example"
    subject = "Сообщение"
    message_id = factory.Sequence(lambda n: f"<notice.{n}@rvci.example>")
    planned_at = SENT_AT
    send_after = SENT_AT
