"""Two administrators close each other at the same moment: one of them remains."""

import pytest

from centers.accounts import access
from centers.models import User
from tests import clock
from tests.factories.centers import administrator
from tests.faults.together import at_once

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]


def test_two_who_close_each_other_leave_one() -> None:
    one, other = administrator(), administrator()
    pairs = [(one, other), (other, one)] * 2
    calls = [
        lambda user=user, by=by: access.close(user=user, why="Уволился", by=by, at=clock.now()) for user, by in pairs
    ]
    ends = at_once(*calls)
    assert ends.count(None) == 1
    assert {type(end) for end in ends} <= {type(None), access.NoLongerAdministrator, access.AlreadySo}
    assert User.objects.filter(is_administrator=True, is_active=True).count() == 1
