"""Lists of centres as offices keep them: several lines in a cell, two names in a cell, municipalities in any form."""

import datetime
from pathlib import Path
from typing import Any

import pytest

from centers.importing.centers import CentersKind
from centers.importing.people import NOT_TOLD
from centers.models import Center, Coordinator, Employment, Municipality, Organization, Person, StatusGrant
from rcro_portal.lib.registers.importing import sessions, showing
from rcro_portal.lib.registers.importing.asking import EACH, WITHOUT
from rcro_portal.lib.registers.importing.kinds import Judgement
from rcro_portal.models import ImportAnswer
from tests.factories import imports
from tests.factories.centers import CenterFactory, CoordinatorFactory, PersonFactory, UserFactory
from tests.factories.moments import SENT_AT

pytestmark = pytest.mark.django_db
DATA = Path(__file__).parents[2] / "data" / "imports" / "centres_many_lines.xlsx"
PLACES = ("Кожевниковский район", "Город Дальний", "Зырянский район", "Шегарский район")


@pytest.fixture
def by() -> Any:
    for number, name in enumerate(PLACES):
        Municipality.objects.create(code=f"place-{number}", name=name, name_genitive=name, name_prepositional=name)
    return UserFactory(person=PersonFactory(surname="Загрузкина", email="by@office.example"))


def judged(by: Any, text: str) -> Judgement:
    return imports.judged(imports.begun(CentersKind, text.encode(), by=by, at=SENT_AT), CentersKind, at=SENT_AT)


def test_list_of_many_lines(by: Any) -> None:
    """Four cells are five organisations with five people; both doubles are asked about, colours are told of."""
    session = imports.begun(CentersKind, DATA.read_bytes(), by=by, at=SENT_AT)
    found = imports.judged(session, CentersKind, at=SENT_AT)
    assert (found.rows, found.faults, [one.row for one in found.new]) == (4, [], [2, 6])
    assert [(one.row, one.question.candidates) for one in found.doubtful] == [
        (4, ("Тогурова Нонна Прохоровна", "Зоркальцовых Есфирь Саввична")),
        (5, ()),
    ]
    assert [one.row for one in found.skipped] == [9, 10]
    assert any("раскрашены" in words for words in sessions.opened(session, CentersKind).warnings())
    assert ["«8 (3820) 2-10-30», " in one for one in found.notes] == [True, False]
    questions = list(showing.questions(found))
    said = {questions[0]["name"]: "1", questions[1]["name"]: EACH}
    sessions.answer(session, questions, said, by=by, at=SENT_AT)
    sessions.write(session, CentersKind, by=by, at=SENT_AT)
    assert Center.objects.count() == 5
    people = Person.objects.exclude(pk=by.person_id).order_by("given_name").values_list("given_name", flat=True)
    assert list(people) == ["Клавдия", "Нонна", "Потап", "Ульяна"]
    school = Organization.objects.get(short_name="МКОУ «Полевская ООШ»")
    assert (school.municipality.name, school.kind) == ("Шегарский район", "educational")
    klavdia = Person.objects.get(given_name="Клавдия")
    assert (klavdia.email, klavdia.phone) == ("sh0@edu.example", "+79234001020")
    assert (Coordinator.objects.count(), Employment.objects.count()) == (0, 5)
    again = imports.judged(imports.begun(CentersKind, DATA.read_bytes(), by=by, at=SENT_AT), CentersKind, at=SENT_AT)
    assert (again.writes, again.doubtful, again.faults) == (0, [], [])
    assert sessions.undo(session, CentersKind, by=by, at=SENT_AT).startswith("Загрузка отменена: удалено записей – ")
    assert (Center.objects.count(), Organization.objects.count()) == (0, 0)


HEADS = "Центр;Муниципалитет;№ распоряжения;Дата распоряжения;Статус с;Статус по;Координатор;Координатор с\n"


def test_act_and_coordinator(by: Any) -> None:
    row = "МБОУ «Ивовая СОШ»;Зырянский р-н;12-р;20.08.2020;01.09.2020;31.08.2030;Рощина Вера Ильинична;01.09.2021"
    imports.written(CentersKind, f"{HEADS}{row}".encode(), by=by, at=SENT_AT)
    grant, post = StatusGrant.objects.get(), Coordinator.objects.get()
    assert (grant.act_number, str(grant.since), str(grant.until)) == ("12-р", "2020-09-01", "2030-08-31")
    assert (post.person.surname, post.since) == ("Рощина", datetime.date(2021, 9, 1))
    assert judged(by, f"{HEADS}{row.replace('Рощина Вера Ильинична', 'Рощина В.И.')}").same == [2]
    other = judged(by, f"{HEADS}{row.replace('Рощина Вера Ильинична', 'Соснина Анна Петровна')}")
    assert [(one.row, one.suggestion) for one in other.faults] == [(2, "Рощина Вера Ильинична")]
    met = judged(by, f"{HEADS}{row.replace('12-р', '13-р')}")
    assert [(one.row, one.name) for one in met.faults] == [(2, "act_number")]


def test_coordinators_of_former_days(by: Any) -> None:
    """Each with the last day; whoever was there then is not appointed anew, though there is an account by now."""
    row = "МБОУ «Ивовая СОШ»;Зырянский р-н;12-р;20.08.2015;01.09.2015;;{};{};{}"
    heads = HEADS.replace("с\n", "с;Координатор по\n")
    then = row.format("Рощина Вера Ильинична", "01.09.2015", "31.08.2019")
    now = row.format("Соснина Анна Петровна", "01.09.2019", "")
    imports.written(CentersKind, f"{heads}{then}\n{now}".encode(), by=by, at=SENT_AT)
    posts = Coordinator.objects.order_by("since").values_list("person__surname", "since", "until")
    assert [(name, str(first), str(last)) for name, first, last in posts] == [
        ("Рощина", "2015-09-01", "2019-08-31"),
        ("Соснина", "2019-09-01", "None"),
    ]
    UserFactory(person=Person.objects.get(surname="Рощина"))
    assert judged(by, f"{heads}{then}\n{now}").same == [2, 3]
    wrong = {
        then.replace("Рощина Вера Ильинична", "Ивлева Анна Львовна"): "Рощина Вера Ильинична",
        then.replace("31.08.2019", "31.08.2018"): "последний день этого координатора – 31.08.2019",
        then.replace("01.09.2015;31.08.2019", "01.09.2015;31.08.2014"): "раньше первого",
        then.replace("01.09.2015;31.08.2019", ";31.08.2019"): "Координатор с",
    }
    for text, said in wrong.items():
        (fault,) = judged(by, f"{heads}{text}").faults
        assert said in fault.words


def test_nobody_who_may_log_in_is_appointed(by: Any) -> None:
    center = CenterFactory(organization__short_name="Лицей № 7")
    user = UserFactory(person=PersonFactory(surname="Ясенева", given_name="Ева", patronymic="Львовна"))
    text = f"Центр;Координатор\nЛицей № 7;{user.person.full_name}"
    assert ["на карточке центра" in one.words for one in judged(by, text).faults] == [True]
    CoordinatorFactory(center=center, person=user.person)
    assert judged(by, text).same == [2]
    CenterFactory(organization__short_name="Лицей № 8")
    cell = f'Центр;Координатор\n"Лицей № 7;Лицей № 8";{user.person.full_name}'.encode()
    session = imports.begun(CentersKind, cell, by=by, at=SENT_AT)
    (question,) = showing.questions(imports.judged(session, CentersKind, at=SENT_AT))
    sessions.answer(session, [question], {question["name"]: EACH}, by=by, at=SENT_AT)
    beside = imports.judged(session, CentersKind, at=SENT_AT)
    assert ["на карточке центра" in one.words for one in beside.faults] == [True]


def test_everything_that_a_row_leaves_open_is_asked_at_once(by: Any) -> None:
    found = judged(by, "Центр;Муниципалитет;Координатор\nЛицей «Ель»;Нигде;Иволгина Анна Львовна, Рощина Вера Юрьевна")
    assert [(one.row, one.name) for one in found.doubtful] == [(2, "municipality"), (2, "coordinator")]


def test_what_is_wrong_with_a_centre_is_said_of_its_cell(by: Any) -> None:
    CenterFactory(organization__short_name="Лицей № 8")
    long = f"Лицей {'очень ' * 30}".strip()
    rows = [
        "Лицей № 8;;12-р;;;;;",
        "Лицей № 8;;;;01.09.2020;01.09.2019;;",
        "Лицей № 8;;;;;;123;",
        "Лицей № 8;;;;;;Соснина Анна;01.09.2020",
        "Лицей № 8;;;;;;Соснина А.;01.09.2020",
        "Лицей «Новый»;;;;01.09.2020;;;",
        f'"{long}";Зырянский район;;;01.09.2020;;;',
    ]
    found = judged(by, HEADS + "\n".join(rows))
    assert [(one.row, one.name, one.words) for one in found.faults] == [
        (2, "act_on", "У распоряжения нет даты."),
        (3, "until", "Последний день статуса раньше первого."),
        (4, "coordinator", "Фамилия, имя и отчество координатора не прочитаны."),
        (5, "coordinator", NOT_TOLD),
        (7, "municipality", "Укажите муниципалитет: без него новая организация не вносится."),
        (8, "short_name", "Длиннее 150 знаков."),
    ]
    assert [(one.row, one.name) for one in found.doubtful] == [(6, "coordinator")]
    assert [one.name for one in judged(by, "Центр;№ распоряжения\nЛицей № 8;12-р").faults] == ["act_number"]


def test_one_of_several_coordinators_is_chosen_or_none(by: Any) -> None:
    people = "Иволгина Анна Львовна, Рощина Вера Юрьевна"
    text = f"{HEADS}Лицей «Ель»;Зырянский район;12-р;20.08.2020;01.09.2020;;{people};01.09.2021"
    named = []
    for said in ("2", WITHOUT):
        session = imports.begun(CentersKind, text.encode(), by=by, at=SENT_AT)
        (question,) = showing.questions(imports.judged(session, CentersKind, at=SENT_AT))
        sessions.answer(session, [question], {question["name"]: said}, by=by, at=SENT_AT)
        sessions.write(session, CentersKind, by=by, at=SENT_AT)
        named.append([post.person.surname for post in Coordinator.objects.all()])
        sessions.undo(session, CentersKind, by=by, at=SENT_AT)
        ImportAnswer.objects.all().delete()
    assert named == [["Рощина"], []]
