"""Resources: published to all who log in; who opens one counts once a day."""

from typing import Any

import pytest
from django.test import Client

from projects.models import ResourceDownload
from rcro_portal.lib import store
from tests.factories import brought
from tests.factories.centers import CenterFactory, coordinator, staff
from tests.factories.projects import NetworkProjectFactory, ResourceDownloadFactory, ResourceFactory

pytestmark = pytest.mark.django_db
DIPLOMA = brought.pdf()


def titles(client: Client, query: str) -> list[str]:
    return [row.title for row in client.get(f"/resources/?{query}").context["table"].page]


def test_resources_are_found_by_words_and_filters(client: Client) -> None:
    client.force_login(coordinator())
    mine = ResourceFactory(title="Юный исследователь", year=2021, kind="video", licence="network")
    ResourceFactory(title="Прочее", authors="Ветрова М.И.")
    ResourceFactory(title="Отозванное", archived_at="2021-01-01T00:00Z", archive_reason="ошибка")
    queries = ["q=ЮНЫЙ", "year=2021", "kind=video", "licence=network", f"center={mine.center_id}"]
    found = {query: titles(client, query) for query in [*queries, "q=ветрова", "archive=yes", ""]}
    assert found == {query: ["Юный исследователь"] for query in queries} | {
        "q=ветрова": ["Прочее"],
        "archive=yes": ["Отозванное"],
        "": ["Юный исследователь", "Прочее"],
    }


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same(rows: int, client: Client, django_assert_num_queries: Any) -> None:
    client.force_login(staff("methodist"))
    for _ in range(rows):
        ResourceDownloadFactory(resource=ResourceFactory())
        ResourceFactory(center=None, project=NetworkProjectFactory())
    with django_assert_num_queries(6):
        page = client.get("/resources/").context["table"].page
    assert sum(row.download_count for row in page) == rows


def test_who_opens_a_link_counts_once_a_day(client: Client) -> None:
    resource = ResourceFactory()
    for user in (coordinator(), staff("methodist")):
        client.force_login(user)
        for _ in range(2):
            assert client.get(f"/resources/{resource.pk}/open/").headers["Location"] == resource.link
    assert ResourceDownload.objects.filter(resource=resource).count() == 2


def test_a_file_comes_as_it_was_put(client: Client) -> None:
    kept = {"digest": store.put(DIPLOMA), "size": len(DIPLOMA), "file_name": "сборник.pdf"}
    resource = ResourceFactory(link="", **kept)
    client.force_login(coordinator())
    answer = client.get(f"/resources/{resource.pk}/open/")
    assert (answer.content, answer.headers["Content-Type"]) == (DIPLOMA, "application/octet-stream")
    assert "%D1%81%D0%B1%D0%BE%D1%80%D0%BD%D0%B8%D0%BA.pdf" in answer.headers["Content-Disposition"]


def test_what_was_withdrawn_is_not_given_out_and_not_counted(client: Client) -> None:
    resource = ResourceFactory(archived_at="2021-01-01T00:00Z", archive_reason="ошибка")
    client.force_login(coordinator())
    assert client.get(f"/resources/{resource.pk}/open/").status_code == 409
    assert not ResourceDownload.objects.exists()


def test_the_centre_is_found_by_typed_letters_and_the_page_holds_no_other(client: Client) -> None:
    client.force_login(coordinator())
    mine, other = ResourceFactory(title="Юный исследователь"), ResourceFactory(title="Прочее")
    named, unnamed = (str(one.center.organization.short_name) for one in (mine, other))
    page = client.get(f"/resources/?center={mine.center_id}").text
    assert (named in page, unnamed in page) == (True, False)
    typed = client.get("/resources/", {"center-words": named}).text
    assert f'name="center" value="{mine.center_id}"' in typed
    assert (
        titles(client, f"center={CenterFactory().pk}") == titles(client, "center=x") == ["Прочее", "Юный исследователь"]
    )
