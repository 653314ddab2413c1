import datetime
from collections.abc import Callable

import pytest

from centers.accounts import addresses
from centers.models import AddressChange, CalendarYear
from tests.constraints import change, double, kept_by, names
from tests.factories.centers import (
    CoordinatorFactory,
    DegreeFactory,
    EmploymentFactory,
    InvitationFactory,
    MunicipalityFactory,
    NotSameFactory,
    OrganizationFactory,
    OrganizationNameFactory,
    OrganizationRoleFactory,
    PersonFactory,
    PersonMergeFactory,
    StaffPostFactory,
    StatusChangeFactory,
    StatusGrantFactory,
    UserFactory,
)
from tests.factories.moments import LONG_AGO, SENT_AT

pytestmark = pytest.mark.django_db
BEFORE = LONG_AGO - datetime.timedelta(days=1)


def address_change() -> AddressChange:
    return addresses.prepare(user=UserFactory(), email="new@school.example", by=None, at=SENT_AT)


# The row, and what breaks it.
BROKEN: dict[str, tuple[Callable[[], object], Callable[[object], None]]] = {
    "staffpost_does_not_end_before_it_begins": (StaffPostFactory, lambda row: change(row, until=BEFORE)),
    "person_holds_a_post_once_at_a_time": (StaffPostFactory, lambda row: double(row, title="другая")),
    "inn_belongs_to_one_organization": (
        lambda: OrganizationFactory(inn="7017033960"),
        lambda row: double(row, full_name="Другая"),
    ),
    "ogrn_belongs_to_one_organization": (
        lambda: OrganizationFactory(ogrn="1027000851370"),
        lambda row: double(row, full_name="Другая"),
    ),
    "municipality_bears_its_own_name": (MunicipalityFactory, lambda row: double(row, code="another")),
    "organization_is_archived_for_a_reason": (OrganizationFactory, lambda row: change(row, archive_reason="закрыта")),
    "name_does_not_end_before_it_begins": (OrganizationNameFactory, lambda row: change(row, until=BEFORE)),
    "one_name_ends_on_one_day": (OrganizationNameFactory, lambda row: double(row, short_name="Другое")),
    "organizationrole_does_not_end_before_it_begins": (OrganizationRoleFactory, lambda row: change(row, until=BEFORE)),
    "act_changes_a_grant_once": (StatusChangeFactory, lambda row: double(row, act="withdrawn")),
    "statusgrant_does_not_end_before_it_begins": (StatusGrantFactory, lambda row: change(row, until=BEFORE)),
    "center_holds_the_status_once_at_a_time": (StatusGrantFactory, lambda row: double(row, act_number="1-р")),
    "coordinator_does_not_end_before_it_begins": (CoordinatorFactory, lambda row: change(row, until=BEFORE)),
    "center_has_one_coordinator_at_a_time": (CoordinatorFactory, lambda row: double(row, title="другая")),
    "year_of_the_calendar_is_sane": (
        lambda: CalendarYear.objects.create(year=2028),
        lambda row: change(row, year=1917),
    ),
    "person_changes_one_address_at_a_time": (
        address_change,
        lambda row: double(row, secret_digest="другой", notice_id=None),
    ),
    "address_change_expires_after_it_is_asked": (address_change, lambda row: change(row, expires_at=row.asked_at)),
    "address_change_is_confirmed_or_stopped": (
        address_change,
        lambda row: change(row, confirmed_at=SENT_AT, stopped_at=SENT_AT),
    ),
    "person_is_archived_for_a_reason": (PersonFactory, lambda row: change(row, archive_reason="ушла")),
    "employment_does_not_end_before_it_begins": (EmploymentFactory, lambda row: change(row, until=BEFORE)),
    "degree_does_not_end_before_it_begins": (DegreeFactory, lambda row: change(row, until=BEFORE)),
    "rank_of_a_degree_is_known": (DegreeFactory, lambda row: change(row, rank="master")),
    "person_is_merged_once_at_a_time": (PersonMergeFactory, lambda row: double(row, kept=PersonFactory())),
    "nobody_is_merged_with_themselves": (PersonMergeFactory, lambda row: change(row, kept=row.gone)),
    "merge_undone_says_by_whom": (PersonMergeFactory, lambda row: change(row, undone_at=SENT_AT)),
    "pair_is_told_apart_once": (NotSameFactory, double),
    "pair_stands_in_one_order": (NotSameFactory, lambda row: change(row, first=row.second, second=row.first)),
    "invitation_expires_after_it_is_sent": (InvitationFactory, lambda row: change(row, expires_at=row.invited_at)),
}


@pytest.mark.parametrize("name", BROKEN)
def test_constraint_holds(name: str) -> None:
    make, breaks = BROKEN[name]
    row = make()
    with kept_by(name):
        breaks(row)


def test_all_are_tried() -> None:
    assert set(BROKEN) == names("centers")


def test_what_has_ended_may_begin_again() -> None:
    for post in (StaffPostFactory(until=LONG_AGO), StatusGrantFactory(until=LONG_AGO)):
        double(post, since=LONG_AGO + datetime.timedelta(days=1), until=None)
    OrganizationFactory(inn="")
    OrganizationFactory(inn="")
