"""Figures of the network, of projects and clusters: what counts, what does not, the days at both ends."""

import datetime

import pytest

from reports import figures
from tests.factories.centers import (
    CenterFactory,
    CoordinatorFactory,
    MunicipalityFactory,
    PersonFactory,
    StatusGrantFactory,
)
from tests.factories.projects import (
    AchievementFactory,
    ClusterFactory,
    ClusterMemberFactory,
    NetworkProjectFactory,
    ProjectPartnerFactory,
    ProjectStageFactory,
    ResourceFactory,
)

pytestmark = pytest.mark.django_db
YEAR = {"year": 2024}
FIRST, LAST = datetime.date(2024, 1, 1), datetime.date(2024, 12, 31)
DAY = datetime.timedelta(days=1)
ARCHIVED = {"archived_at": "2024-02-01T00:00Z", "archive_reason": "внесено по ошибке"}


def with_status(since: datetime.date, until: datetime.date | None = None, **fields: object) -> int:
    center = CenterFactory(status=None, **fields)
    StatusGrantFactory(center=center, since=since, until=until)
    return center.pk


def test_centers_on_a_day() -> None:
    began, ends = with_status(FIRST), with_status(FIRST - DAY, FIRST)
    with_status(FIRST + DAY)
    with_status(FIRST - DAY, FIRST - DAY)
    assert figures.count("centers_on_day", {"day": "2024-01-01"}) == (2, [began, ends])


def test_centers_that_were_granted_the_status_in_a_year() -> None:
    first, last = with_status(FIRST), with_status(LAST)
    with_status(FIRST - DAY)
    with_status(LAST + DAY)
    assert figures.count("centers_granted", YEAR) == (2, [first, last])


def test_extended_status_is_no_new_one() -> None:
    center = CenterFactory(status=None)
    StatusGrantFactory(center=center, since=FIRST - DAY, until=FIRST - DAY)
    StatusGrantFactory(center=center, since=FIRST)
    again = CenterFactory(status=None)
    StatusGrantFactory(center=again, since=FIRST - 9 * DAY, until=FIRST - 2 * DAY)
    StatusGrantFactory(center=again, since=FIRST)
    assert figures.count("centers_granted", YEAR) == (1, [again.pk])


def test_municipality_with_two_centers_counts_once() -> None:
    river, hill = (MunicipalityFactory(code=code, name=code) for code in ("river", "hill"))
    for _ in range(2):
        with_status(FIRST, organization__municipality=river)
    with_status(LAST + DAY, organization__municipality=hill)
    assert figures.count("municipalities_with_center", YEAR) == (1, [river.pk])


def test_coordinator_of_two_centers_counts_once() -> None:
    person = PersonFactory()
    for _ in range(2):
        CoordinatorFactory(person=person, since=FIRST, until=None)
    CoordinatorFactory(since=FIRST + DAY)
    CoordinatorFactory(since=FIRST - 2 * DAY, until=FIRST - DAY)
    assert figures.count("coordinators_on_day", {"day": "2024-01-01"}) == (1, [person.pk])


def test_projects_begun_in_a_year() -> None:
    first, last = NetworkProjectFactory(since=FIRST), NetworkProjectFactory(since=LAST)
    NetworkProjectFactory(since=FIRST - DAY)
    NetworkProjectFactory(since=LAST + DAY)
    assert figures.count("projects_begun", YEAR) == (2, [first.pk, last.pk])


def test_partner_of_two_projects_counts_once() -> None:
    partner = ProjectPartnerFactory(project__since=FIRST)
    ProjectPartnerFactory(project__since=LAST, organization=partner.organization)
    ProjectPartnerFactory(project__since=LAST + DAY)
    assert figures.count("project_partners", YEAR) == (1, [partner.organization_id])


def test_member_of_two_clusters_counts_once() -> None:
    member = ClusterMemberFactory(cluster__formed_on=FIRST, since=FIRST)
    ClusterMemberFactory(cluster=ClusterFactory(formed_on=FIRST), organization=member.organization, since=LAST)
    ClusterMemberFactory(cluster__formed_on=FIRST, since=FIRST, until=LAST - DAY)
    ClusterMemberFactory(cluster__formed_on=FIRST, since=LAST + DAY)
    ClusterMemberFactory(cluster__formed_on=FIRST, cluster__dissolved_on=LAST, since=FIRST)
    assert figures.count("cluster_members", YEAR) == (1, [member.organization_id])


def test_achievements_count_by_their_year_and_level() -> None:
    first = AchievementFactory(on=FIRST, level="federal")
    last = AchievementFactory(on=LAST, level="regional")
    AchievementFactory(on=LAST + DAY, level="federal")
    AchievementFactory(on=LAST, level="federal", **ARCHIVED)
    codes = ("achievements", "achievements_federal", "achievements_municipal")
    assert {code: figures.count(code, YEAR) for code in codes} == {
        "achievements": (2, [first.pk, last.pk]),
        "achievements_federal": (1, [first.pk]),
        "achievements_municipal": (0, []),
    }


def test_resources_of_a_year() -> None:
    resource = ResourceFactory(year=2024)
    ResourceFactory(year=2023)
    ResourceFactory(year=2024, **ARCHIVED)
    assert figures.count("resources", YEAR) == (1, [resource.pk])


def test_projects_whose_stages_are_overdue_on_a_day() -> None:
    late = ProjectStageFactory(project__since=FIRST, since=FIRST, until=LAST - DAY, progress=99)
    for fields in ({"progress": 100}, {"is_dropped": True}, {"until": LAST}, {"project__until": LAST - DAY}):
        ProjectStageFactory(**{"project__since": FIRST, "since": FIRST, "until": LAST - DAY, **fields})
    assert figures.count("projects_with_stages_overdue", {"day": "2024-12-31"}) == (1, [late.project_id])


def test_what_was_archived_counts_nowhere() -> None:
    NetworkProjectFactory(since=FIRST, **ARCHIVED)
    ClusterFactory(formed_on=FIRST, **ARCHIVED)
    codes = ("projects_under_way", "projects_begun", "clusters_formed")
    assert {code: figures.count(code, YEAR).value for code in codes} == dict.fromkeys(codes, 0)
