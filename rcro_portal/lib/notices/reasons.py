"""Why the portal writes to people: each app names its reasons, and one page shows them all."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.conf import settings
from django.utils.module_loading import import_string

from rcro_portal.lib import post


class Line(NamedTuple):
    """What a digest says of one fact, or a plain message of its only one."""

    words: str
    url: str = ""


class Body(NamedTuple):
    """A message in words of its own: ``template`` («mail/…», text and page) and what that is given.

    ``invitation`` goes along for the calendar of whoever reads it.
    """

    template: str
    context: dict[str, Any]
    invitation: post.Invitation | None = None


@dataclass(frozen=True)
class Reason:
    """``words`` and ``whom`` are read on the page of reasons. ``line`` or ``body`` makes the words at sending, of the
    row of the notice; either raises ``sending.NoLongerSo`` where the fact is none any more.

    ``by_night``: it does not wait for the morning. ``doubled``: a message whose worker died goes once more, for one
    that comes twice does no harm and one that never comes does; all others are left to a person.

    ``by_choice``: at once or in the digest, as the person has chosen, and as ``in_digest`` says where they have not.
    ``may_stop``: a reminder, which whoever has it may stop by one press.
    """

    key: str
    words: str
    whom: str
    line: Callable[[Any], Line] | None = None
    body: Callable[[Any], Body] | None = None
    in_digest: bool = False
    by_night: bool = False
    doubled: bool = False
    by_choice: bool = False
    may_stop: bool = False

    @property
    def own_table(self) -> bool:
        """Its messages are rows of another table, and say there what became of them."""
        return self.line is None and self.body is None

    @property
    def asks_choice(self) -> bool:
        return self.by_choice or self.may_stop

    @property
    def when(self) -> str:
        said = "утром, в сводке" if self.in_digest else "сразу, и ночью" if self.by_night else "сразу; ночью ждёт утра"
        own = ["иначе, если так выбрал получатель"] * self.by_choice + ["можно отказаться"] * self.may_stop
        return "; ".join([said, *own])


def every_reason() -> tuple[Reason, ...]:
    """Those of all apps, as ``settings.NOTICE_REASONS`` lists them."""
    return tuple(reason for path in settings.NOTICE_REASONS for reason in import_string(path))


def named(key: str) -> Reason:
    """Raises KeyError where no app knows it any more."""
    return {reason.key: reason for reason in every_reason()}[key]
