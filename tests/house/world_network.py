"""What the prepared world of the tests of rights holds of the network: coordinators by days."""

import datetime
from typing import TYPE_CHECKING

from tests import clock
from tests.factories import centers

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


PREPARED = (_posts,)
