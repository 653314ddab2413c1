"""Both are told that work was handed over: who leaves, that it is taken; who takes it, what it is."""

import datetime
from typing import Any

from events.telling import whom
from events.telling.words import Told
from rcro_portal.lib.notices import following, planning
from rcro_portal.lib.notices.following import Wanted
from rcro_portal.lib.notices.reasons import Body, Line, Reason
from reports.models import WorkHandOver

COUNTED = ("outcomes", "drafts", "approvals", "incoming", "commitments")


def tell(row: WorkHandOver, *, at: datetime.datetime) -> None:
    subject = f"Дела переданы: {row.giver.surname_first} – {row.receiver.surname_first}"
    told = [one for one in map(whom.address, (row.giver, row.receiver)) if one]
    wanted = [Wanted(row, "", "", one.email, one.user, subject, at) for one in told]
    following.tell(reason=HANDED_OVER, wanted=wanted, at=at)


def counted(row: WorkHandOver) -> str:
    """«черновиков писем: 2, входящих писем: 1»."""
    named = ((str(row._meta.get_field(name).verbose_name), getattr(row, name)) for name in COUNTED)
    return ", ".join(f"{words}: {number}" for words, number in named if number)


def _told(notice: Any) -> Told:
    row = WorkHandOver.objects.select_related("giver", "receiver").get(pk=planning.pk_in(notice.about))
    said = f"Принимает: {row.receiver.full_name}. Передаёт: {row.giver.full_name}."
    return Told("Дела переданы.", said, f"{counted(row)}.", path="/", label="Открыть портал")


def _line(notice: Any) -> Line:
    return _told(notice).line()


def _body(notice: Any) -> Body:
    return _told(notice).body(notice)


HANDED_OVER = Reason(
    key="work_handed_over",
    words="Администратор передал дела сотрудника другому",
    whom="Тому, кто передаёт, и тому, кто принимает",
    line=_line,
    body=_body,
)
REASONS = (HANDED_OVER,)
