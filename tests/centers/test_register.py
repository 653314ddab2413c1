"""The register of centres: what is published, to whom, and at what cost."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from centers.models import Center, User
from tests import clock, without_triggers
from tests.factories import imports
from tests.factories.centers import (
    CenterFactory,
    CoordinatorFactory,
    MunicipalityFactory,
    OrganizationFactory,
    OrganizationNameFactory,
    StatusGrantFactory,
    UserFactory,
    coordinator,
    staff,
)
from tests.factories.projects import ProjectLeadFactory

pytestmark = pytest.mark.django_db
LAST_YEAR = datetime.date(2024, 12, 31)


def center(name: str, **organization: Any) -> Center:
    names = {"full_name": name, "short_name": name, "short_name_genitive": name}
    return CenterFactory(organization=OrganizationFactory(**names, **organization))


def ended(name: str) -> Center:
    one = CenterFactory(organization=OrganizationFactory(full_name=name, short_name=name), status=None)
    StatusGrantFactory(center=one, until=LAST_YEAR)
    return one


def listed(client: Client, query: str = "") -> list[str]:
    answer = client.get(f"/centers/?{query}")
    assert answer.status_code == 200
    return [row.organization.short_name for row in answer.context["table"].page]


@pytest.fixture
def methodist(client: Client) -> User:
    user = staff("methodist")
    client.force_login(user)
    return user


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_whatever_its_rows(
    rows: int, client: Client, methodist: User, django_assert_num_queries: Callable
) -> None:
    for _ in range(rows):
        one = CoordinatorFactory().center
        ProjectLeadFactory(center=one)
        ProjectLeadFactory(center=one)
    with django_assert_num_queries(7):
        answer = client.get("/centers/")
    assert [row.project_count for row in answer.context["table"].page] == [2] * rows


@pytest.mark.parametrize("rows", [1, 3])
def test_a_coordinators_list_costs_the_same(rows: int, client: Client, django_assert_num_queries: Callable) -> None:
    client.force_login(coordinator())
    for _ in range(rows):
        CoordinatorFactory()
    with django_assert_num_queries(7):
        client.get("/centers/")


@pytest.mark.parametrize(
    "grants",
    [
        [],
        [(-500, None)],
        [(-500, -1)],
        [(-500, 0)],
        [(0, None)],
        [(1, None)],
        [(-500, -1), (1, None)],
        [(-500, 1), (-1, 0)],
        [(-500, 1), (-2, -1)],
        [(-500, None), (-2, -1)],
        [(-500, -1), (-500, 1)],
        [(-500, 1), (-500, -1)],
        [(-9, -8), (-500, -400)],
    ],
)
def test_the_list_reads_a_status_as_the_database_does(
    grants: list[tuple[int, int | None]], client: Client, methodist: User
) -> None:
    """Over grants that have ended, have not begun or, of before there were rules, overlap; in days from today."""
    without_triggers.drop()
    day, one = clock.today(), CenterFactory(status=None)
    for since, until in grants:
        StatusGrantFactory(center=one, since=days(day, since), until=days(day, until))
    (row,) = client.get("/centers/").context["table"].page
    asked = Center.objects.with_status_term(day).get()
    assert row.term == (asked.has_status, asked.status_since, asked.status_until)


def days(day: datetime.date, away: int | None) -> datetime.date | None:
    return None if away is None else day + datetime.timedelta(days=away)


def test_search_ignores_case_and_yo(client: Client, methodist: User) -> None:
    center("Лицей «Берёзки»")
    center("Гимназия «Ельник»")
    assert listed(client, "q=БЕРЕЗКИ") == ["Лицей «Берёзки»"]


def test_fifty_rows_make_a_page(client: Client, methodist: User) -> None:
    municipality = MunicipalityFactory()
    for number in range(51):
        center(f"Школа {number:02}", municipality=municipality)
    assert listed(client, "page=2") == ["Школа 50"]


@pytest.mark.parametrize(("value", "names"), [("now", ["Действует"]), ("ended", ["Завершён"])])
def test_status_is_filtered_by_today(value: str, names: list[str], client: Client, methodist: User) -> None:
    center("Действует")
    ended("Завершён")
    assert listed(client, f"status={value}") == names


def test_municipality_is_filtered(client: Client, methodist: User) -> None:
    center("Ближний", municipality=MunicipalityFactory())
    center("Дальний", municipality=MunicipalityFactory(code="dalny", name="Дальний район"))
    assert listed(client, "municipality=dalny") == ["Дальний"]


def test_nonsense_in_the_address_line_changes_nothing(client: Client, methodist: User) -> None:
    center("Школа")
    assert listed(client, "municipality=nowhere&status=x&order=pk&page=-9&organization__inn=1") == ["Школа"]


def test_the_status_says_its_term(client: Client, methodist: User) -> None:
    ended("Завершён")
    page = client.get("/centers/").content.decode()
    assert "по 31.12.2024" in page


def test_a_coordinator_reads_names_but_opens_only_the_own_centre(client: Client) -> None:
    own, other = center("Своя школа"), center("Чужая школа")
    CoordinatorFactory(center=other, person__surname="Секретова")
    client.force_login(coordinator(own))
    page = client.get("/centers/").content.decode()
    links = [pk for pk in (own.pk, other.pk) if f'href="/centers/{pk}/"' in page]
    assert ("Чужая школа" in page, "Секретова" in page, links) == (True, False, [own.pk])


def test_staff_read_who_coordinates(client: Client, methodist: User) -> None:
    CoordinatorFactory(person__surname="Открытова", person__given_name="Ия", person__patronymic="")
    assert "Открытова И." in client.get("/centers/").content.decode()


def test_a_name_is_text_and_not_markup(client: Client, methodist: User) -> None:
    center("<script>alert(1)</script> {{ settings }}")
    page = client.get("/centers/").content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ settings }}" in page
    assert "<script>alert" not in page


def table(client: Client, query: str = "") -> list[list[str]]:
    return imports.table(client.get(f"/centers/table.csv?{query}").content)


def test_files_hold_what_the_list_shows_to_this_reader(client: Client, methodist: User) -> None:
    own = center("Ближний", municipality=MunicipalityFactory(name="Томский район"))
    CoordinatorFactory(center=own, person__surname="Открытова", person__given_name="Ия", person__patronymic="")
    ended("Дальний")
    heads = ["Центр", "Муниципалитет", "Статус", "Координатор", "Проекты"]
    row = ["Ближний", "Томский район", "действует с 01.01.2020", "Открытова И.", "0"]
    assert table(client, "status=now") == [heads, row]
    assert [row[0] for row in table(client, "order=-name")] == ["Центр", "Дальний", "Ближний"]
    client.force_login(coordinator())
    assert table(client)[0] == ["Центр", "Муниципалитет", "Статус", "Проекты"]
    assert "Открытова" not in str(table(client))


def test_the_status_orders_by_its_day(client: Client, methodist: User) -> None:
    ended("Завершён")
    center("Действует")
    assert [listed(client, f"order={order}status") for order in ("", "-")] == [
        ["Действует", "Завершён"],
        ["Завершён", "Действует"],
    ]


def test_the_list_is_of_the_day_that_is_asked_for(client: Client, methodist: User) -> None:
    """Its status, coordinator and name; in files too, and in links to pages and files."""
    one = CenterFactory(organization__short_name="Лицей № 19", status=None)
    day = datetime.date
    StatusGrantFactory(center=one, since=day(2015, 9, 1), until=day(2020, 8, 31))
    CoordinatorFactory(center=one, person__surname="Прежняя", since=day(2015, 9, 1), until=day(2019, 12, 31))
    CoordinatorFactory(center=one, person__surname="Нынешняя", since=day(2020, 1, 1))
    OrganizationNameFactory(organization=one.organization, short_name="Школа № 19", since=None, until=day(2020, 1, 31))
    asked = "on=2019-12-31&status=now&coordinators=yes"
    page = client.get(f"/centers/?{asked}")
    assert ["Школа № 19" in page.text, "Прежняя" in page.text, "по состоянию на 31.12.2019" in page.text] == [True] * 3
    assert "/centers/table.csv?on=2019-12-31&amp;status=now&amp;coordinators=yes&amp;" in page.text
    title, _, row = imports.table(client.get(f"/centers/table.csv?{asked}").content)
    assert (title[0], row[0], row[2]) == ("Центры, по состоянию на 31.12.2019", "Школа № 19", "действует по 31.08.2020")
    assert listed(client, "status=now") == []
    assert listed(client, "q=19&on=2020-02-01") == ["Лицей № 19"]
    assert listed(client, "q=школа+19") == ["Лицей № 19"]
    assert listed(client, "q=школа+18") == []
    assert "Лицей № 19" in client.get("/organizations/?q=школа+19").text
    assert f'href="/centers/{one.pk}/?on=2019-12-31"' in page.text
    card = client.get(f"/centers/{one.pk}/?on=2019-12-31")
    assert ["Школа № 19" in card.text, "По состоянию на 31.12.2019." in card.text] == [True, True]
    assert (card.context["center"].has_status, card.context["may_appoint"]) == (True, False)
    card = client.get(f"/organizations/{one.organization_id}/?on=2019-12-31")
    assert ["Школа № 19" in card.text, "По состоянию на 31.12.2019." in card.text] == [True, True]


def test_a_list_of_the_past_opens_no_page_that_is_closed_today(client: Client) -> None:
    former = CoordinatorFactory(since=datetime.date(2019, 1, 1), until=datetime.date(2019, 12, 31))
    client.force_login(UserFactory(person=former.person))
    assert f"/centers/{former.center_id}/" not in client.get("/centers/?on=2019-06-01").text


def test_several_municipalities_are_chosen_together(client: Client, methodist: User) -> None:
    for code in ("asino", "kargasok", "tomsk"):
        center(f"Школа {code}", municipality=MunicipalityFactory(code=code, name=code))
    assert listed(client, "municipality=asino&municipality=tomsk") == ["Школа asino", "Школа tomsk"]
