"""Those who log in, with the roles that their posts give them today: for the administrator."""

import datetime
from collections import defaultdict
from collections.abc import Sequence
from functools import partial
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from centers.models import Coordinator, StaffPost, User
from centers.models.person import Duty
from centers.views.dictionaries import require_keeper
from rcro_portal.lib.registers import Column, Empty, Filter, Pages, Register, answer

ACTIVE = Filter(
    [("yes", "открыт"), ("no", "закрыт")], lambda rows, value: rows.filter(is_active=value == "yes"), "Вход"
)
ROLES = [*Duty.choices, ("coordinator", "координатор"), ("administrator", "администратор"), ("none", "без роли")]

COLUMNS = (
    Column(
        "person",
        "Кто",
        "person.full_name",
        link=Pages("centers:account"),
        names_row=True,
        order="person__sort_key",
        width=40,
    ),
    Column("email", "Почта для входа", "email", order="email", width=30),
    Column("roles", "Роли сегодня", lambda user: ", ".join(user.roles_now), blank="нет", width=40),
    Column("active", "Вход", lambda user: "открыт" if user.is_active else "закрыт", filter=ACTIVE, width=12),
    Column(
        "last_login",
        "Последний вход",
        "last_login",
        order="-last_login",
        blank="не было",
        css="nowrap",
        width=18,
    ),
)


def user_list(request: HttpRequest, file: str = "") -> HttpResponse:
    require_keeper(request)
    day = timezone.localdate()
    table = Register(
        User.objects.all(),
        request.GET,
        url_name="centers:user-list",
        title="Пользователи",
        nouns=("пользователь", "пользователя", "пользователей"),
        columns=COLUMNS,
        default="person",
        empty=Empty("Пользователей пока нет", "Вход появляется по приглашению."),
        search="person__search_key",
        search_label="Фамилия, имя",
        filters={"role": Filter(ROLES, partial(_in_role, day), "Роль")},
        attach=partial(_attach_roles, day),
        is_void=lambda user: not user.is_active,
    )
    return answer(request, table, "centers/user_list.html", file)


def _in_role(day: datetime.date, rows: Any, value: str) -> QuerySet:
    mine = {"person": OuterRef("person")}
    posts = StaffPost.objects.in_force_on(day).filter(**mine)
    coordinates = Exists(Coordinator.objects.in_force_on(day).filter(**mine))
    if value in Duty.values:
        return rows.filter(Exists(posts.filter(duty=value)))
    if value == "none":
        return rows.filter(~Exists(posts), ~coordinates, is_administrator=False)
    return rows.filter(is_administrator=True) if value == "administrator" else rows.filter(coordinates)


def _attach_roles(day: datetime.date, users: Sequence[Any]) -> None:
    """``roles_now`` in words."""
    people = [user.person_id for user in users]
    roles = defaultdict(list)
    posts = StaffPost.objects.in_force_on(day).filter(person__in=people).order_by("since", "pk")
    for pk, duty in posts.values_list("person", "duty"):
        roles[pk].append(str(Duty(duty).label))
    held = Coordinator.objects.in_force_on(day).filter(person__in=people).order_by("since", "pk")
    for pk, center in held.values_list("person", "center__organization__short_name"):
        roles[pk].append(f"координатор, {center}")
    for user in users:
        user.roles_now = [*dict.fromkeys(roles[user.person_id]), *(["администратор"] if user.is_administrator else [])]
