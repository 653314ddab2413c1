"""What the prepared world of the tests of rights holds of projects, of what they made and won."""

from typing import TYPE_CHECKING

from rcro_portal.lib import store
from tests import clock
from tests.factories import brought, projects

if TYPE_CHECKING:
    from tests.house.world import World

CANARY = "канарейка"


def _projects(world: "World") -> None:
    """One of each kind, of our centre; and a resource that was withdrawn."""
    document = brought.pdf()
    diploma = {"file_name": "диплом.pdf", "digest": store.put(document), "size": len(document)}
    archived = {"archived_at": clock.now(), "archive_reason": "внесено по ошибке"}
    world.rows |= {
        "project": projects.ProjectLeadFactory(center=world.ours).project,
        "cluster": projects.ClusterMemberFactory(organization=world.ours.organization).cluster,
        "resource": projects.ResourceFactory(center=world.ours),
        "withdrawn": projects.ResourceFactory(center=world.ours, **archived),
        "achievement": projects.AchievementFactory(center=world.ours, title=f"Конкурс: {CANARY}", **diploma),
    }


PREPARED = (_projects,)
