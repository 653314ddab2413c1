"""What the prepared world of the tests of rights holds of the network: coordinators by days, a view of a list."""

import datetime
from typing import TYPE_CHECKING

from rcro_portal.lib.registers import saved
from tests import clock
from tests.factories import centers
from tests.house import world_people, world_plan

if TYPE_CHECKING:
    from tests.house.world import World


def _posts(world: "World") -> None:
    """The coordinator of our centre, and one whose first day has not come."""
    world.rows["vacant"] = centers.CenterFactory()
    tomorrow = clock.today() + datetime.timedelta(days=1)
    coming = centers.CoordinatorFactory(since=tomorrow)
    world.args |= {
        "own.post": (world.people["own"].person.coordinated.get().pk,),
        "coming.post": (coming.pk,),
    }


def _organizations(world: "World") -> None:
    """Our centre's organisation with its role and a former name, one that nothing points to, one in the archive."""
    org = world.rows["org"] = world.ours.organization
    lone = world.rows["lone"] = centers.OrganizationFactory()
    world.rows["shelved"] = centers.OrganizationFactory(archived_at=clock.now(), archive_reason="Закрыта")
    role, former = centers.OrganizationRoleFactory(organization=org), centers.OrganizationNameFactory(organization=org)
    grant = world.ours.grants.get()
    grant.until = datetime.date(2040, 12, 31)
    grant.save(update_fields=["until"])
    world.rows["spent"] = centers.StatusGrantFactory(until=datetime.date(2021, 12, 31)).center
    world.args |= {
        "ours.grant": (world.ours.pk, grant.pk),
        "choice.lone": ("not-yet-center",),
        "org.role": (org.pk, role.pk),
        "org.name": (org.pk, former.pk),
        "lone.role": (lone.pk, role.pk),
        "choice": ("organization",),
        "choice.people": ("person",),
        "choice.none": ("made-up",),
    }


def _views(world: "World") -> None:
    """A view of a list that the methodist shows to the department, the clerk's and the director's among it."""
    query, name = "q=лицей", "centers:center-list"
    at, day = clock.now(), clock.today()
    saved.save(list_name=name, name="Лицеи", query=query, is_shared=True, by=world.people["methodist"], at=at, day=day)
    view = world.people["methodist"].saved_views.get()
    world.args |= {"list": (name,), "list.none": ("reports:letter-detail",), "list.view": (name, view.pk)}


PREPARED = (_posts, _organizations, _views, *world_plan.PREPARED, *world_people.PREPARED)
