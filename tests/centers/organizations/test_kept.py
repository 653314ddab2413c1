"""Organisations as the methodist keeps them: the first user of ``rcro_portal.lib.keeping``."""

import datetime
import uuid
from typing import Any

import pytest
from django.test import Client

from centers.models import Organization, OrganizationName, OrganizationRole
from centers.organizations import naming
from rcro_portal.models import RecordChange
from tests.factories.centers import (
    CenterFactory,
    MunicipalityFactory,
    OrganizationFactory,
    OrganizationRoleFactory,
    StatusGrantFactory,
    coordinator,
    staff,
)
from tests.factories.moments import LONG_AGO
from tests.factories.projects import NetworkProjectFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def methodist(client: Client) -> Client:
    client.force_login(staff("methodist"))
    return client


@pytest.fixture
def row() -> Organization:
    return OrganizationFactory(short_name="Лицей № 9", short_name_genitive="Лицея № 9")


def filled(**changed: Any) -> dict[str, Any]:
    page = {
        "full_name": "Муниципальное учреждение «Томский сельский лицей № 7»",
        "short_name": "Томский сельский лицей № 7",
        "kind": "educational",
        "municipality": MunicipalityFactory().pk,
        "inn": "7017033960",
        "phone": "8 (3822) 00-00-01, доб. 2; 8 913 000-00-02",
        "key": str(uuid.uuid4()),
    }
    return {**page, **changed}


def errors(answer: Any) -> dict[str, list[str]]:
    return {name: list(words) for name, words in answer.context["form"].errors.items()}


def test_a_new_one_gets_its_cases_and_a_form_sent_twice_makes_it_once(methodist: Client) -> None:
    page = filled()
    sent = [methodist.post("/organizations/new/", page) for _ in range(2)]
    made = Organization.objects.get()
    assert [answer.headers["Location"] for answer in sent] == [f"/organizations/{made.pk}/"] * 2
    assert (made.short_name_genitive, made.short_name_dative, made.phone) == (
        "Томского сельского лицея № 7",
        "Томскому сельскому лицею № 7",
        "+73822000001;ext=2, +79130000002",
    )
    shown = methodist.get(f"/organizations/{made.pk}/").content.decode()
    assert "(3822) 00-00-01, доб. 2; (913) 000-00-02" in shown


def test_cases_are_shown_while_the_name_is_typed(methodist: Client) -> None:
    shown = methodist.get("/organizations/cases/?short_name=МАОУ+лицей+№+7").content.decode()
    assert "нет <b>МАОУ лицея № 7</b>, письмо <b>МАОУ лицею № 7</b>" in shown
    assert "Как в письмах" in methodist.get("/organizations/cases/?short_name=").content.decode()


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("inn", "7017033961", "В ИНН опечатка: контрольная цифра не сходится."),
        ("ogrn", "1234567890123", "В ОГРН опечатка: контрольная цифра не сходится."),
        ("phone", "51-56-66", "У номера «51-56-66» нет кода города. Например: (3822) 51-56-66."),
        ("municipality", "", "Обязательное поле."),
        ("full_name", "Лицей Реки", "Организация с таким полным наименованием в портале уже есть."),
        ("__all__", "7002000009", "Организация с таким ИНН в портале уже есть."),
    ],
)
def test_what_is_wrong_stands_at_its_field(methodist: Client, field: str, value: str, words: str) -> None:
    OrganizationFactory(full_name="Лицей Реки", inn="7002000009")
    answer = methodist.post("/organizations/new/", filled(**{"inn" if field == "__all__" else field: value}))
    assert (answer.status_code, errors(answer)) == (422, {field: [words]})


def test_an_edit_says_why_and_overwrites_nobody(methodist: Client, row: Organization) -> None:
    page = methodist.get(f"/organizations/{row.pk}/edit/").context["form"]
    values = {field.html_name: field.value() or "" for field in page}
    Organization.objects.filter(pk=row.pk).update(website="https://other.example")
    taken = methodist.post(f"/organizations/{row.pk}/edit/", {**values, "head_title": "директор", "why": "По письму"})
    assert taken.status_code == 302
    saved = Organization.objects.get(pk=row.pk)
    assert (saved.head_title, saved.website) == ("директор", "https://other.example")
    assert RecordChange.objects.order_by("pk").last().why == "По письму"
    disputed = methodist.post(f"/organizations/{row.pk}/edit/", {**values, "website": "https://mine.example"})
    assert disputed.status_code == 409
    assert Organization.objects.get(pk=row.pk).website == "https://other.example"


def test_used_goes_to_the_archive_unused_may_be_deleted(methodist: Client, row: Organization) -> None:
    OrganizationRoleFactory(organization=row)
    assert "роли организации: 1" in methodist.get(f"/organizations/{row.pk}/archive/").content.decode()
    refused = methodist.post(f"/organizations/{row.pk}/delete/")
    assert (refused.status_code, "роли организации: 1" in refused.content.decode()) == (409, True)
    for _ in range(2):
        assert methodist.post(f"/organizations/{row.pk}/archive/", {"reason": "Закрыта"}).status_code == 302
    assert [Organization.objects.kept().count(), Organization.objects.archived().get().archive_reason] == [0, "Закрыта"]
    assert methodist.get(f"/organizations/{row.pk}/edit/").status_code == 409
    assert "Организация: в архиве. Закрыта" in methodist.get(f"/organizations/{row.pk}/").content.decode()
    assert row.short_name not in methodist.get("/organizations/").content.decode()
    assert row.short_name in methodist.get("/organizations/?state=archived").content.decode()
    assert methodist.post(f"/organizations/{row.pk}/restore/").status_code == 302
    other = OrganizationFactory()
    assert methodist.post(f"/organizations/{other.pk}/delete/").headers["Location"] == "/organizations/"
    assert list(Organization.objects.kept()) == [row]


def test_a_centre_is_not_put_away_while_it_is_one(methodist: Client, row: Organization) -> None:
    CenterFactory(organization=row)
    words = "У организации статус РВЦИ, нынешний или будущий. Сначала прекратите его на карточке центра."
    assert words in methodist.get(f"/organizations/{row.pk}/archive/").content.decode()
    refused = methodist.post(f"/organizations/{row.pk}/archive/", {"reason": "Закрыта"})
    assert (refused.status_code, words in refused.content.decode()) == (409, True)
    assert Organization.objects.archived().count() == 0


def test_a_rename_keeps_the_former_name_with_its_last_day(methodist: Client, row: Organization) -> None:
    page = {"full_name": "Гимназия имени реки № 9", "short_name": "Гимназия № 9", "since": "2021-09-01"}
    for _ in range(2):
        assert methodist.post(f"/organizations/{row.pk}/rename/", page).status_code == 302
    former = OrganizationName.objects.get()
    assert (former.short_name, former.since, former.until) == ("Лицей № 9", None, datetime.date(2021, 8, 31))
    renamed = Organization.objects.get()
    assert (renamed.short_name_genitive, renamed.named_since) == ("Гимназии № 9", datetime.date(2021, 9, 1))
    assert renamed.names_on(datetime.date(2021, 8, 31)).short_name == "Лицей № 9"
    assert renamed.names_on(datetime.date(2021, 9, 1)).short_name == "Гимназия № 9"
    early = methodist.post(f"/organizations/{row.pk}/rename/", {**page, "short_name": "Ещё", "since": "2021-09-01"})
    assert errors(early) == {"since": ["Нынешнее наименование действует с 01.09.2021: новое – позже."]}
    late = methodist.post(f"/organizations/{row.pk}/rename/", {**page, "short_name": "Ещё", "since": "2099-01-01"})
    assert list(errors(late)) == ["since"]


def test_roles_are_added_ended_mended_and_deleted(methodist: Client, row: Organization) -> None:
    path, key = f"/organizations/{row.pk}/roles", str(uuid.uuid4())
    page = {"title": "региональный оператор олимпиады", "since": "2020-01-01", "key": key}
    for _ in range(2):
        assert methodist.post(f"{path}/new/", page).headers["Location"] == f"/organizations/{row.pk}/#organization-role"
    role = OrganizationRole.objects.get()
    again = methodist.post(f"{path}/new/", {**page, "key": str(uuid.uuid4())})
    said = "Одна и та же роль у организации одна в один день. Уже внесено: с 01.01.2020."
    assert errors(again) == {"since": [said]}
    assert methodist.get("/organizations/?roles=региональный+оператор+олимпиады").content.decode().count("<tr>") == 2
    early = methodist.post(f"{path}/{role.pk}/end/", {"until": "2019-12-31"})
    assert (early.status_code, list(errors(early))) == (422, ["until"])
    assert methodist.post(f"{path}/{role.pk}/end/", {"until": "2020-12-31", "why": "Приказ 5"}).status_code == 302
    assert OrganizationRole.objects.get().until == datetime.date(2020, 12, 31)
    assert methodist.post(f"/organizations/{OrganizationFactory().pk}/roles/{role.pk}/delete/").status_code == 404
    assert methodist.post(f"{path}/{role.pk}/delete/").status_code == 302
    assert not OrganizationRole.objects.exists()


def test_a_coordinator_reads_and_sees_no_head(client: Client, row: Organization) -> None:
    row.head_name = "Рябинина Вера Ильинична"
    row.save(update_fields=["head_name"])
    client.force_login(coordinator())
    page = client.get(f"/organizations/{row.pk}/").content.decode()
    assert ("Рябинина" in page, "Организации ведут методист сети и администратор." in page) == (False, True)
    assert client.post(f"/organizations/{row.pk}/edit/", filled()).status_code == 403
    assert "Рябинина" not in client.get("/organizations/table.csv").content.decode()


@pytest.mark.parametrize("many", [1, 3])
def test_queries(client: Client, row: Organization, many: int, django_assert_num_queries: Any) -> None:
    center = CenterFactory(organization=row)
    for _ in range(many):
        NetworkProjectFactory().partners.add(row)
    for number in range(many):
        OrganizationRoleFactory(organization=row, title=f"бывшая роль {number}", until=LONG_AGO)
        OrganizationRoleFactory(organization=OrganizationFactory(), title=f"роль {number}")
    client.force_login(staff("methodist"))
    assert center.organization == row
    with django_assert_num_queries(7):
        client.get("/organizations/")
    with django_assert_num_queries(10):
        client.get(f"/organizations/{row.pk}/")


def test_an_import_and_a_bulk_edit_write_by_the_same_verb(row: Organization) -> None:
    by = staff("methodist")
    assert naming.change(row, by=by, head_title="директор")
    assert not naming.change(row, by=by, head_title="директор")


def test_a_day_has_one_name(methodist: Client, row: Organization) -> None:
    def put_down(name: str, since: str, until: str) -> dict[str, list[str]]:
        page = {"full_name": name, "short_name": name, "since": since, "until": until, "key": str(uuid.uuid4())}
        answer = methodist.post(f"/organizations/{row.pk}/names/new/", page)
        return {} if answer.status_code == 302 else errors(answer)

    assert put_down("Школа № 9", "2010-09-01", "2018-08-31") == {}
    met = ["В эти дни организация называлась «Школа № 9» (по 31.08.2018)."]
    assert put_down("Училище", "2009-09-01", "2010-08-31") == {}
    assert put_down("Ещё", "2012-09-01", "2013-08-31") == {"until": met}
    assert put_down("Ещё", "2018-08-31", "2019-08-31") == {"until": met}
    assert list(put_down("Завтра", "", "2099-01-01")) == ["until"]
    page = {"full_name": "Лицей", "short_name": "Лицей", "since": "2018-09-01"}
    early = methodist.post(f"/organizations/{row.pk}/rename/", page)
    words = "По 31.08.2018 действовало наименование «Школа № 9», потом – нынешнее: новое – позже."
    assert errors(early) == {"since": [words]}
    assert methodist.post(f"/organizations/{row.pk}/rename/", {**page, "since": "2018-09-02"}).status_code == 302
    assert put_down("Поздно", "", "2018-09-02") == {"until": ["С 02.09.2018 действует нынешнее наименование."]}


def test_a_rename_leaves_no_case_of_the_former_name(methodist: Client, row: Organization) -> None:
    """The form comes filled in: whoever writes the new name alone means its cases too."""
    page = methodist.get(f"/organizations/{row.pk}/rename/").context["form"]
    filled_in = {field.html_name: field.value() or "" for field in page}
    assert filled_in["short_name_genitive"] == "Лицея № 9"
    changed = {"full_name": "Гимназия реки", "short_name": "Гимназия № 9", "since": "2021-09-01"}
    assert methodist.post(f"/organizations/{row.pk}/rename/", {**filled_in, **changed}).status_code == 302
    assert Organization.objects.get().short_name_genitive == "Гимназии № 9"


def test_a_card_of_another_day_says_its_name_and_offers_nothing(methodist: Client, row: Organization) -> None:
    page = {"full_name": "Гимназия реки № 9", "short_name": "Гимназия № 9", "since": "2021-09-01"}
    methodist.post(f"/organizations/{row.pk}/rename/", page)
    today, then = (methodist.get(f"/organizations/{row.pk}/{on}").text for on in ("", "?on=2020-05-05"))
    assert ["Называется так" in one for one in (today, then)] == [True, False]
    assert [f"/organizations/{row.pk}/rename/" in one for one in (today, then)] == [True, False]
    assert [f"/organizations/{row.pk}/roles/new/" in one for one in (today, then)] == [True, False]
    assert "Карточка показана на другой день" in then
    files = [methodist.get(f"/organizations/table.csv{on}").text for on in ("", "?on=2020-05-05")]
    assert ["Гимназия" in file for file in files] == [True, False]
    assert ["Лицея № 9" in file for file in files] == [False, True]


def test_a_centre_to_come_is_not_put_away(methodist: Client, row: Organization) -> None:
    StatusGrantFactory(center=CenterFactory(organization=row, status=None), since=datetime.date(2027, 1, 1))
    assert methodist.post(f"/organizations/{row.pk}/archive/", {"reason": "Закрыта"}).status_code == 409
