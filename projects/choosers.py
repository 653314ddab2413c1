"""How a project, and whoever has achieved something, are chosen in forms: of those that the person may write of.

Above a list: the centres of its rows.
"""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from centers import permissions
from centers.models import Center, Coordinator, Employment, Person
from projects.models import Achievement, NetworkProject, Resource
from rcro_portal.lib.keeping.choosers import Chooser
from rcro_portal.lib.russian import short_span


def _projects(user: Any) -> QuerySet:
    """A coordinator chooses among those that the own centre leads."""
    kept = NetworkProject.objects.kept()
    if permissions.is_office(user):
        return kept
    own = Center.objects.coordinated_by(user.person, timezone.localdate())
    return kept.filter(leads__in=own).distinct()


def _achievers(user: Any) -> QuerySet:
    """A coordinator chooses among the people of the own centre."""
    if permissions.is_office(user):
        return Person.objects.kept()
    day = timezone.localdate()
    own = Center.objects.coordinated_by(user.person, day)
    coordinators = Coordinator.objects.in_force_on(day).filter(center__in=own)
    employed = Employment.objects.in_force_on(day).filter(organization__center__in=own)
    return Person.objects.kept().filter(Q(pk__in=coordinators.values("person")) | Q(pk__in=employed.values("person")))


def _makers(user: Any) -> QuerySet:  # noqa: ARG001
    """Resources are published to everybody."""
    return _centers(Resource.objects.all())


def _awarded(user: Any) -> QuerySet:
    return _centers(Achievement.objects.visible_to(user, timezone.localdate()))


def _centers(rows: QuerySet) -> QuerySet:
    return Center.objects.filter(pk__in=rows.values("center")).select_related("organization__municipality")


def _term(project: Any) -> str:
    return short_span(project.since, project.until) if project.until else f"с {project.since:%d.%m.%Y}"


PROJECTS = Chooser(kind="project", rows=_projects, note=_term)
ACHIEVERS = Chooser(kind="achiever", rows=_achievers, note=lambda person: person.email)
OF_CENTERS: dict[str, Any] = {
    "note": lambda center: center.organization.municipality.name,
    "keys": ("organization__search_key",),
    "order": ("organization__sort_key", "pk"),
    "offers": True,
    "hint": "Название",
}
MAKERS = Chooser(kind="maker", rows=_makers, **OF_CENTERS)
AWARDED = Chooser(kind="awarded", rows=_awarded, **OF_CENTERS)
