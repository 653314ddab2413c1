"""Cells that people fill in their own way: days without a year, names of one person, names of several organisations."""

import datetime

import pytest
from django import forms

from rcro_portal.lib.registers.importing import contacts, lists
from rcro_portal.lib.registers.importing.asking import EACH, ONE, Answers, Doubtful
from rcro_portal.lib.registers.importing.contacts import Named
from rcro_portal.lib.registers.importing.fields import NO_YEAR, NOT_A_DAY, Day


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
