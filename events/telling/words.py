"""How a message of this floor is laid out: a greeting, what has happened, one step to take."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.utils import timezone

from events.telling import terms
from rcro_portal.lib.notices.reasons import Body, Line
from rcro_portal.lib.notices.sending import NoLongerSo

OVERTAKEN = "Об этом напоминает более позднее письмо."


class Told:
    """Paragraphs and where the next step is taken: a message of its own, or a line of a digest."""

    def __init__(self, *paragraphs: str, path: str, label: str = "Открыть в портале", **extra: Any) -> None:
        self.paragraphs: Sequence[str] = [words for words in paragraphs if words]
        self.url = settings.BASE_URL + path
        self.label = label
        self.extra = extra

    def line(self) -> Line:
        return Line(" ".join(self.paragraphs), self.url)

    def body(self, notice: Any) -> Body:
        name = notice.user.person.name_and_patronymic if notice.user else ""
        context = {"name": name, "paragraphs": self.paragraphs, "url": self.url, "label": self.label}
        return Body("mail/told", context | self.extra)


def refuse_overtaken(notice: Any) -> None:
    """Of reminders that waited for a mail server only the last of a term goes. Raises NoLongerSo."""
    same = type(notice).objects.standing().filter(reason=notice.reason, about=notice.about, email=notice.email)
    facts = same.filter(send_after__lte=moment_of(notice)).values_list("fact", flat=True)
    if any(terms.is_later(fact, notice.fact) for fact in facts):
        raise NoLongerSo(OVERTAKEN)


def moment_of(notice: Any) -> datetime.datetime:
    """When it leaves: with its digest, or by itself."""
    return (notice.within or notice).claimed_at


def day_of(notice: Any) -> datetime.date:
    return timezone.localdate(moment_of(notice))
