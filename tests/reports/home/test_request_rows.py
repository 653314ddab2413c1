"""Requests for information on the home page: what a centre is asked, what waits for the methodist."""

import pytest

from reports.home import request_rows
from reports.home.reader import Reader
from tests import clock
from tests.factories.centers import CenterFactory, coordinator, staff
from tests.factories.requests import asked, submitted

pytestmark = pytest.mark.django_db


def test_centre_sees_what_it_owes_and_methodist_what_to_review() -> None:
    own, other = asked(CenterFactory(), CenterFactory())
    user = coordinator(own.center)
    (row,) = request_rows.owed(Reader(user, clock.now()))
    assert (row["title"], row["note"], row["tone"]) == (own.request.title, str(own.center), "overdue")
    assert request_rows.to_review() == []
    submitted(own, by=user, answer="1")
    submitted(other, answer="2")
    assert request_rows.owed(Reader(user, clock.now())) == []
    (row,) = request_rows.to_review()
    assert (row["title"], row["count"]) == (own.request.title, 2)
    assert row["url"].endswith(f"?request={own.request_id}&status=in_review")


def test_others_are_asked_nothing() -> None:
    asked()
    assert request_rows.owed(Reader(staff("methodist"), clock.now())) == []
