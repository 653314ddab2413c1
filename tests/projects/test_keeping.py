"""What methodists keep of projects and clusters, and what a coordinator writes of the own centre."""

import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from projects.models import Achievement, Cluster, NetworkProject, ProjectStage, Resource
from rcro_portal.lib import store
from rcro_portal.models import RecordChange
from tests.factories import brought
from tests.factories.centers import CenterFactory, OrganizationFactory, PersonFactory, coordinator, staff
from tests.factories.projects import (
    AchievementFactory,
    ClusterMemberFactory,
    NetworkProjectFactory,
    ProjectLeadFactory,
    ProjectStageFactory,
    ResourceFactory,
)

pytestmark = pytest.mark.django_db
STAGE = {"title": "Подготовка", "since": "2020-09-01", "until": "2021-05-31", "progress": "0"}


def errors(answer: Any) -> dict[str, list[str]]:
    return {name: list(words) for name, words in answer.context["form"].errors.items()}


def test_a_project_is_made_with_its_centre_and_stages(client: Client) -> None:
    client.force_login(staff("methodist"))
    curator, center = PersonFactory(), CenterFactory()
    page = {"title": "Река знаний", "theme": "исследования", "curator": curator.pk, "since": "2020-09-01"}
    made = client.post("/projects/new/", {**page, "key": uuid.uuid4()}, follow=True)
    project = NetworkProject.objects.get()
    client.post(f"/projects/{project.pk}/leads/new/", {"center": center.pk})
    client.post(f"/projects/{project.pk}/stages/new/", STAGE)
    card = client.get(f"/projects/{project.pk}/").text
    assert made.redirect_chain == [(f"/projects/{project.pk}/", 302)]
    assert [word for word in (str(center), curator.full_name, "Подготовка", "Просрочен") if word not in card] == []


def test_a_stage_stays_inside_the_project_and_names_the_day_in_the_way(client: Client) -> None:
    client.force_login(staff("methodist"))
    project = NetworkProjectFactory(since="2020-09-01", until="2021-06-30")
    found = {
        name: errors(client.post(f"/projects/{project.pk}/stages/new/", {**STAGE, **changed}))
        for name, changed in {
            "early": {"since": "2020-08-31"},
            "late": {"until": "2021-07-01"},
            "turned": {"until": "2020-08-01"},
            "much": {"progress": "101"},
        }.items()
    }
    assert {name: sorted(found[name]) for name in ("turned", "much")} == {"turned": ["until"], "much": ["progress"]}
    assert all("Этап не выходит за срок проекта." in str(found[name]) for name in ("early", "late"))
    assert not ProjectStage.objects.exists()


def test_a_coordinator_of_a_leading_centre_tells_progress_and_nothing_else(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    lead = ProjectLeadFactory()
    stage = ProjectStageFactory(project=lead.project, title="Подготовка")
    edit = f"/projects/{lead.project_id}/stages/{stage.pk}/edit/"
    client.force_login(coordinator(lead.center))
    with django_assert_max_num_queries(12):
        card = client.get(f"/projects/{lead.project_id}/").text
    assert (edit in card, "stages/new/" in card, "leads/new/" in card) == (True, False, False)
    typed = {"title": "Иное", "since": "2019-01-01", "until": "2030-01-01", "is_dropped": "on"}
    page = client.get(edit)
    seen = page.context["form"]["seen"].value()
    assert "delete" not in page.text
    sent = {**typed, "progress": "60", "result": "Набраны группы.", "why": "отчёт", "seen": seen}
    assert client.post(edit, sent).status_code == 302
    stage.refresh_from_db()
    told = (stage.title, stage.progress, stage.result, stage.is_dropped, f"{stage.since} {stage.until}")
    assert told == ("Подготовка", 60, "Набраны группы.", False, "2020-01-01 2020-12-31")
    assert RecordChange.objects.filter(table="projects_projectstage", why="отчёт").count() == 1
    client.force_login(coordinator())
    assert client.post(edit, sent).status_code == 403


def test_members_of_a_cluster_are_named_once_at_a_time_and_leave(client: Client) -> None:
    client.force_login(staff("methodist"))
    member = ClusterMemberFactory()
    base = f"/clusters/{member.cluster_id}/members/"
    again = {"organization": member.organization_id, "role": "участник", "since": "2021-01-01"}
    refused = client.post(f"{base}new/", again)
    assert (refused.status_code, "один раз" in refused.text) == (422, True)
    assert client.post(f"{base}{member.pk}/end/", {"until": "2020-12-31"}).status_code == 302
    assert client.post(f"{base}new/", again).status_code == 302
    joined = client.post(f"{base}new/", {**again, "organization": OrganizationFactory().pk, "since": "2019-01-01"})
    assert "пока он существует" in str(errors(joined))
    assert list(Cluster.objects.get().memberships.order_by("since").values_list("role", flat=True)) == ["", "участник"]


MADE = {"title": "Сборник", "kind": "collection", "authors": "Ветрова М.И.", "year": "2021", "licence": "cc_by"}


def file(name: str = "сборник.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, brought.pdf())


def test_a_coordinator_adds_a_file_of_the_own_centre(client: Client) -> None:
    own, other = CenterFactory(), CenterFactory()
    client.force_login(coordinator(own))
    refused = {
        "nobody's": errors(client.post("/resources/new/", {**MADE, "upload": file()})),
        "another's": errors(client.post("/resources/new/", {**MADE, "center": other.pk, "upload": file()})),
        "nothing": errors(client.post("/resources/new/", {**MADE, "center": own.pk})),
        "both": errors(
            client.post("/resources/new/", {**MADE, "center": own.pk, "link": "https://a.example", "upload": file()})
        ),
    }
    assert {name: sorted(found) for name, found in refused.items()} == {
        "nobody's": ["center"],
        "another's": ["center"],
        "nothing": ["upload"],
        "both": ["link"],
    }
    assert client.get("/resources/new/").context["form"]["center"].value() == own.pk
    client.post("/resources/new/", {**MADE, "center": own.pk, "upload": file()})
    made = Resource.objects.get()
    assert (made.center, made.file_name, store.read(made.digest)) == (own, "сборник.pdf", brought.pdf())


def test_a_link_takes_the_place_of_a_file_and_a_file_that_of_a_link(client: Client) -> None:
    client.force_login(staff("methodist"))
    row = ResourceFactory(**{**MADE, "year": 2021})
    page = {**MADE, "center": row.center_id, "link": row.link}
    assert client.post(f"/resources/{row.pk}/edit/", {**page, "upload": file()}).status_code == 302
    row.refresh_from_db()
    assert (row.link, row.file_name) == ("", "сборник.pdf")
    assert client.post(f"/resources/{row.pk}/edit/", {**page, "link": ""}).status_code == 302
    assert client.post(f"/resources/{row.pk}/edit/", {**page, "link": "https://new.example/"}).status_code == 302
    row.refresh_from_db()
    assert (row.link, row.file_name, row.digest, row.size) == ("https://new.example/", "", "", 0)


def test_a_coordinator_writes_neither_for_others_nor_of_their_people(client: Client) -> None:
    own = CenterFactory()
    user = coordinator(own)
    client.force_login(user)
    page = {"title": "Учитель года", "kind": "contest", "level": "regional", "on": "2021-04-12"}
    alien = {**page, "center": own.pk, "person": PersonFactory().pk}
    assert sorted(errors(client.post("/achievements/new/", alien))) == ["person"]
    mine = {**page, "center": own.pk, "person": user.person_id, "roubles": "300000", "upload": file("диплом.pdf")}
    assert client.post("/achievements/new/", mine).status_code == 302
    made = Achievement.objects.get()
    assert (made.person, made.roubles, made.file_name) == (user.person, 300_000, "диплом.pdf")
    foreign = ResourceFactory()
    led = AchievementFactory(center=None, project=ProjectLeadFactory(center=own).project)
    assert client.post(f"/resources/{foreign.pk}/edit/", {}).status_code == 403
    assert client.get(f"/achievements/{led.pk}/edit/").status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_cards_cost_the_same_whatever_hangs_on_them(rows: int, client: Client, django_assert_num_queries: Any) -> None:
    client.force_login(staff("methodist"))
    lead, member = ProjectLeadFactory(), ClusterMemberFactory()
    for _ in range(rows):
        ProjectStageFactory(project=lead.project)
        ResourceFactory(project=lead.project)
        AchievementFactory(project=lead.project)
        ClusterMemberFactory(cluster=member.cluster)
    with django_assert_num_queries(11):
        client.get(f"/projects/{lead.project_id}/")
    with django_assert_num_queries(6):
        client.get(f"/clusters/{member.cluster_id}/")
