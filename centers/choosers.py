"""How organisations, centres and people are chosen in forms: by typed letters, among those that the person may see."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from centers import permissions
from centers.models import Center, Organization, Person
from rcro_portal.lib.keeping.choosers import Chooser


def _organizations(user: Any) -> QuerySet:  # noqa: ARG001
    return Organization.objects.kept().select_related("municipality")


def _centers(user: Any) -> QuerySet:
    return Center.objects.visible_to(user, timezone.localdate()).select_related("organization__municipality")


def _people(user: Any) -> QuerySet:
    """Of people only the institution's staff knows who there are."""
    return Person.objects.kept() if permissions.is_office(user) else Person.objects.none()


def _where(organization: Any) -> str:
    return ", ".join(filter(None, [organization.municipality.name, organization.inn and f"ИНН {organization.inn}"]))


ORGANIZATIONS = Chooser(kind="organization", rows=_organizations, note=_where)
NOT_YET_CENTERS = Chooser(
    kind="not-yet-center",
    rows=lambda user: _organizations(user).filter(center__isnull=True),
    note=_where,
)
CENTERS = Chooser(
    kind="center",
    rows=_centers,
    note=lambda center: _where(center.organization),
    keys=("organization__search_key",),
    order=("organization__sort_key", "pk"),
)
PEOPLE = Chooser(kind="person", rows=_people, note=lambda person: person.email)
