"""The page of one centre and its card."""

import pytest
from django.test import Client

from centers.models import Center
from tests.factories.centers import CenterFactory, CoordinatorFactory, UserFactory, administrator, coordinator, staff
from tests.factories.events import AttendanceFactory
from tests.factories.projects import ClusterMemberFactory, NetworkManagementModelFactory, ProjectLeadFactory

pytestmark = pytest.mark.django_db
CARD = {
    "email": "School@Zarechny.Example",
    "phone": "8 (3822) 00-00-01, доб. 2",
    "head_name": "Рябинина  Вера Ильинична",
}


@pytest.fixture
def center() -> Center:
    return CenterFactory()


def test_the_page_holds_what_the_network_knows(client: Client, center: Center) -> None:
    ProjectLeadFactory(center=center, project__title="Школа исследователей")
    NetworkManagementModelFactory(center=center, project__title="Модель реки")
    ClusterMemberFactory(organization=center.organization, cluster__name="Кластер «Исток»")
    AttendanceFactory(center=center, event__topic="Открытая лаборатория")
    AttendanceFactory(center=center, event__topic="Пропущенный вебинар", presence="absent")
    CoordinatorFactory(center=center, person__surname="Нынешняя")
    client.force_login(staff("head"))
    page = client.get(f"/centers/{center.pk}/").content.decode()
    words = ["Школа исследователей", "Модель реки", "Кластер «Исток»", "Открытая лаборатория", "Нынешняя", "512-р"]
    assert [word for word in words if word not in page] == []
    assert "Пропущенный вебинар" not in page


def test_history_of_an_organisation_is_asked_for_by_those_who_see_it(client: Client, center: Center) -> None:
    for user, is_asked in ((coordinator(center), False), (staff("head"), True)):
        client.force_login(user)
        page = client.get(f"/organizations/{center.organization_id}/").content.decode()
        assert (f"/history/organization/{center.organization_id}/" in page) == is_asked


@pytest.mark.parametrize("act", ["", "edit/"])
def test_another_centre_does_not_exist_for_a_coordinator(act: str, client: Client, center: Center) -> None:
    client.force_login(coordinator())
    path = f"/centers/{center.pk}/{act}"
    assert [client.get(path).status_code, client.post(path, CARD).status_code] == [404, 404]


def test_a_past_coordinator_does_not_see_the_centre(client: Client, center: Center) -> None:
    user = UserFactory()
    CoordinatorFactory(center=center, person=user.person, until="2024-12-31")
    client.force_login(user)
    assert client.get(f"/centers/{center.pk}/").status_code == 404


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("duty", ["head", "clerk", "director"])
def test_who_only_reads_is_told_who_edits(duty: str, client: Client, center: Center) -> None:
    client.force_login(staff(duty))
    words = "Карточку правят координатор центра, методист сети и администратор."
    assert words in client.get(f"/centers/{center.pk}/").content.decode()
    refused = client.post(f"/centers/{center.pk}/edit/", CARD)
    assert (refused.status_code, words in refused.content.decode()) == (403, True)


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("role", ["coordinator", "methodist", "administrator"])
def test_the_card_is_edited(role: str, client: Client, center: Center) -> None:
    users = {"coordinator": lambda: coordinator(center), "administrator": administrator}
    client.force_login(users.get(role, lambda: staff("methodist"))())
    assert client.get(f"/centers/{center.pk}/edit/").status_code == 200
    assert client.post(f"/centers/{center.pk}/edit/", CARD).status_code == 302
    saved = Center.objects.get(pk=center.pk).organization
    assert (saved.email, saved.phone, saved.head_name) == (
        "school@zarechny.example",
        "+73822000001;ext=2",
        "Рябинина Вера Ильинична",
    )
    assert saved.search_key == center.organization.search_key


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("email", "не адрес", "Введите правильный адрес электронной почты."),
        ("phone", "51-56-66", "У номера «51-56-66» нет кода города. Например: (3822) 51-56-66."),
        ("head_name", "Имя " * 50, "Текст длиннее 150 знаков (сейчас 199). Сократите его: введённое сохранено"),
        ("head_name", "Ы" * 1_000_000, "Текст длиннее 150 знаков"),
        ("head_name", "А\x00", "В тексте есть недопустимый знак"),
    ],
)
def test_a_bad_card_is_refused_with_words(field: str, value: str, words: str, client: Client, center: Center) -> None:
    client.force_login(coordinator(center))
    answer = client.post(f"/centers/{center.pk}/edit/", CARD | {field: value})
    assert answer.status_code == 422
    assert [error[: len(words)] for error in answer.context["form"].errors[field]] == [words]
    assert Center.objects.get(pk=center.pk).organization.phone == ""


def test_markup_in_the_card_stays_text(client: Client, center: Center) -> None:
    client.force_login(coordinator(center))
    client.post(f"/centers/{center.pk}/edit/", CARD | {"head_name": "<b>Вера</b> {{ user }}"})
    page = client.get(f"/centers/{center.pk}/").content.decode()
    assert "&lt;b&gt;Вера&lt;/b&gt; {{ user }}" in page
