"""Lists of pupils brought in: consents are asked for, nobody is merged in silence, and the import keeps no name."""

import datetime
from typing import Any

import pytest

from olympiad.importing.pupils import PupilsKind
from olympiad.models import Pupil, WhyNameless
from olympiad.pupils import forgetting
from rcro_portal.lib.refusals import WrongStep
from rcro_portal.lib.registers.importing import sessions
from rcro_portal.lib.registers.importing.kinds import CannotUndo
from rcro_portal.models import ImportedRow
from tests import clock
from tests.factories import imports
from tests.factories.centers import DepartmentFactory, OrganizationFactory, staff
from tests.factories.olympiad import PrepSessionFactory

pytestmark = pytest.mark.django_db
HEAD = "№ п/п;ФИО;Дата рождения;Класс;Школа;Тёзка;Впервые в сезоне;Согласие дано;Согласие действует по"
VERA = "1;Лукошкина Вера Ильинична;01.02.2010;9 «А»;Школа № 1;;да;01.09.2026;31.12.2026"


@pytest.fixture
def session() -> Any:
    OrganizationFactory(short_name="Школа № 1")
    return PrepSessionFactory(pupils=0)


@pytest.fixture
def by(session: Any) -> Any:
    return staff("methodist", session.event.department)


def table(*rows: str) -> bytes:
    return "\n".join([HEAD, *rows]).encode()


def written(session: Any, by: Any, *rows: str) -> Any:
    return imports.written(PupilsKind, table(*rows), by=by, at=clock.now(), session=session.pk)


def judged(session: Any, by: Any, *rows: str) -> Any:
    begun = imports.begun(PupilsKind, table(*rows), by=by, at=clock.now(), session=session.pk)
    return imports.judged(begun, PupilsKind, at=clock.now())


def test_a_list_names_pupils_and_again_changes_nothing(session: Any, by: Any) -> None:
    brought, _ = written(session, by, VERA)
    pupil = Pupil.objects.select_related("organization").get()
    assert (pupil.surname, pupil.given_name, pupil.grade, str(pupil.organization)) == (
        *("Лукошкина", "Вера", 9, "Школа № 1"),
    )
    assert (str(pupil.consent_until), pupil.new_in_season, pupil.entered_by) == ("2026-12-31", True, by)
    session.refresh_from_db()
    assert session.pupils == 1
    assert set(ImportedRow.objects.get().now) == {"session", "new_in_season", "consent_on", "consent_until"}
    again = judged(session, by, VERA)
    assert (again.same, again.writes, again.faults) == ([2], 0, [])
    longer = judged(session, by, VERA.replace("31.12.2026", "30.06.2027"))
    assert ([one.row for one in longer.changed], longer.faults) == ([2], [])
    (told,) = PupilsKind.changes(judged(session, by, VERA.replace(";да;", ";нет;")).changed[0].what)
    assert told == (f"обучающийся № {pupil.pk}: впервые в сезоне", "да", "нет")
    sessions.undo(brought, PupilsKind, by=by, at=clock.now())
    assert not Pupil.objects.exists()


def test_names_that_went_stay_in_counts_when_the_file_is_taken_back(session: Any, by: Any) -> None:
    other = VERA.replace("Лукошкина Вера", "Новикова Анна").replace("31.12.2026", "30.06.2027")
    brought, _ = written(session, by, VERA, other)
    later = clock.now() + datetime.timedelta(days=60)
    forgetting.forget(Pupil.objects.filter(surname="Лукошкина"), why=WhyNameless.TERM, at=later)
    words = sessions.undo(brought, PupilsKind, by=by, at=later)
    assert words == "Загрузка отменена: удалено записей – 1. Имён уже не было, в числах остались – 1."
    assert list(Pupil.objects.values_list("surname", "grade")) == [("", 9)]
    session.refresh_from_db()
    assert session.pupils == 2
    again, _ = written(session, by, other)
    forgetting.forget(Pupil.objects.all(), why=WhyNameless.TERM, at=later)
    with pytest.raises(CannotUndo, match="Отменять нечего"):
        sessions.undo(again, PupilsKind, by=by, at=later)
    assert Pupil.objects.count() == 2


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        (VERA.replace("01.09.2026", ""), "Согласие дано", "Без согласия родителей имя не вносится"),
        (VERA.replace("31.12.2026", ""), "Согласие действует по", "Без согласия родителей имя не вносится"),
        (VERA.replace("31.12.2026", "26.11.2026"), "Согласие действует по", "Согласие действовало по 26.11.2026."),
        (VERA.replace("31.12.2026", "31.08.2026"), "Согласие действует по", "Согласие кончается раньше, чем дано."),
        (VERA.replace("01.09.2026", "01.12.2026"), "Согласие дано", "Согласие ещё не дано: 01.12.2026"),
        (VERA.replace("Вера Ильинична", "В.И."), "Фамилия и имя", "Нужно имя целиком"),
        (VERA.replace("Лукошкина Вера Ильинична", "12"), "Фамилия и имя", "Здесь нужны фамилия и имя"),
        (VERA.replace("9 «А»", "12"), "Класс", "Класс не прочитан"),
        (VERA.replace(";;да", ";может;да"), "Тёзка", "Здесь нужно «да» или «нет»."),
        (VERA.replace("Школа № 1", "Лицей № 7"), "Школа", "Школы «Лицей"),
    ],
)
def test_a_row_is_refused_in_words(session: Any, by: Any, row: str, column: str, words: str) -> None:
    found = judged(session, by, row)
    assert [(one.column, one.words.startswith(words)) for one in found.faults] == [(column, True)]
    assert found.doubtful == []


def test_a_consent_that_ends_today_holds_today(session: Any, by: Any) -> None:
    assert len(judged(session, by, VERA.replace("31.12.2026", "27.11.2026")).new) == 1


def test_two_of_one_name_in_one_class_are_two_where_the_file_says_so(session: Any, by: Any) -> None:
    (fault,) = judged(session, by, VERA, VERA).faults
    assert (fault.row, "В строке 2 то же имя" in fault.words, "Тёзка" in fault.words) == (3, True, True)
    namesake = VERA.replace(";;да", ";да;да")
    written(session, by, VERA, namesake, namesake)
    assert sorted(Pupil.objects.values_list("namesake", flat=True)) == [False, True, True]
    again = judged(session, by, VERA, namesake, namesake)
    assert (again.same, again.writes) == ([2, 3, 4], 0)


def test_whoever_left_the_department_writes_no_list(session: Any, by: Any) -> None:
    begun = imports.begun(PupilsKind, table(VERA), by=by, at=clock.now(), session=session.pk)
    with pytest.raises(WrongStep):
        sessions.write(begun, PupilsKind, by=staff("methodist", DepartmentFactory(name="другой отдел")), at=clock.now())
    session.archived_at, session.archive_reason = clock.now(), "внесена дважды"
    session.save()
    with pytest.raises(WrongStep):
        sessions.write(begun, PupilsKind, by=by, at=clock.now())
    assert not Pupil.objects.exists()
