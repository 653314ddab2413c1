"""The published registers of projects and clusters."""

from typing import Any

import pytest
from django.test import Client

from tests.factories.centers import CenterFactory, MunicipalityFactory, coordinator, staff
from tests.factories.projects import (
    ClusterFactory,
    ClusterMemberFactory,
    NetworkManagementModelFactory,
    NetworkProjectFactory,
    ProjectLeadFactory,
    ProjectPartnerFactory,
    ProjectStageFactory,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_projects_costs_the_same(rows: int, client: Client, django_assert_num_queries: Any) -> None:
    client.force_login(staff("methodist"))
    for _ in range(rows):
        project = NetworkProjectFactory()
        ProjectLeadFactory(project=project)
        ProjectLeadFactory(project=project)
    with django_assert_num_queries(7):
        answer = client.get("/projects/")
    assert [len(project.leads.all()) for project in answer.context["table"].page] == [2] * rows


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_clusters_costs_the_same(rows: int, client: Client, django_assert_num_queries: Any) -> None:
    client.force_login(staff("methodist"))
    for _ in range(rows):
        cluster = ClusterFactory()
        ClusterMemberFactory(cluster=cluster)
        ClusterMemberFactory(cluster=cluster, organization=CenterFactory().organization)
        ClusterMemberFactory(cluster=cluster, until="2021-01-01")
    with django_assert_num_queries(6):
        answer = client.get("/clusters/")
    assert [(one.member_count, one.center_count) for one in answer.context["table"].page] == [(2, 1)] * rows


def test_projects_are_searched_in_capitals_and_by_year(client: Client) -> None:
    client.force_login(staff("methodist"))
    NetworkProjectFactory(title="Река знаний", since="2016-09-01", until="2019-06-30")
    NetworkProjectFactory(title="Берёзовый путь", since="2020-09-01")
    found = {query: titles(client, query) for query in ("q=БЕРЕЗОВЫЙ", "year=2017", "year=2020", "year=1999")}
    assert found == {
        "q=БЕРЕЗОВЫЙ": ["Берёзовый путь"],
        "year=2017": ["Река знаний"],
        "year=2020": ["Берёзовый путь"],
        "year=1999": ["Берёзовый путь", "Река знаний"],
    }


def titles(client: Client, query: str) -> list[str]:
    return [project.title for project in client.get(f"/projects/?{query}").context["table"].page]


def test_projects_are_filtered_by_theme_place_state_and_model(client: Client) -> None:
    client.force_login(staff("methodist"))
    place = MunicipalityFactory(code="les", name="Лесной район")
    lead = ProjectLeadFactory(center__organization__municipality=place, project__title="Лесной", project__theme="лес")
    NetworkManagementModelFactory(project=lead.project, center=lead.center)
    ProjectStageFactory(project=lead.project, progress=50)
    NetworkProjectFactory(title="Прошлый", since="2016-09-01", until="2019-06-30")
    NetworkProjectFactory(title="Будущий", since="2100-09-01")
    queries = ["theme=лес", "municipality=les", "model=yes", "model=no", "state=now", "state=overdue"]
    found = {query: titles(client, query) for query in (*queries, "state=coming", "state=ended")}
    assert found == {
        **{query: ["Лесной"] for query in queries},
        "model=no": ["Будущий", "Прошлый"],
        "state=coming": ["Будущий"],
        "state=ended": ["Прошлый"],
    }


def test_a_project_names_its_people_places_and_models(client: Client) -> None:
    lead = ProjectLeadFactory(center__organization__short_name="Ведущий лицей")
    ProjectPartnerFactory(project=lead.project, organization__short_name="Завод-партнёр")
    NetworkManagementModelFactory(project=lead.project, center=lead.center)
    client.force_login(staff("methodist"))
    page = client.get(f"/projects/{lead.project_id}/").content.decode()
    assert [word for word in ("Ведущий лицей", "Завод-партнёр", "с 01.01.2020", "Идёт") if word not in page] == []


def test_a_coordinator_reads_all_but_opens_only_the_own_centre(client: Client) -> None:
    own, other = CenterFactory(), CenterFactory()
    project = NetworkProjectFactory()
    cluster = ClusterFactory()
    for center in (own, other):
        ProjectLeadFactory(project=project, center=center)
        ClusterMemberFactory(cluster=cluster, organization=center.organization)
    client.force_login(coordinator(own))
    for path in (f"/projects/{project.pk}/", f"/clusters/{cluster.pk}/"):
        page = client.get(path).content.decode()
        assert [pk for pk in (own.pk, other.pk) if f'href="/centers/{pk}/"' in page] == [own.pk]


def test_a_cluster_tells_present_members_from_past_ones(client: Client) -> None:
    cluster = ClusterFactory()
    now = ClusterMemberFactory(cluster=cluster)
    past = ClusterMemberFactory(cluster=cluster, until="2021-01-01")
    client.force_login(staff("methodist"))
    context = client.get(f"/clusters/{cluster.pk}/").context
    assert [[line.row for line in context[name]] for name in ("members", "former")] == [[now], [past]]


def test_dissolved_clusters_are_filtered(client: Client) -> None:
    ClusterFactory(name="Живой")
    ClusterFactory(name="Распущенный", dissolved_on="2022-01-01")
    client.force_login(staff("methodist"))
    found = {
        state: [one.name for one in client.get(f"/clusters/?state={state}").context["table"].page]
        for state in ("now", "ended", "")
    }
    assert found == {"now": ["Живой"], "ended": ["Распущенный"], "": ["Живой", "Распущенный"]}


@pytest.mark.parametrize("path", ["/projects/1/", "/clusters/1/"])
def test_what_is_not_there_is_not_found(path: str, client: Client) -> None:
    client.force_login(staff("methodist"))
    assert client.get(path).status_code == 404
