"""Lists of prep sessions as offices keep them."""

from typing import Any

import pytest

from events.models import Event
from olympiad.importing.sessions import SessionsKind
from olympiad.models import PrepSession, Season
from rcro_portal.lib.registers.importing import sessions
from tests.factories import imports
from tests.factories.centers import OrganizationFactory, place, staff
from tests.factories.moments import SENT_AT
from tests.factories.olympiad import PrepSessionFactory, SessionLecturerFactory, SubjectFactory

pytestmark = pytest.mark.django_db
HEAD = (
    "Название смены;Вид;Сроки;Муниципалитет;Предметы;Классы;Квота;Партнёры;Школьников;Преподавателей;"
    "Докторов наук;Кандидатов наук"
)


@pytest.fixture
def by() -> Any:
    for name in ("Физика", "Химия"):
        SubjectFactory(name=name)
    place("Заречный район")
    OrganizationFactory(short_name="ООО «Прибор»")
    return staff("methodist")


def table(*rows: str) -> bytes:
    return "\n".join([HEAD, *rows]).encode()


def judged(data: bytes, by: Any) -> Any:
    return imports.judged(imports.begun(SessionsKind, data, by=by, at=SENT_AT), SessionsKind, at=SENT_AT)


FIRST = "Зимняя смена;профильная смена;05.01.2026–09.01.2026;Заречный район;Физика, химия;9–11;40;ООО «Прибор»;38;6;1;2"


def test_a_list_puts_sessions_down_with_their_events_and_again_changes_nothing(by: Any) -> None:
    second = "Осенние сборы;тренинг;12–14 ноября 2025 г.;;Физика;8;;;20;2;;"
    session, found = imports.written(SessionsKind, table(FIRST, second), by=by, at=SENT_AT)
    assert (len(found.new), found.faults, found.doubtful) == (2, [], [])
    winter, autumn = PrepSession.objects.select_related("event", "season").order_by("-event__starts_at")
    assert (winter.event.days, winter.event.status, winter.season.name) == (
        *("05.01.2026–09.01.2026", "draft", "2025/26"),
    )
    assert (winter.grades, winter.quota, winter.pupils, winter.doctors) == ("9–11", 40, 38, 1)
    assert [str(one) for one in (*winter.subjects.order_by("name"), *winter.partners.all())] == [
        *("Физика", "Химия", "ООО «Прибор»"),
    ]
    assert (autumn.event.days, autumn.grades, autumn.municipality) == ("12.11.2025–14.11.2025", "8", None)
    again = judged(table(FIRST, second), by)
    assert (again.same, again.writes, again.faults) == ([2, 3], 0, [])
    sessions.undo(session, SessionsKind, by=by, at=SENT_AT)
    assert (PrepSession.objects.exists(), Event.objects.exists(), Season.objects.exists()) == (False, False, False)


def test_a_row_says_all_that_is_wrong_with_it(by: Any) -> None:
    wrong = "Смена;кружок;когда-нибудь;;Физика;3–12;;;10;2;2;1"
    same_twice = "Зимняя смена;тренинг;05.01.2026–09.01.2026;;;;;;12;;;"
    found = judged(table(wrong, FIRST, same_twice), by)
    said = {(one.row, one.column): str(one.words) for one in found.faults}
    assert said[(2, "Дни")] == "Дни не прочитаны: нужно «21.10.2019–26.10.2019» или «21.10.2019»."
    assert said[(2, "из них докторов")] == "Докторов и кандидатов наук вместе (3) больше, чем преподавателей (2)."
    assert sorted({column for row, column in said if row == 2}) == ["Вид", "Дни", "из них докторов"]
    assert [column for row, column in said if row == 4] == ["Обучающихся"]


def test_grades_and_season_are_judged_by_the_rules_of_the_season(by: Any) -> None:
    young = "Летняя школа;тренинг;05.01.2026–09.01.2026;;Физика;3–12;;;10;;;"
    (fault,) = judged(table(young), by).faults
    assert (fault.column, str(fault.words)) == ("Классы", "Олимпиада проводится для 5–11-х классов.")


def test_a_file_does_not_move_a_session_nor_count_below_the_named(by: Any) -> None:
    held = PrepSessionFactory(lecturers=1, doctors=0, candidates=0)
    SessionLecturerFactory(session=held)
    day = f"{held.event.first_day:%d.%m.%Y}"
    moved = f"{held.event.topic};тренинг;{day}–31.12.2026;;;;;;30;;;"
    (fault,) = judged(table(moved), by).faults
    assert "Перенос делают на странице мероприятия" in str(fault.words)
    fewer = f"{held.event.topic};тренинг;{day};;;;;;30;0;;"
    with pytest.raises(Exception, match="не меньше, чем названо по именам"):
        imports.written(SessionsKind, table(fewer), by=by, at=SENT_AT)
    held.refresh_from_db()
    assert held.lecturers == 1


def test_a_subject_that_nobody_knows_is_asked_about(by: Any) -> None:
    (doubt,) = judged(table(FIRST.replace("Физика, химия", "Звездочётство")), by).doubtful
    assert "Предмета «Звездочётство» в портале нет" in doubt.why


def test_only_methodists_and_administrators_bring_lists_in() -> None:
    assert [SessionsKind.may(staff(duty)) for duty in ("methodist", "head", "clerk")] == [True, False, False]
