"""Organisations from tables: by ИНН first, then by the name folded, numbers apart; likeness only asks."""

from typing import Any

import pytest

from centers.importing.organizations import OrganizationsKind
from centers.models import Organization
from rcro_portal.lib.registers.importing import sessions, showing
from rcro_portal.lib.registers.importing.kinds import CannotUndo, Judgement
from rcro_portal.models import ImportedRow, ImportSession
from tests.factories import imports
from tests.factories.centers import (
    CenterFactory,
    MunicipalityFactory,
    OrganizationFactory,
    UserFactory,
    administrator,
    coordinator,
)
from tests.factories.moments import SENT_AT
from tests.untouched import refused

pytestmark = pytest.mark.django_db
INN = "7099001074"


@pytest.fixture
def by() -> Any:
    MunicipalityFactory()
    return administrator()


def begun(by: Any, text: str) -> ImportSession:
    return imports.begun(OrganizationsKind, text.encode(), by=by, at=SENT_AT)


def judged(by: Any, text: str) -> Judgement:
    return imports.judged(begun(by, text), OrganizationsKind, at=SENT_AT)


def table(*rows: str) -> str:
    return "\n".join(["Организация;Муниципалитет;ИНН;Телефон", *rows])


def test_number_of_the_state_goes_before_the_name(by: Any) -> None:
    known = OrganizationFactory(short_name="Лицей «Ива»", inn=INN)
    found = judged(by, table(f"Гимназия «Сосна»;;{INN};(3822) 51-56-66"))
    assert [one.what[0].held for one in found.changed] == [known]
    other = judged(by, table("Лицей «Ива»;;7707083893;"))
    assert [(one.row, one.suggestion) for one in other.faults] == [(2, INN)]


def test_names_are_folded_and_numbers_compared_apart(by: Any) -> None:
    for number in ("9", "19"):
        OrganizationFactory(short_name=f"МБОУ СОШ № {number}")
    found = judged(by, table('мбоу "COШ №9";;;', "СОШ-19;;;", "МБОУ СОШ № 91;Заречный р-н;;", "СШО № 9;Заречный р-н;;"))
    assert (found.same, [one.row for one in found.new]) == ([2, 3], [4])
    assert [(one.row, one.question.candidates) for one in found.doubtful] == [(5, ("МБОУ СОШ № 9 (Заречный район)",))]


@pytest.mark.parametrize("said", ["Заречный р-н", "МО «Заречный район»", "заречный", "Заречный муниципальный округ"])
def test_municipality_in_any_form(by: Any, said: str) -> None:
    (one,) = judged(by, table(f"Школа «Ива»;{said};;")).new
    assert one.what[0].values["municipality"].name == "Заречный район"


def test_what_is_wrong_and_what_would_be_right(by: Any) -> None:
    found = judged(by, table("Школа № 1;Заречнй район;;123", "Школа № 2;;;", "Школа № 3;Дальний;70990;"))
    assert [(one.row, one.name, one.suggestion) for one in found.faults] == [
        (2, "municipality", "Заречный район"),
        (2, "phone", ""),
        (3, "municipality", ""),
        (4, "inn", ""),
    ]
    assert [(one.row, one.name) for one in found.doubtful] == [(4, "municipality")]


def test_rows_that_contradict_each_other_and_one_in_the_archive(by: Any) -> None:
    OrganizationFactory(short_name="Школа «Ель»", archived_at=SENT_AT, archive_reason="закрыта")
    row = "Школа «Ива»;Заречный район;{};"
    found = judged(by, table(row.format(INN), row.format(""), row.format("7707083893"), "Школа «Ель»;Заречный район;;"))
    assert (found.same, [one.row for one in found.new]) == ([3], [2])
    assert [(one.row, words) for one in found.faults if (words := one.words.split(":")[0])] == [
        (4, "В строке 2 о том же сказано иначе"),
        (5, "«Школа „Ель“» – в архиве. Верните эту запись из архива, потом загружайте."),
    ]


def test_second_of_two_imports_finds_the_rows_of_the_first(by: Any) -> None:
    first, second = (begun(by, table("Школа «Ива»;Заречный район;;")) for _ in range(2))
    sessions.write(first, OrganizationsKind, by=by, at=SENT_AT)
    with refused(sessions.NotReady, but=[ImportSession]):
        sessions.write(second, OrganizationsKind, by=by, at=SENT_AT)
    assert Organization.objects.count() == ImportedRow.objects.count() == 1


def test_undoing_ends_where_somebody_uses_what_was_brought_in(by: Any) -> None:
    session, _ = imports.written(OrganizationsKind, table("Школа «Ива»;Заречный район;;").encode(), by=by, at=SENT_AT)
    center = CenterFactory(organization=Organization.objects.get(), status=None)
    with refused(CannotUndo, but=[ImportSession]):
        sessions.undo(session, OrganizationsKind, by=by, at=SENT_AT)
    center.delete()
    assert sessions.undo(session, OrganizationsKind, by=by, at=SENT_AT) == "Загрузка отменена: удалено записей – 1."


def test_what_would_change_is_shown_and_what_was_is_given_back(by: Any) -> None:
    known = OrganizationFactory(short_name="Школа «Ива»", phone="+73822000001", inn="")
    session = begun(by, table(f"Школа «Ива»;;{INN};8 3822 00-00-02"))
    shown = showing.of_file(sessions.opened(session, OrganizationsKind), by=by, at=SENT_AT)
    assert shown["changes"] == [
        {
            "row": 2,
            "fields": [["Школа «Ива»: ИНН", "", INN], ["Школа «Ива»: телефоны", "(3822) 00-00-01", "(3822) 00-00-02"]],
        }
    ]
    sessions.write(session, OrganizationsKind, by=by, at=SENT_AT)
    known.refresh_from_db()
    assert (known.phone, known.inn) == ("+73822000002", INN)
    said = sessions.undo(session, OrganizationsKind, by=by, at=SENT_AT)
    known.refresh_from_db()
    assert said == "Загрузка отменена: прежними стали – 1."
    assert (known.phone, known.inn) == ("+73822000001", "")


def test_who_may() -> None:
    assert OrganizationsKind.may(administrator())
    assert not OrganizationsKind.may(coordinator(CenterFactory()))
    assert not OrganizationsKind.may(UserFactory())


def test_name_that_is_missing_or_has_no_short_one(by: Any) -> None:
    long = f"Лицей {'очень ' * 30}".strip()
    text = f"Краткое наименование;Полное наименование;Муниципалитет\n;{long};Заречный район\n;;Заречный район\n"
    assert [(one.row, one.name, one.words) for one in judged(by, text).faults] == [
        (2, "full_name", "Длиннее 150 знаков: добавьте столбец «Краткое наименование»."),
        (3, "full_name", "Названия нет."),
    ]
