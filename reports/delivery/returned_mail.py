"""Messages of the portal that came back, as rows of the home page of their senders."""

import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from centers.accounts import returns
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
    return _row(f"Приглашение {fate(one.notice, 'о')}: {one.person.surname_first}, {one.email}", page, one.notice)


def _address(one: Any) -> dict[str, Any]:
    title = f"Ссылка на новый адрес {fate(one.notice, 'а')}: {one.user}, {one.email}"
    return _row(title, reverse("centers:account", args=[one.user_id]), one.notice)


def _notice(one: Any) -> dict[str, Any]:
    title = f"Сообщение о входе в портал {fate(one, 'о')}: {one.user}, {one.email}"
    return _row(title, reverse("centers:account", args=[one.user_id]), one)


def fate(notice: Notice, ending: str) -> str:
    """«не дошло», «могла не дойти»: by the ending of the noun's gender."""
    return f"могл{ending} не дойти" if notice.status == MessageStatus.UNKNOWN else f"не дошл{ending}"


def _row(title: str, url: str, notice: Notice) -> dict[str, Any]:
    note = f"{notice.error} {_when(notice)}."
    label = MessageStatus(notice.status).label
    return {"title": title, "url": url, "note": note, "status": notice.status, "status_label": label}


def _when(notice: Notice) -> str:
    """A message of before the portal's notices, or one that a halt stopped, was never claimed here."""
    moments = {"Вернулось": notice.bounced_at, "Отправлялось": notice.claimed_at, "Написано": notice.planned_at}
    return next(f"{what} {timezone.localtime(moment):%d.%m.%Y}" for what, moment in moments.items() if moment)
