"""A plan-schedule from a document: its table among others, months as sections, terms as people write them."""

from pathlib import Path
from typing import Any

import pytest

from events.importing.plan import PlanKind, year_named
from events.models import Event, PlanItem, PlanSchedule
from events.plan import facts as plan_facts
from rcro_portal.lib.registers.importing import sessions
from tests.factories import imports
from tests.factories.centers import DepartmentFactory, PersonFactory, StaffPostFactory, UserFactory
from tests.factories.moments import SENT_AT

pytestmark = pytest.mark.django_db
DATA = (Path(__file__).parents[2] / "data" / "imports" / "plan_schedule.docx").read_bytes()


@pytest.fixture
def by() -> Any:
    return UserFactory(person=StaffPostFactory(duty="methodist", person__surname="Загрузкина").person)


def test_plan_in_a_document(by: Any) -> None:
    """The first table is that of approvals, the last of signatures: neither is the plan."""
    plan = PlanSchedule.objects.create(project_title="Сеть", year=2027)
    knows = PersonFactory(surname="Инкинских", given_name="Анна", patronymic="Львовна")
    assert year_named(DATA) == 2027
    session, found = imports.written(PlanKind, DATA, by=by, at=SENT_AT, schedule=plan.pk)
    assert (found.rows, len(found.new), found.faults, found.doubtful) == (5, 5, [], [])
    assert [(one.row, one.why) for one in found.skipped] == [
        (2, "номера граф"),
        (3, "раздел"),
        (6, "раздел"),
        (10, "итог"),
    ]
    assert [words.rsplit(" ", 1)[1] for words in found.notes] == ["1.", "1."]
    items = PlanItem.objects.order_by("pk").values_list("number", "section", "when_said", "first_on", "last_on")
    assert [(*said, str(first), str(last)) for *said, first, last in items] == [
        ("1", "Январь", "19.01.2027", "2027-01-19", "2027-01-19"),
        ("2", "Январь", "25–29 января 2027 г.", "2027-01-25", "2027-01-29"),
        ("3", "Февраль", "до 10 февраля", "2027-02-10", "2027-02-10"),
        ("4", "Февраль", "по мере поступления", "None", "None"),
        ("5", "Февраль", "февраль 2027 г.", "2027-02-01", "2027-02-28"),
    ]
    fourth = PlanItem.objects.get(number="4")
    assert (fourth.place, fourth.responsible_said) == ("онлайн", "Лоскутовских Е.Н.")
    assert [one.person for one in fourth.responsible.all()] == [knows]
    again = imports.judged(imports.begun(PlanKind, DATA, by=by, at=SENT_AT, schedule=plan.pk), PlanKind, at=SENT_AT)
    assert (len(again.same), again.writes) == (5, 0)
    sessions.undo(session, PlanKind, by=by, at=SENT_AT)
    assert not PlanItem.objects.exists()


def test_plan_of_a_year_that_has_none_yet(by: Any) -> None:
    DepartmentFactory(name="отдел олимпиад")
    text = (
        "№;Мероприятие;Срок;Ответственный\n"
        "1;Совещание;I квартал;отдел олимпиад\n"
        "2;Семинар;;\n"
        "1;Совещание;I квартал;отдел олимпиад"
    ).encode()
    session = imports.begun(PlanKind, text, by=by, at=SENT_AT, year=2028)
    found = imports.judged(session, PlanKind, at=SENT_AT)
    assert ([one.row for one in found.faults], found.same) == ([3], [4])
    sessions.write(session, PlanKind, by=by, at=SENT_AT, good_rows=True)
    item = PlanItem.objects.get()
    assert (item.schedule.year, str(item.first_on), item.responsible.get().department.name) == (
        *(2028, "2028-01-01", "отдел олимпиад"),
    )


def test_month_that_stands_above_is_the_term_of_rows_without_one(by: Any) -> None:
    plan = PlanSchedule.objects.create(project_title="Сеть", year=2027)
    text = "№;Раздел;Мероприятие;Срок;Ответственный\n1;Февраль;Семинар;;\n2;Февраль;;10.02.2027;"
    session = imports.begun(PlanKind, text.encode(), by=by, at=SENT_AT, schedule=plan.pk)
    found = imports.judged(session, PlanKind, at=SENT_AT)
    assert [(one.row, one.name, one.words) for one in found.faults] == [(3, "title", "Мероприятие не названо.")]
    sessions.write(session, PlanKind, by=by, at=SENT_AT, good_rows=True)
    item = PlanItem.objects.get()
    assert (item.when_said, str(item.first_on), str(item.last_on)) == ("Февраль", "2027-02-01", "2027-02-28")


def test_departments_beside_others_who_answer(by: Any) -> None:
    """A department may be broken over lines; who is not here stays in words."""
    department = DepartmentFactory(name="отдел олимпиад")
    heads, who = "№;Мероприятие;Срок;Ответственный", by.person.full_name
    rows = f'1;Сбор;март;"{who}\nотдел олимпиад"\n2;Слёт;май;"отдел\nолимпиад; комитет\nпо делам молодёжи"'
    imports.written(PlanKind, f"{heads}\n{rows}".encode(), by=by, at=SENT_AT, year=2028)
    first, second = PlanItem.objects.order_by("pk")
    assert [(one.person, one.department) for one in first.responsible.order_by("pk")] == [
        (by.person, None),
        (None, department),
    ]
    assert (second.responsible.get().department, second.responsible_said) == (department, "комитет по делам молодёжи")
    plan_facts.attach([first, second], Event.objects.none(), names=True)
    shown = f'1;Сбор;март;"{first.who}"\n2;Слёт;май;"{second.who}"'
    told = {"by": by, "at": SENT_AT, "year": 2028}
    again = imports.judged(imports.begun(PlanKind, f"{heads}\n{shown}".encode(), **told), PlanKind, at=SENT_AT)
    assert (again.same, again.writes) == ([2, 3], 0)
