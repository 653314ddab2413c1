"""What waits for an approver is asked in as many queries however much it is."""

import pytest
from pytest_django import DjangoAssertNumQueries

from centers.models import User
from reports.approval import approvers
from tests.factories import letters as walked
from tests.factories.approvals import deputise
from tests.factories.centers import DepartmentFactory, staff
from tests.factories.moments import APPROVED_AT
from tests.factories.reports import Office

pytestmark = pytest.mark.django_db


def test_rows_of_the_home_page_cost_the_same_however_many(
    office: Office, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    deputise(office.head, staff("head", DepartmentFactory()))
    for number in (1, 2):
        walked.in_review(office)
        # As each page reads them: what a user remembers of the posts of a day is asked anew.
        reader = User.objects.get(pk=office.head.pk)
        assert reader.roles == {"head"}
        with django_assert_num_queries(5):
            found = approvers.waiting_for(reader, APPROVED_AT.date())
        assert len(found) == number
