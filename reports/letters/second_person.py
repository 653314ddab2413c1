"""Two people for an original that the portal cannot judge itself: who brought the file does not confirm it.

A scan of a paper original, or a ГОСТ signature that nobody could check here. An institution with one clerk says so in
its dictionary, by date; then the letter's audit log says that one person did both, and by what order.
"""

import datetime

from django.utils import timezone

from centers.models import User
from rcro_portal.lib.refusals import Refusal
from reports.models import SoleClerk

BROUGHT_BY_YOU = (
    "Этот файл загрузили вы, поэтому подтвердит его другой сотрудник. Пусть другой делопроизводитель подтвердит его, "
    "или исполнитель либо подписавший загрузит файл сам. Если делопроизводитель один, администратор вносит это "
    "в справочник «Подтверждение подлинников одним делопроизводителем»."
)


class OwnUpload(Refusal):
    words = BROUGHT_BY_YOU


def reason_against(brought_by: int | None, by: User, day: datetime.date) -> str:
    """Why this person may not confirm what the account ``brought_by`` brought, in words; empty where they may."""
    return BROUGHT_BY_YOU if brought_by == by.pk and not one_is_enough(day) else ""


def one_is_enough(day: datetime.date) -> bool:
    """Whether the institution says so of that day."""
    return _allowed(day) is not None


def note(brought_by: int | None, by: User, at: datetime.datetime) -> str:
    """For the audit log: by what one person did both; empty where there are two. Raises OwnUpload."""
    if brought_by != by.pk:
        return ""
    allowed = _allowed(timezone.localdate(at))
    if allowed is None:
        raise OwnUpload
    return f"Загрузил и подтвердил один человек: {allowed.basis}"


def _allowed(day: datetime.date) -> SoleClerk | None:
    return SoleClerk.objects.in_force_on(day).order_by("-since", "-pk").first()
