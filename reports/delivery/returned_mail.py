"""Messages of the portal that came back, as rows of the home page of their senders."""

import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from centers import returns
from centers.models import User
from centers.models.mailed import Mailed

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
    return _row(f"Приглашение не дошло: {one.person.surname_first}, {one.email}", page, one)


def _address(one: Any) -> dict[str, Any]:
    title = f"Ссылка на новый адрес не дошла: {one.user}, {one.email}"
    return _row(title, reverse("centers:account", args=[one.user_id]), one)


def _notice(one: Any) -> dict[str, Any]:
    title = f"Сообщение о входе в портал не дошло: {one.change.user}, {one.to}"
    return _row(title, reverse("centers:account", args=[one.change.user_id]), one)


def _row(title: str, url: str, one: Mailed) -> dict[str, Any]:
    day = timezone.localtime(one.returned_at)
    note = f"{one.returned_because} Вернулось {day:%d.%m.%Y}."
    return {"title": title, "url": url, "note": note, "status": "bounced", "status_label": "Вернулось"}
