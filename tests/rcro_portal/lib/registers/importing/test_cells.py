"""Cells that people fill in their own way: days without a year, names of one person, names of several organisations."""

import datetime

import pytest
from django import forms

from rcro_portal.lib.registers.importing import contacts, lists
from rcro_portal.lib.registers.importing.asking import EACH, NEW, ONE, WITHOUT, Answers, Doubtful
from rcro_portal.lib.registers.importing.columns import Column, needed
from rcro_portal.lib.registers.importing.contacts import Named
from rcro_portal.lib.registers.importing.fields import NO_YEAR, NOT_A_DAY, Day
from rcro_portal.lib.registers.importing.finding import Known, Pool, Wanted, Ways


def test_day_without_a_year_takes_the_one_that_stands_above() -> None:
    day = Day()
    with pytest.raises(forms.ValidationError, match=NO_YEAR):
        day.clean("05.10")
    day.year = 2026
    assert day.clean("05.10") == datetime.date(2026, 10, 5)
    with pytest.raises(forms.ValidationError, match=NOT_A_DAY):
        day.clean("31.02")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("СОСНИН ПЁТР ЛЬВОВИЧ", Named("Соснин", "Пётр", "Львович")),
        ("Соснин Пётр", Named("Соснин", "Пётр", "")),
        ("Мамедов Али Гасан ОГЛЫ", Named("Мамедов", "Али", "Гасан оглы")),
        ("John Smith", None),
        ("Соснин", None),
    ],
)
def test_name_of_one_person(text: str, named: Named | None) -> None:
    assert contacts.parts(text) == named


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Лицей № 1; Лицей № 2", ["Лицей № 1", "Лицей № 2"]),
        ("Лицей № 1, Школа № 2", ["Лицей № 1", "Школа № 2"]),
        ("Лицей № 1, город Томск", ["Лицей № 1, город Томск"]),
        ("Лицей № 1\nгорода Томска", ["Лицей № 1 города Томска"]),
        ("Лицей № 1\nШкола № 2\nЛицей № 1", ["Лицей № 1", "Школа № 2"]),
    ],
)
def test_several_organisations_in_a_cell(cell: str, names: list[str]) -> None:
    assert lists.split(cell) == names


def test_one_organisation_with_a_comma_is_said_to_be_one() -> None:
    cell = "Лицей № 1, Школа № 2"
    answers = Answers()
    with pytest.raises(Doubtful) as asked:
        lists.one_or_several(cell, answers)
    key = asked.value.question.key
    told = []
    for said in (EACH, ONE):
        answers._read[lists.ABOUT] = {key: said}
        told.append(lists.one_or_several(cell, answers))
    assert told == [["Лицей № 1", "Школа № 2"], [cell]]


def test_day_with_the_time_of_midnight_is_a_day() -> None:
    assert Day().clean("05.10.2026 00:00:00") == datetime.date(2026, 10, 5)


@pytest.mark.parametrize(
    ("cell", "title"),
    [
        ("Соснин Пётр Львович, зам. директора", "зам. директора"),
        ("Соснин Пётр Львович, ИО", "ИО"),
        ("Соснин Пётр Львович (д)", ""),
    ],
)
def test_what_else_a_cell_says_of_a_person_is_the_post(cell: str, title: str) -> None:
    assert [one.title for one in contacts.read(cell)] == [title]


def test_one_column_may_stand_for_another() -> None:
    short = Column("short", "Центр", required=True, instead=("full",))
    told = (short, Column("full", "Полное наименование"), Column("phone", "Телефон"))
    assert [needed(told, there) for there in ({"short", "full"}, {"full"}, {"short"})] == [
        {"short"},
        {"full"},
        {"short"},
    ]


def test_rows_of_one_name_are_asked_about_and_only_what_may_be_is_offered() -> None:
    pool = Pool("school", tuple(Known(pk, f"Лицей № 1 ({pk})", ("Лицей № 1",)) for pk in (1, 2)), Answers())
    offered = []
    for ways in (Ways(), Ways(new="Новый", without="Никакой")):
        with pytest.raises(Doubtful, match="под таким названием в портале несколько записей") as asked:
            pool.find("Лицей № 1", ways)
        offered.append([choice[0] for choice in asked.value.question.choices])
    assert offered == [["1", "2"], ["1", "2", NEW, WITHOUT]]
    key = asked.value.question.key
    told = []
    for said in (NEW, WITHOUT, "2"):
        pool.answers._read["school"] = {key: said}
        told.append(pool.find("Лицей № 1", ways))
    assert told == [Wanted(None, is_new=True), Wanted(None), Wanted(2)]
