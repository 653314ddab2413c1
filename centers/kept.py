"""What the methodist keeps here, as ``rcro_portal.lib.keeping`` makes pages of it."""

from typing import Any

from django.db.models import QuerySet

from centers import organizations, permissions
from centers.models import Organization, OrganizationName, OrganizationRole
from centers.organization_forms import FormerNameForm, OrganizationForm, RoleForm
from rcro_portal.lib import russian
from rcro_portal.lib.keeping import Keeper, Noun, Part
from rcro_portal.lib.validity import Dated

KEEPERS = "Организации ведут методист сети и администратор."


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
    create=organizations.create,
    change=organizations.change,
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
    create=organizations.create,
    change=organizations.change,
)
