"""Named constraints of incoming letters and of work that is handed over, tried like those of ``test_constraints``."""

from collections.abc import Callable

import pytest

from reports.models import IncomingLetter, WorkHandOver
from tests.constraints import change, kept_by
from tests.factories.centers import PersonFactory, UserFactory
from tests.factories.moments import SENT_AT

pytestmark = pytest.mark.django_db


def incoming() -> IncomingLetter:
    row = {"sender_name": "Лицей", "subject": "О приборах", "received_on": SENT_AT.date()}
    return IncomingLetter.objects.create(registered_by=UserFactory(), registered_at=SENT_AT, **row)


def handed_over() -> WorkHandOver:
    by = UserFactory()
    return WorkHandOver.objects.create(giver=PersonFactory(), receiver=by.person, by=by, at=SENT_AT)


# The row, and what breaks it.
BROKEN: dict[str, tuple[Callable[[], object], Callable[[object], None]]] = {
    "incoming_status_is_known": (incoming, lambda row: change(row, status="lost")),
    "work_is_handed_to_somebody_else": (handed_over, lambda row: change(row, receiver=row.giver)),
    "resolution_is_whole": (incoming, lambda row: change(row, resolution="Ответить.")),
    "incoming_letter_in_work_has_its_resolution": (incoming, lambda row: change(row, status="in_work")),
}


@pytest.mark.parametrize("name", BROKEN)
def test_constraint_holds(name: str) -> None:
    make, breaks = BROKEN[name]
    row = make()
    with kept_by(name):
        breaks(row)
