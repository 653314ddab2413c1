"""Many rows at once: looked at first, written together or not at all, taken back within a minute."""

import datetime
import re
from typing import Any

import pytest
from django.test import Client

from centers.models import Municipality, Organization, User
from rcro_portal.lib.keeping import bulk
from rcro_portal.models import BulkEdit, RecordChange
from tests import clock
from tests.factories.centers import MunicipalityFactory, OrganizationFactory, StatusGrantFactory, coordinator, staff
from tests.untouched import nothing_changes

pytestmark = pytest.mark.django_db
LIST, BULK = "/organizations/", "/organizations/bulk/"


@pytest.fixture
def methodist(client: Client) -> User:
    user = staff("methodist")
    client.force_login(user)
    return user


@pytest.fixture
def asino() -> Municipality:
    return MunicipalityFactory(code="asino", name="Асиновский район")


def rows(*names: str) -> list[Organization]:
    return [OrganizationFactory(short_name=name, full_name=f"Учреждение «{name}»") for name in names]


def looked_at(client: Client, sent: dict[str, Any], query: str = "") -> tuple[Any, dict[str, Any]]:
    """The page of what becomes of the rows, and what its button sends."""
    page = client.post(f"{BULK}?{query}", sent)
    return page, {**sent, "seen": page.context["seen"]}


def places() -> list[str]:
    return list(Organization.objects.order_by("pk").values_list("municipality__code", flat=True))


def test_ticked_rows_are_changed_together_and_taken_back(client: Client, methodist: User, asino: Municipality) -> None:
    one, two, other = rows("Лицей № 1", "Лицей № 2", "Лицей № 3")
    assert client.get(BULK, {"row": [one.pk, two.pk]}).context["found"] == "2 организации"
    sent = {"row": [one.pk, two.pk], "municipality": asino.pk, "why": "Передали школы", "key": "0" * 32}
    with nothing_changes():
        page, sent = looked_at(client, sent, "q=лицей")
    assert page.context["said"] == "Изменится: 2 строки."
    assert 'муниципалитет: <s class="muted">Заречный район</s> → Асиновский район' in re.sub(r"\s+", " ", page.text)
    answers = [client.post(f"{BULK}?q=лицей", sent) for _ in range(2)]
    edit = BulkEdit.objects.get()
    assert [answer.headers["Location"].partition("&")[2] for answer in answers] == [f"done={edit.pk}", ""]
    assert places() == ["asino", "asino", "zarechny"]
    told = RecordChange.objects.filter(table="centers_organization", act="update")
    assert set(told.values_list("why", "by")) == {("Передали школы", methodist.pk)}
    assert "Изменено: 2 организации" in client.get(answers[0].headers["Location"]).text
    client.post(BULK, {"undo": edit.pk})
    assert places() == ["zarechny"] * 3
    assert client.post(BULK, {"undo": edit.pk}).status_code == 409
    assert other.municipality.code == "zarechny"


def test_all_that_is_found_is_changed_and_nothing_else(client: Client, methodist: User, asino: Municipality) -> None:
    rows("Лицей № 1", "Школа № 2")
    OrganizationFactory(short_name="Лицей № 4", archived_at=clock.now(), archive_reason="Закрыт")
    page, sent = looked_at(client, {"all": "1", "municipality": asino.pk, "why": "Проверка"}, "q=лицей")
    assert [line.row.short_name for line in page.context["lines"]] == ["Лицей № 1"]
    client.post(f"{BULK}?q=лицей", sent)
    assert places() == ["asino", "zarechny", "zarechny"]


def test_yes_is_said_to_what_was_seen(client: Client, methodist: User, asino: Municipality) -> None:
    one, two = rows("Лицей № 1", "Лицей № 2")
    _, sent = looked_at(client, {"row": [one.pk, two.pk], "municipality": asino.pk, "why": "Проверка"})
    Organization.objects.filter(pk=two.pk).update(municipality=MunicipalityFactory(code="tomsk", name="Томск"))
    with nothing_changes():
        page = client.post(BULK, sent)
    assert (page.status_code, "С прошлого показа изменились" in page.text) == (409, True)


def test_a_change_is_taken_back_within_a_minute_and_whole(client: Client, methodist: User, asino: Municipality) -> None:
    one, two = rows("Лицей № 1", "Лицей № 2")
    _, sent = looked_at(client, {"row": [one.pk, two.pk], "municipality": asino.pk, "why": "Проверка"})
    client.post(BULK, sent)
    edit = BulkEdit.objects.get()
    assert client.post(BULK, {"undo": edit.pk + 1}).status_code == 409
    with clock.standing(clock.now() + datetime.timedelta(seconds=61)):
        assert client.post(BULK, {"undo": edit.pk}).status_code == 409
        assert "Отменить" not in client.get(f"{LIST}?done={edit.pk}").text
    Organization.objects.filter(pk=two.pk).update(municipality=MunicipalityFactory(code="tomsk", name="Томск"))
    with nothing_changes():
        refused = client.post(BULK, {"undo": edit.pk})
    assert (refused.status_code, "Ничего не отменено" in refused.text, places()) == (409, True, ["asino", "tomsk"])


@pytest.mark.parametrize(
    ("sent", "status", "words"),
    [
        ({"kind": "cultural", "archive": "on", "why": "Проверка"}, 422, "это две разные правки"),
        ({"why": "Проверка"}, 422, "Выберите хотя бы одно новое значение."),
        ({"kind": "cultural"}, 422, "Почему"),
        ({"kind": "made-up", "why": "Проверка"}, 422, "kind"),
        ({"kind": "educational", "why": "Проверка"}, 200, "Так и есть"),
        ({"row": ["x"], "kind": "cultural", "why": "Проверка"}, 409, "Ни одна строка не отмечена"),
    ],
)
def test_what_is_not_said_is_asked(
    client: Client, methodist: User, sent: dict[str, Any], status: int, words: str
) -> None:
    (one,) = rows("Лицей № 1")
    with nothing_changes():
        page = client.post(BULK, {"row": [one.pk], **sent})
    assert (page.status_code, words in page.text) == (status, True)


def test_rows_are_put_away_together_and_come_back(client: Client, methodist: User) -> None:
    """A centre stays where it is, with the reason said; the others go, and return within the minute."""
    one, two = rows("Лицей № 1", "Лицей № 2")
    center = StatusGrantFactory().center.organization
    sent = {"row": [one.pk, two.pk, center.pk], "archive": "on", "why": "Закрыты", "key": "1" * 32}
    with nothing_changes():
        page, sent = looked_at(client, sent)
    assert page.context["said"] == "Изменится: 2 строки. Останется как есть: 1."
    assert "Сначала прекратите его на карточке центра." in page.text
    client.post(BULK, sent)
    assert set(Organization.objects.archived().values_list("pk", "archive_reason")) == {
        (one.pk, "Закрыты"), (two.pk, "Закрыты"),
    }  # fmt: skip
    client.post(BULK, {"undo": BulkEdit.objects.get().pk})
    assert not Organization.objects.archived().exists()
    told = RecordChange.objects.filter(table="centers_organization", record=one.pk, act="update").order_by("pk")
    assert list(told.values_list("why", flat=True)) == ["Закрыты", bulk.UNDONE]


def test_one_that_was_put_away_by_a_slip_comes_back_by_one_press(client: Client, methodist: User) -> None:
    """Within the minute the card offers it; later «Вернуть из архива»."""
    (one,) = rows("Лицей № 1")
    card = f"/organizations/{one.pk}/"
    client.post(f"{card}archive/", {"reason": "Закрыт"})
    page = client.get(card).text
    assert ("Организация: в архиве. Закрыт" in page, "Отменить" in page, "Вернуть из архива" in page) == (
        True,
        True,
        False,
    )
    with clock.standing(clock.now() + datetime.timedelta(seconds=61)):
        page = client.get(card).text
        assert ("Отменить" in page, "Вернуть из архива" in page) == (False, True)
    client.post(f"{card}restore/", {"undo": "1"})
    told = RecordChange.objects.filter(table="centers_organization", record=one.pk, act="update").order_by("pk")
    assert list(told.values_list("why", flat=True)) == ["Закрыт", bulk.UNDONE]
    assert not Organization.objects.archived().exists()


def test_what_was_put_away_again_by_somebody_is_not_brought_back(client: Client, methodist: User) -> None:
    (one,) = rows("Лицей № 1")
    _, sent = looked_at(client, {"row": [one.pk], "archive": "on", "why": "Закрыт"})
    client.post(BULK, sent)
    later = clock.now() + datetime.timedelta(seconds=5)
    Organization.objects.filter(pk=one.pk).update(archived_at=later, archive_reason="Иначе")
    with nothing_changes():
        assert client.post(BULK, {"undo": BulkEdit.objects.get().pk}).status_code == 409


def test_more_rows_than_a_person_looks_at_are_refused(
    client: Client, methodist: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "AT_MOST", 1)
    rows("Лицей № 1", "Лицей № 2")
    assert client.get(f"{BULK}?all=1").status_code == 409


def test_who_does_not_keep_the_table_has_no_ticks(client: Client) -> None:
    (one,) = rows("Лицей № 1")
    client.force_login(coordinator())
    assert "tick-cell" not in client.get(LIST).text
    assert client.post(BULK, {"row": [one.pk], "kind": "cultural", "why": "Проверка"}).status_code == 403
