"""What the methodist keeps here, as ``rcro_portal.lib.keeping`` makes pages of it."""

import datetime
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from centers import permissions
from centers.models import Center, Organization, OrganizationName, OrganizationRole, StatusChange, StatusGrant
from centers.organizations import naming, statuses
from centers.organizations.forms import FormerNameForm, OrganizationForm, RenameForm, RoleForm
from centers.organizations.status_forms import CenterForm, GrantForm, StatusActForm
from rcro_portal.lib import russian
from rcro_portal.lib.keeping import Act, Keeper, Noun, Part
from rcro_portal.lib.validity import Dated

RECENTLY = datetime.timedelta(days=92)
KEEPERS = "Организации ведут методист сети и администратор."
CENTER_KEEPERS = "Статус центров ведут методист сети и администратор."


def _may(user: Any, row: Any) -> str:  # noqa: ARG001
    return "" if permissions.may_keep(user) else KEEPERS


def _every(user: Any, day: Any) -> QuerySet:  # noqa: ARG001
    return Organization.objects.select_related("municipality")


def term(row: Any) -> str:
    """«с 01.09.2020 по 31.08.2023», of what is known."""
    since = f"с {russian.short_date(row.since)}" if row.since else ""
    until = f"по {russian.short_date(row.until)}" if row.until else ""
    return " ".join(filter(None, (since, until)))


def _role_note(role: Dated) -> str:
    return ", ".join(filter(None, (term(role), getattr(role, "basis", ""))))


FORMER_NAMES = Part(
    model=OrganizationName,
    form=FormerNameForm,
    noun=Noun("Прежнее наименование", "Прежнее наименование", "прежнее наименование"),
    name="former-name",
    route="names/",
    owner="organization",
    title="Прежние наименования",
    empty="Прежних наименований не внесено.",
    note=term,
    order=("-until", "-pk"),
    create=naming.create,
    change=naming.change,
)
ROLES = Part(
    model=OrganizationRole,
    form=RoleForm,
    noun=Noun("Роль", "Новая роль", "роль"),
    name="organization-role",
    route="roles/",
    owner="organization",
    title="Роли в регионе",
    empty="Особых ролей нет. Например: региональный оператор олимпиады.",
    note=_role_note,
    ends=True,
)
RENAME = Act(
    key="rename",
    label="Переименовать с …",
    title="Переименование",
    done="переименовано",
    form=RenameForm,
    verb=naming.rename,
)
ORGANIZATIONS = Keeper(
    model=Organization,
    form=OrganizationForm,
    noun=Noun("Организация", "Новая организация", "организацию"),
    app="centers",
    name="organization",
    route="organizations/",
    seen=_every,
    may=_may,
    parts=(ROLES, FORMER_NAMES),
    acts=(RENAME,),
    not_archived=lambda organization: _is_a_center(organization),
    create=naming.create,
    change=naming.change,
)


def _is_a_center(organization: Any) -> str:
    lasts = Q(until__isnull=True) | Q(until__gte=timezone.localdate())
    is_one = StatusGrant.objects.filter(lasts, center__organization=organization).exists()
    return (
        "У организации статус РВЦИ, нынешний или будущий. Сначала прекратите его на карточке центра." if is_one else ""
    )


def _grants(rows: Any) -> QuerySet:
    return rows.prefetch_related(Prefetch("changes", StatusChange.objects.order_by("act_on", "pk")))


def _acts_of(grant: Any) -> str:
    """«с 01.09.2020 по 31.08.2023; продлён распоряжением № 17-р от 01.08.2022»."""
    return "; ".join([term(grant), *map(str, grant.changes.all())])


def goes_on(grant: Any) -> bool:
    """Acts on what ended long ago are not offered."""
    return grant.until is None or grant.until >= timezone.localdate() - RECENTLY


GRANTS = Part(
    model=StatusGrant,
    form=GrantForm,
    noun=Noun("Присвоение статуса", "Новый срок статуса", "срок статуса"),
    name="status-grant",
    route="grants/",
    owner="center",
    title="Статус РВЦИ",
    empty="Статус не присвоен.",
    line=lambda grant: f"Распоряжение № {grant.act_number} от {russian.short_date(grant.act_on)}",
    note=_acts_of,
    rows=_grants,
    acts=(
        Act(
            key="extend",
            label="Продлить",
            title="Продление статуса",
            done="продлено",
            form=StatusActForm,
            verb=statuses.extend,
            is_open=lambda grant: grant.until is not None and goes_on(grant),
        ),
        Act(
            key="withdraw",
            label="Прекратить",
            title="Прекращение статуса",
            done="прекращено",
            form=StatusActForm,
            verb=statuses.withdraw,
            is_open=goes_on,
        ),
    ),
)
CENTERS = Keeper(
    model=Center,
    form=CenterForm,
    noun=Noun("Центр", "Новый центр", "центр", "Центры"),
    app="centers",
    name="center",
    route="centers/",
    seen=lambda user, day: Center.objects.visible_to(user, day).select_related("organization"),
    may=lambda user, row: "" if permissions.may_keep(user) else CENTER_KEEPERS,  # noqa: ARG005
    parts=(GRANTS,),
    create=statuses.make_center,
    edits=False,
    lead="Нет организации в списке? Сначала внесите её в «Организации».",
)
