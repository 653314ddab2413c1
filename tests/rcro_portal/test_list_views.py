"""What readers keep for a list: their views, those of their department, their columns; never rows of others."""

from typing import Any

import pytest
from django.test import Client

from centers.models import User
from rcro_portal.lib.registers import saved
from rcro_portal.models import SavedView
from tests.factories.centers import CenterFactory, DepartmentFactory, coordinator, staff
from tests.factories.projects import ProjectLeadFactory

pytestmark = pytest.mark.django_db
LIST = "/centers/"
SAVE, COLUMNS = "/lists/centers:center-list/views/", "/lists/centers:center-list/columns/"


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def tabs(client: Client, query: str = "") -> list[tuple[str, bool, bool]]:
    table = client.get(f"{LIST}?{query}").context["table"]
    return [(view.name, view.is_current, view.may_delete) for view in table.kept.views]


def test_a_view_is_a_name_for_an_address_line() -> None:
    client = client_of(staff("methodist"))
    sent = {"name": "Лицеи", "query": "q=лицей&order=-projects&page=3&status=&"}
    answer = client.post(SAVE, sent)
    query = "q=%D0%BB%D0%B8%D1%86%D0%B5%D0%B9&order=-projects"
    assert answer.headers["Location"] == f"{LIST}?{query}"
    assert (tabs(client), tabs(client, query)) == ([("Лицеи", False, True)], [("Лицеи", True, True)])
    client.post(SAVE, {**sent, "query": "q=школа"})
    assert [row.query for row in SavedView.objects.all()] == ["q=%D1%88%D0%BA%D0%BE%D0%BB%D0%B0"]
    client.post(f"{SAVE}{SavedView.objects.get().pk}/delete/")
    assert tabs(client) == []


def test_a_department_sees_what_its_methodist_shows_it(settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    department, other = DepartmentFactory(), DepartmentFactory(name="отдел олимпиад")
    methodist, head, clerk = (staff(duty, department) for duty in ("methodist", "head", "clerk"))
    client_of(methodist).post(SAVE, {"name": "Наши", "query": "q=лицей", "is_shared": "on"})
    seen = {user: tabs(client_of(user)) for user in (methodist, head, clerk, staff("head", other))}
    assert list(seen.values()) == [[("Наши", False, True)], [("Наши", False, True)], [("Наши", False, False)], []]
    refused = client_of(clerk).post(SAVE, {"name": "Не для всех", "query": "", "is_shared": "on"})
    assert (refused.status_code, SavedView.objects.count()) == (403, 1)


def test_a_view_shows_its_reader_no_more_than_the_list() -> None:
    """A view of the office, opened by a coordinator: no coordinators of others, no columns that are not theirs."""
    ours, theirs = CenterFactory(), CenterFactory()
    client = client_of(coordinator(ours))
    page = client.get(f"{LIST}?cols=coordinators,projects&order=coordinators")
    assert [head.words for head in page.context["table"].heads] == ["Центр", "Проекты"]
    assert f"/centers/{theirs.pk}/" not in page.text


def test_columns_are_kept_for_their_reader_and_go_into_links() -> None:
    ProjectLeadFactory()
    client = client_of(staff("methodist"))
    answer = client.post(COLUMNS, {"cols": ["projects", "nothing", "<b>"], "query": "q=лицей&cols=status"})
    assert answer.headers["Location"] == f"{LIST}?q=%D0%BB%D0%B8%D1%86%D0%B5%D0%B9"
    page = client.get(LIST)
    assert [head.words for head in page.context["table"].heads] == ["Центр", "Проекты"]
    assert f"{LIST}table.xlsx?cols=projects&" in page.text
    assert client.get(f"{LIST}table.csv?cols=projects").text.splitlines()[0] == "\ufeffЦентр;Проекты"
    assert len(client_of(staff("head")).get(LIST).context["table"].heads) == 5
    client.post(COLUMNS, {"cols": ["projects"], "usual": "1"})
    assert len(client.get(LIST).context["table"].heads) == 5


@pytest.mark.parametrize("sent", [{"name": " "}, {"name": "Д" * 61}, {"name": "Длинный", "query": "q=" + "а" * 1_000}])
def test_what_cannot_be_kept_is_refused_in_words(sent: dict[str, str]) -> None:
    assert client_of(staff("methodist")).post(SAVE, sent).status_code == 409
    assert not SavedView.objects.exists()


def test_views_of_a_list_are_so_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saved, "AT_MOST", 1)
    client = client_of(staff("methodist"))
    answers = [client.post(SAVE, {"name": name, "query": "q=а"}).status_code for name in ("Один", "Один", "Два")]
    assert (answers, SavedView.objects.count()) == ([302, 302, 409], 1)
