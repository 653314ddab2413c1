"""Names of organisations as offices write them: what is one name, what only looks like one."""

import pytest

from rcro_portal.lib.registers.importing import contacts, names

WRITTEN_OUT = "Муниципальное бюджетное общеобразовательное учреждение «Берёзовская средняя общеобразовательная школа»"


@pytest.mark.parametrize(
    ("first", "second", "one"),
    [
        ("МБОУ «Берёзовская СОШ»", 'мбоу "Березовская  COШ"', True),
        (WRITTEN_OUT, "МБОУ «Берёзовская СОШ»", True),
        ("Берёзовская СОШ", "МБОУ «Берёзовская СОШ»", True),
        ("Областное государственное бюджетное профессиональное образовательное учреждение «Ива»", "ОГБПОУ «Ива»", True),
        ("ООО «Ива»", "общество с ограниченной ответственностью «Ива»", True),
        ("МБОУ СОШ № 9", "МБОУ СОШ № 19", False),
        ("МБОУ лицей «Сосновый»", "ЧОУ лицей «Сосновый»", False),
        ("Сосновый лицей", "Сосновая СОШ", False),
    ],
)
def test_one_name(first: str, second: str, one: bool) -> None:
    assert names.are_one(names.spelled(first), names.spelled(second)) == one


def test_nearest_decides_nothing_but_the_order() -> None:
    known = {1: "березовская сош", 2: "лицей сосновый г дальний", 3: "полевская оош"}
    assert names.nearest("МБОУ «Берзовская СОШ»", known) == [1]
    assert names.nearest("Лицей «Сосновый»", known) == [2]
    assert names.nearest("Детский сад «Ромашка»", known) == []


def test_slip_of_the_pen() -> None:
    districts = ["Томский район", "Кожевниковский район", "Город Томск"]
    assert names.likely("Кожевниковкий район", districts) == "Кожевниковский район"
    assert names.likely("Дальний", districts) == ""


def test_initial_is_no_telephone() -> None:
    """«т.» is one, «Т.» is the name."""
    (found,) = contacts.read("Камышев Т.И., т. (3822) 51-56-66")
    assert (found.name, found.title, found.phones) == ("Камышев Т.И.", "", ["(3822) 51-56-66"])
