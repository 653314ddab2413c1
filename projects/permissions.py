"""Who keeps projects, clusters, resources and achievements. What one may not even see, ``visible_to`` leaves out."""

import datetime

from django.utils import timezone

from centers.models import Center, User
from centers.permissions import EDITORS
from projects.models import Achievement, NetworkProject, Resource

KEPT_BY_METHODISTS = "Это вносят методист сети и администратор."
PROGRESS_OF_OTHERS = "Ход этапов отмечают координатор ведущего центра, методист сети и администратор."
OF_OWN_CENTER = "Это вносят координатор центра, о котором запись, методист сети и администратор."


def keeps(user: User) -> bool:
    """Keeps all of them, whosever they are."""
    return bool(user.roles & EDITORS)


def may_keep(user: User, row: object) -> str:  # noqa: ARG001
    """Why this person does not keep projects and clusters; nothing where they do."""
    return "" if keeps(user) else KEPT_BY_METHODISTS


def own_centers(user: User, day: datetime.date) -> frozenset[int]:
    """Keys of the centres that this person coordinates on the day."""
    if "coordinator" not in user.roles:
        return frozenset()
    return frozenset(Center.objects.coordinated_by(user.person, day).values_list("pk", flat=True))


def may_tell_progress(user: User, project: NetworkProject) -> str:
    """Of a project's stages how far they are: also who coordinates a centre that leads it."""
    if keeps(user):
        return ""
    own = Center.objects.coordinated_by(user.person, timezone.localdate())
    leads = "coordinator" in user.roles and project.leads.filter(pk__in=own.values("pk")).exists()
    return "" if leads else PROGRESS_OF_OTHERS


def may_write(user: User, row: Resource | Achievement | None) -> str:
    """The row itself, None for one to come: a coordinator what is of the own centre, or of a project that it leads."""
    if keeps(user):
        return ""
    own = own_centers(user, timezone.localdate())
    if row is None:
        return "" if own else OF_OWN_CENTER
    if row.center_id is not None:
        return "" if row.center_id in own else OF_OWN_CENTER
    leads = row.project.leads.filter(pk__in=own) if row.project else Center.objects.none()
    return "" if leads.exists() else OF_OWN_CENTER
