"""Messages of the portal that came back, as rows of the home page of their senders."""

import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from centers import returns
from centers.models import User
from rcro_portal.lib.notices.messages import MessageStatus
from rcro_portal.models import Notice

ROWS = 20


def rows(user: User, now: datetime.datetime) -> list[dict[str, Any]]:
    """For those who invite their own invitations; for the administrator all, and accounts that mail does not reach."""
    found = [_invitation(one) for one in returns.invitations(user, now)]
    if "administrator" in user.roles:
        found += [_address(one) for one in returns.address_changes(now)]
        found += [_notice(one) for one in returns.unreachable()]
    return found[:ROWS]


def _invitation(one: Any) -> dict[str, Any]:
    page = f"{reverse('centers:invitation-new')}?person={one.person_id}"
    return _row(f"Приглашение {_fate(one.notice)}: {one.person.surname_first}, {one.email}", page, one.notice)


def _address(one: Any) -> dict[str, Any]:
    title = f"Ссылка на новый адрес {_fate(one.notice, 'не дошла')}: {one.user}, {one.email}"
    return _row(title, reverse("centers:account", args=[one.user_id]), one.notice)


def _notice(one: Any) -> dict[str, Any]:
    title = f"Сообщение о входе в портал {_fate(one)}: {one.user}, {one.email}"
    return _row(title, reverse("centers:account", args=[one.user_id]), one)


def _fate(notice: Notice, not_there: str = "не дошло") -> str:
    return "могло не дойти" if notice.status == MessageStatus.UNKNOWN else not_there


def _row(title: str, url: str, notice: Notice) -> dict[str, Any]:
    returned = "Вернулось" if notice.bounced_at else "Отправлялось"
    day = timezone.localtime(notice.bounced_at or notice.claimed_at)
    note = f"{notice.error} {returned} {day:%d.%m.%Y}."
    label = MessageStatus(notice.status).label
    return {"title": title, "url": url, "note": note, "status": notice.status, "status_label": label}
