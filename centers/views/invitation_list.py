"""The list of invitations: whom, to which address, and what became of it."""

import datetime
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from centers import permissions
from centers.models import Invitation
from centers.views.invitations import NOT_YOURS
from rcro_portal.lib.notices.messages import DOUBTFUL, MessageStatus
from rcro_portal.lib.refusals import require
from rcro_portal.lib.registers import Column, Empty, Filter, Register, answer, badge
from rcro_portal.lib.registers.importing import registry
from rcro_portal.lib.russian import short_date

EMPTY = Empty("Приглашений пока нет", "Нажмите «Пригласить» и выберите человека.")
STATES = [
    ("pending", "ждут ответа"),
    ("returned", "не дошли или неизвестно"),
    ("accepted", "приняты"),
    ("expired", "срок истёк"),
]


def invitation_list(request: HttpRequest, file: str = "") -> HttpResponse:
    require(permissions.may_invite(request.user), NOT_YOURS)
    table = Register(
        Invitation.objects.visible_to(request.user).select_related("person", "invited_by__person", "notice"),
        request.GET,
        url_name="centers:invitation-list",
        title="Приглашения",
        nouns=("приглашение", "приглашения", "приглашений"),
        columns=_columns(timezone.now()),
        default="date",
        empty=EMPTY,
        search="person__search_key",
        search_label="Фамилия, имя",
        brings_in=registry.link_for(request.user, "invitations"),
    )
    return answer(request, table, "centers/invitation_list.html", file)


def _columns(now: datetime.datetime) -> list[Column]:
    return [
        Column(
            "person",
            "Кого",
            "person.full_name",
            names_row=True,
            order=("person__sort_key", "-invited_at"),
            width=36,
        ),
        Column("email", "Адрес", "email", width=30),
        Column("date", "Когда", "invited_at", order="-invited_at", css="nowrap", width=18),
        Column("by", "Кем", lambda row: str(row.invited_by) if row.invited_by else "с сервера", css="nowrap", width=20),
        Column(
            "state",
            "Состояние",
            partial(_state_words, now),
            html=partial(_state_cell, now),
            filter=Filter(STATES, partial(_narrowed, now)),
            width=36,
        ),
    ]


def _narrowed(now: datetime.datetime, rows: Any, value: str) -> QuerySet:
    if value == "accepted":
        return rows.accepted()
    if value == "returned":
        return rows.doubtful(now)
    return rows.pending(now) if value == "pending" else rows.expired(now)


def _state(now: datetime.datetime, row: Invitation) -> tuple[str, str, str, str]:
    """The status, its label, what is said beside it, and the words of the link that sends it again."""
    if row.accepted_at:
        return "accepted", "Принято", _day(row.accepted_at), ""
    if row.expires_at <= now:
        return "", "Срок истёк", "", "Пригласить ещё раз"
    if row.notice and row.notice.status in DOUBTFUL:
        unknown = row.notice.status == MessageStatus.UNKNOWN
        status, label = (MessageStatus.UNKNOWN, "Неизвестно") if unknown else (MessageStatus.BOUNCED, "Не дошло")
        return status, label, row.notice.error, "Отправить снова"
    return "wait", "Ждёт ответа", f"до {_day(row.expires_at)}", ""


def _day(moment: datetime.datetime) -> str:
    return short_date(timezone.localtime(moment).date())


def _state_words(now: datetime.datetime, row: Invitation) -> str:
    _, label, beside, _ = _state(now, row)
    return f"{label} {beside}".strip()


def _state_cell(now: datetime.datetime, row: Invitation) -> SafeString:
    status, label, beside, again = _state(now, row)
    quiet = format_html(' <span class="muted small">{}</span>', beside) if beside else ""
    return format_html("{}{}{}", badge(status, label), quiet, _again(row, again) if again else "")


def _again(row: Invitation, words: str) -> SafeString:
    return format_html(
        ' <a class="small nowrap" href="{}?person={}">{}<span class="visually-hidden">: {}</span></a>',
        reverse("centers:invitation-new"),
        row.person_id,
        words,
        row.person.full_name,
    )
