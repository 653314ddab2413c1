"""What imports remember is read by who brings tables in, and forgotten one by one; skipped rows come back."""

from typing import Any

import pytest
from django.test import Client

from centers.importing.people import PeopleKind
from rcro_portal.import_answers import GONE
from rcro_portal.lib.registers.importing import sessions, showing
from rcro_portal.models import ImportAnswer
from tests.factories import imports
from tests.factories.centers import OrganizationFactory, PersonFactory, staff
from tests.factories.moments import SENT_AT
from tests.factories.olympiad import SubjectFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]


@pytest.fixture
def methodist(client: Client) -> Any:
    user = staff("methodist")
    client.force_login(user)
    return user


def told(user: Any, about: str, key: str, said: object) -> ImportAnswer:
    return ImportAnswer.objects.create(about=about, key=key, said=str(said), by=user, at=SENT_AT)


def test_answers_are_said_in_words_of_today(client: Client, methodist: Any, django_assert_num_queries: Any) -> None:
    anna = PersonFactory(surname="Иволгина", given_name="Анна", patronymic="Сергеевна")
    told(methodist, "person", "иволгина а с", anna.pk)
    told(methodist, "organization", "лицей 1", OrganizationFactory(short_name="Лицей № 1").pk)
    told(methodist, "organization", "лицей 2", 987_654)
    told(methodist, "several", "школа 1 школа 2", "each")
    told(methodist, "coordinator", "иволгина а с рябинин в п", 2)
    told(methodist, "olympiad-subject", "химия зелёная", SubjectFactory(name="Химия").pk)
    with django_assert_num_queries(8):
        page = client.get("/imports/answers/?order=key")
    answers = {row.key: row.in_words for row in page.context["table"].page.object_list}
    assert answers == {
        "иволгина а с": "Иволгина Анна Сергеевна",
        "лицей 1": "Лицей № 1",
        "лицей 2": GONE,
        "школа 1 школа 2": "каждая из названных",
        "иволгина а с рябинин в п": "2-й из названных",
        "химия зелёная": "Химия",
    }
    assert "Лицей № 1" in client.get("/imports/answers/?about=organization&q=лицей").text


def test_what_is_forgotten_is_asked_again(client: Client, methodist: Any) -> None:
    PersonFactory(surname="Иволгина", given_name="Анна", patronymic="Сергеевна", email="ivolgina@school.example")
    text = "ФИО;Почта\nИволгина Анна Сергевна;".encode()
    session = imports.begun(PeopleKind, text, by=methodist, at=SENT_AT)
    (question,) = showing.questions(imports.judged(session, PeopleKind, at=SENT_AT))
    sessions.answer(session, [question], {question["name"]: "new"}, by=methodist, at=SENT_AT)
    again = imports.begun(PeopleKind, text, by=methodist, at=SENT_AT)
    assert not imports.judged(again, PeopleKind, at=SENT_AT).doubtful
    row = ImportAnswer.objects.get()
    assert "новая запись" in client.get(f"/imports/answers/{row.pk}/").text
    assert client.post(f"/imports/answers/{row.pk}/forget/").headers["Location"] == "/imports/answers/"
    assert len(imports.judged(again, PeopleKind, at=SENT_AT).doubtful) == 1


def test_rows_not_to_be_brought_in_come_back(client: Client, methodist: Any) -> None:
    text = "ФИО;Почта\nСоснин Р.К.;".encode()
    session = imports.begun(PeopleKind, text, by=methodist, at=SENT_AT)
    page = f"/imports/people/{session.pk}/"
    (question,) = client.get(page).context["found"]["questions"]
    client.post(f"{page}answers/", {question["name"]: "skip"})
    shown = client.get(page)
    assert ("Решено не вносить: строк – 1." in shown.text, shown.context["found"]["questions"]) == (True, [])
    client.post(f"{page}passed-over/")
    assert client.get(page).context["found"]["questions"] == [question]


def test_one_column_is_asked_for_as_one(client: Client, methodist: Any) -> None:
    assert "Обязателен столбец «ФИО»;" in client.get("/imports/people/").text
    client.force_login(staff("clerk"))
    assert "Обязательны столбцы «Номер», «Дата»;" in client.get("/register/import/").text
