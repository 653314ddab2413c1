"""People from lists as offices keep them: who is found, who is new, who is asked about, whom no file touches."""

import datetime
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from centers.importing.people import NO_FULL_NAME, NO_GENDER, PeopleKind
from centers.models import Employment, Person
from rcro_portal.lib.registers.importing import sessions, showing
from rcro_portal.lib.registers.importing.kinds import CannotUndo, Judgement
from rcro_portal.models import ImportAnswer, ImportSession
from tests.factories import imports
from tests.factories.centers import (
    EmploymentFactory,
    OrganizationFactory,
    PersonFactory,
    StaffPostFactory,
    UserFactory,
    coordinator,
    staff,
)
from tests.factories.moments import SENT_AT
from tests.untouched import refused

pytestmark = pytest.mark.django_db
DATA = Path(__file__).parents[2] / "data" / "imports"
TOLD = {"by": None, "at": SENT_AT}
WHOLE, NO_TITLE = NO_FULL_NAME, "Укажите должность: без неё нет места."


@pytest.fixture
def by() -> object:
    return UserFactory(person=PersonFactory(surname="Загрузкина", email="by@office.example"))


def begun(by: object, text: str) -> ImportSession:
    return imports.begun(PeopleKind, text.encode(), by=by, at=SENT_AT)


def judged(by: object, text: str) -> Judgement:
    return imports.judged(begun(by, text), PeopleKind, at=SENT_AT)


def test_print_out_of_1c(by: object) -> None:
    """A record on two rows, headings in two, groups, «(осн.)», a total, a signature; one holds two posts."""
    session, found = imports.written(PeopleKind, (DATA / "staff_1c.xlsx").read_bytes(), by=by, at=SENT_AT)
    assert (found.rows, len(found.new), found.same, found.faults, found.doubtful) == (10, 9, [14], [], [])
    assert [one.row for one in found.skipped] == [1, 2, 4, 20, 29, 31]
    assert sessions.opened(session, PeopleKind).heads.fields == {3: "full_name", 5: "since", 6: "title"}
    rimma = Person.objects.get(given_name="Римма")
    assert (rimma.surname, rimma.patronymic, rimma.gender) == ("Берёзоречных", "Назаровна", "f")


def test_list_without_headings(by: object) -> None:
    """Nobody is taken for a heading; columns are pointed out; rubbish is a fault of its cells."""
    data = (DATA / "people_no_header.xls").read_bytes()
    session = imports.begun(PeopleKind, data, by=by, at=SENT_AT)
    asked = imports.judged(session, PeopleKind, at=SENT_AT)
    assert (asked.rows, [one.column for one in asked.faults]) == (0, ["ФИО"])
    assert asked.faults[0].words.endswith("Можно указать вместо него «Фамилия» и «Имя».")
    preview = showing.of_file(sessions.opened(session, PeopleKind), **TOLD)["preview"]
    assert preview["headings"] == [*"ABCDEFGH"]
    assert preview["rows"][0][:1] + preview["rows"][0][1][:3] == [1, "Тогуров", "Ефим", "Назарович"]
    told = {"A": "surname", "B": "given_name", "C": "patronymic", "E": "gender"}
    sessions.read_as(sessions.opened(session, PeopleKind), head_rows=[], columns=told)
    found = imports.judged(session, PeopleKind, at=SENT_AT)
    assert (found.rows, len(found.new), found.doubtful) == (8, 7, [])
    assert [(one.row, one.name, one.words) for one in found.faults] == [
        (6, "given_name", "«111» – не имя. Исправьте ячейку."),
        (6, "patronymic", "«111» – не отчество. Исправьте ячейку."),
    ]
    sessions.write(session, PeopleKind, by=by, at=SENT_AT, good_rows=True)
    assert Person.objects.filter(surname="Лоскутовских", gender="m").exists()


def test_who_may_be_meant_is_asked_once(by: object) -> None:
    anna = PersonFactory(surname="Иволгина", given_name="Анна", patronymic="Сергеевна", email="ivolgina@school.example")
    text = (
        "ФИО;Почта\nИволгина Анна Сергевна;\nИволгина Анна Сергеевна;other@school.example\nИволгина А.С.;\nСоснин Р.К.;"
    )
    session = begun(by, text)
    found = imports.judged(session, PeopleKind, at=SENT_AT)
    assert (found.same, found.new, found.faults) == ([4], [], [])
    asked = [(one.row, one.question.candidates) for one in found.doubtful]
    known = "Иволгина Анна Сергеевна, ivolgina@school.example"
    assert asked == [(2, (known,)), (3, (known,)), (5, ())]
    questions = list(showing.questions(found))
    said = dict(zip([one["name"] for one in questions], [str(anna.pk), "new", "skip"], strict=True))
    assert sessions.answer(session, questions, said, by=by, at=SENT_AT) == 3
    assert ImportAnswer.objects.count() == 2
    sessions.write(session, PeopleKind, by=by, at=SENT_AT)
    assert Person.objects.filter(surname="Иволгина").count() == 2
    again = judged(by, text)
    assert (again.same, again.writes, [one.row for one in again.doubtful]) == ([2, 3], 0, [4, 5])
    anna.archived_at, anna.archive_reason = SENT_AT, "уехала"
    anna.save()
    assert [one.row for one in judged(by, "ФИО;Почта\nИволгина Анна Сергевна;").doubtful] == [2]


def test_whom_the_administrator_keeps_is_not_touched(by: object) -> None:
    post = StaffPostFactory(person=PersonFactory(surname="Кедрова", given_name="Инна", patronymic="Львовна", email=""))
    name = post.person.full_name
    assert [one.row for one in judged(by, f"ФИО;Почта\n{name};").faults] == []
    found = judged(by, f"ФИО;Почта\n{name};kedrova@school.example")
    assert [(one.row, "ведёт администратор" in one.words) for one in found.faults] == [(2, True)]
    school = OrganizationFactory(short_name="Лицей № 7")
    place = f"ФИО;Организация;Должность\n{name};Лицей № 7;директор"
    found = judged(by, place)
    assert [(one.name, "ведёт администратор" in one.words) for one in found.faults] == [("organization", True)]
    EmploymentFactory(person=post.person, organization=school, title="директор")
    assert judged(by, place).same == [2]


def test_place_of_work_and_undoing(by: object) -> None:
    school = OrganizationFactory(short_name="МБОУ «Берёзовская СОШ»")
    text = (
        "ФИО, контакты;Организация;Должность;Работает с\n"
        '"Рощина Вера Ильинична, тел. (3822) 51-56-66; roshina@school.example";Берёзовская СОШ;учитель;01.09.2020'
    ).replace("ФИО, контакты", "ФИО (контакты)")
    session, _ = imports.written(PeopleKind, text.encode(), by=by, at=SENT_AT)
    person = Person.objects.get(surname="Рощина")
    assert (person.email, person.phone) == ("roshina@school.example", "+73822515666")
    post = Employment.objects.get()
    assert (post.person, post.organization, post.title, post.since) == (
        person,
        school,
        "учитель",
        datetime.date(2020, 9, 1),
    )
    assert judged(by, text).same == [2]
    changed = judged(by, text.replace("51-56-66", "51-56-77"))
    assert [one.row for one in changed.changed] == [2]
    assert ("Рощина Вера Ильинична: телефон", "(3822) 51-56-66", "(3822) 51-56-77") in PeopleKind.changes(
        changed.changed[0].what
    )
    post.title = "завуч"
    post.save()
    with refused(CannotUndo, but=[ImportSession]):
        sessions.undo(session, PeopleKind, by=by, at=SENT_AT)
    post.title = "учитель"
    post.save()
    assert sessions.undo(session, PeopleKind, by=by, at=SENT_AT) == "Загрузка отменена: удалено записей – 2."
    assert not Person.objects.filter(surname="Рощина").exists()


def test_own_list_comes_back_with_no_change(client: Client) -> None:
    """Whoever has an account, a centre, a place of work: the file of the list says what the portal says."""
    by = staff("methodist")
    coordinator(person__phone="+73822000001;ext=2")
    EmploymentFactory(person__given_name="Вера", person__gender="f")
    client.force_login(by)
    data = client.get(reverse("centers:people-list-xlsx")).content
    found = imports.judged(imports.begun(PeopleKind, data, by=by, at=SENT_AT), PeopleKind, at=SENT_AT)
    assert (found.faults, found.doubtful, found.new, found.changed) == ([], [], [], [])
    assert len(found.same) == Person.objects.count() == 3


def test_number_in_a_cell_with_a_name_is_not_lost_in_silence(by: object) -> None:
    text = "ФИО;Пол\nРощина Вера Юрьевна, тел. 8 (3820) 2-10-30, 8 923 400-10-20;ж"
    found = judged(by, text)
    assert (len(found.new), found.faults) == (1, [])
    assert [one.split(".")[0] for one in found.notes] == [
        "Телефоны с лишней или пропущенной цифрой не войдут: «8 (3820) 2-10-30»"
    ]
    imports.written(PeopleKind, text.encode(), by=by, at=SENT_AT)
    assert Person.objects.get(surname="Рощина").phone == "+79234001020"
    assert judged(by, text).same == [2]


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        (
            "ФИО;Организация;Должность\nИволгина;;\nСоснин Пётр;;\nРощина Вера Ильинична;Лицей № 7;\n"
            "Ивлева Анна Львовна, Ким Ли Ильич;;\n",
            [(2, "full_name", WHOLE), (3, "full_name", NO_GENDER), (4, "title", NO_TITLE), (5, "full_name", WHOLE)],
        ),
        (
            "Фамилия;Имя;Отчество\nСоснин;;Петрович\nСоснин;Пётр;\n",
            [(2, "surname", WHOLE), (3, "surname", NO_GENDER)],
        ),
    ],
    ids=["one cell", "three cells"],
)
def test_what_is_wrong_with_a_person(by: object, text: str, faults: list[tuple[int, str, str]]) -> None:
    OrganizationFactory(short_name="Лицей № 7")
    assert [(one.row, one.name, one.words) for one in judged(by, text).faults] == faults


def test_ways_to_reach_a_person_may_stand_in_the_cell_of_the_name(by: object) -> None:
    text = "ФИО;Почта\nЯсенева Ева Львовна, +7 3822 00-00-01, eva@school.example;"
    imports.written(PeopleKind, text.encode(), by=by, at=SENT_AT)
    eva = Person.objects.get(given_name="Ева")
    assert (eva.surname, eva.email, eva.phone) == ("Ясенева", "eva@school.example", "+73822000001")
