"""What the prepared world of the tests of rights holds of imports: tables of organisations."""

from typing import TYPE_CHECKING

from rcro_portal.models import ImportAnswer
from tests.factories import imports
from tests.factories.moments import SENT_AT

if TYPE_CHECKING:
    from tests.house.world import World


def tables(world: "World") -> None:
    world.rows |= imports.of_schools(world.office, "Школа № 5")
    told = {"about": "organization", "key": "школа № 5", "said": "new"}
    world.rows["remembered"] = ImportAnswer.objects.create(by=world.office.methodist, at=SENT_AT, **told)
    looked_at, brought_in = world.rows["schools"].pk, world.rows["schools-in"].pk
    world.args |= {
        "of-schools": ("organizations",),
        "of-people": ("people",),
        "of-nothing": ("letters",),
        "schools": ("organizations", looked_at),
        "schools.row": ("organizations", looked_at, 2),
        "schools.in": ("organizations", brought_in),
        "schools.alien": ("people", looked_at),
    }
