"""What the prepared world of the tests of rights holds of projects, of what they made and won."""

from typing import TYPE_CHECKING

from rcro_portal.lib import store
from tests import clock
from tests.factories import brought, projects

if TYPE_CHECKING:
    from tests.house.world import World

CANARY = "канарейка"


def _projects(world: "World") -> None:
    """A project and a cluster of our centre with a row of each part, and one of each in the archive."""
    lead = projects.ProjectLeadFactory(center=world.ours)
    member = projects.ClusterMemberFactory(organization=world.ours.organization)
    project, cluster = lead.project, member.cluster
    world.rows |= {"project": project, "cluster": cluster}
    for name, factory in (("project", projects.NetworkProjectFactory), ("cluster", projects.ClusterFactory)):
        world.rows[f"shelved-{name}"] = factory(archived_at=clock.now(), archive_reason="внесено по ошибке")
    parts = {
        "project-lead": lead,
        "project-partner": projects.ProjectPartnerFactory(project=project),
        "project-stage": projects.ProjectStageFactory(project=project),
        "management-model": projects.NetworkManagementModelFactory(project=project, center=world.ours),
    }
    world.args |= {name: (project.pk, row.pk) for name, row in parts.items()}
    world.args["cluster-member"] = (cluster.pk, member.pk)


def _made_and_won(world: "World") -> None:
    """A resource and an achievement of our centre, and one of each in the archive."""
    document = brought.pdf()
    diploma = {"file_name": "диплом.pdf", "digest": store.put(document), "size": len(document)}
    archived = {"archived_at": clock.now(), "archive_reason": "внесено по ошибке"}
    world.rows |= {
        "resource": projects.ResourceFactory(center=world.ours),
        "open-material": projects.ResourceFactory(center=world.ours, link="", **diploma),
        "shelved-resource": projects.ResourceFactory(center=world.ours, **archived),
        "achievement": projects.AchievementFactory(center=world.ours, title=f"Конкурс: {CANARY}", **diploma),
        "shelved-achievement": projects.AchievementFactory(center=world.ours, title=f"Грант: {CANARY}", **archived),
    }


PREPARED = (_projects, _made_and_won)
