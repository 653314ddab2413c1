"""A platform's list marks those who were surely there for long enough, and asks about everybody who is doubtful."""

import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client

from centers.models import Person
from events.attendance import attendance
from events.models import Event
from events.models.attendance import Capacity
from events.platforms import lists as platform_lists
from events.platforms import undo as platform_undo
from rcro_portal.lib.platforms.clocks import AnotherDay
from rcro_portal.lib.refusals import WrongStep
from rcro_portal.models import ImportAnswer, ImportSession
from tests.factories import platforms as made
from tests.factories.centers import CoordinatorFactory, PersonFactory, staff
from tests.factories.events import EventFactory, announced
from tests.factories.moments import tomsk
from tests.untouched import nothing_changes, refused

pytestmark = pytest.mark.django_db
QUERIES = 12
AFTER = tomsk(9, 18, 17, year=2020)
KEYS = ["format", "rows", "people", "matched", "doubtful", "organizers", "nobody", "absent", "minutes", "bad"]


@pytest.fixture
def webinar() -> Event:
    return announced(starts_at=tomsk(9, 18, 15, year=2020), ends_at=tomsk(9, 18, 16, 30, year=2020))


def person(name: str, email: str = "", **fields: Any) -> Person:
    surname, given_name, patronymic = name.split(maxsplit=2)
    return PersonFactory(surname=surname, given_name=given_name, patronymic=patronymic, email=email, **fields)


@pytest.fixture
def people() -> dict[str, Person]:
    """Three coordinators, two namesakes one of whom is expected, and the methodist who held it."""
    known = {
        "zimina": person("Зимина Алла Романовна", "zimina@istok.example"),
        "ilina": person("Ильина Раиса Егоровна", "ilina@kedr.example"),
        "gromova": person("Тихонова Ольга Павловна"),
        "kotova": person("Котова Дарья Ильинична"),
        "namesake": person("Тихонова Ольга Петровна"),
    }
    for name in ("zimina", "ilina", "gromova", "kotova"):
        CoordinatorFactory(person=known[name])
    known["lapteva"] = staff("methodist", person=person("Лаптева Вера Андреевна", "lapteva@house.example")).person
    return known


def told(event: Event, data: bytes) -> dict[str, Any]:
    return platform_lists.judge(event=event, data=data).told()


def test_list_of_zoom_is_told_whole(webinar: Event, people: dict[str, Person]) -> None:
    """Two devices are a union, organisers stand apart; whoever is like two people is nobody's mark."""
    assert told(webinar, made.ZOOM.encode()) == {
        "format": "zoom",
        "rows": 6,
        "people": 5,
        "matched": 2,
        "doubtful": 1,
        "organizers": 1,
        "nobody": 1,
        "absent": 2,
        "minutes": {str(people["zimina"].pk): 70, str(people["ilina"].pk): 15},
        "bad": [],
    }


@pytest.mark.parametrize(
    ("data", "matched", "minutes"),
    [
        (made.utf16(made.TEAMS), 2, [70, 80]),
        (made.utf16(made.TEAMS_CLASSIC), 2, [70, 80]),
        (made.MEET.encode(), 2, [72, 45]),
        (made.table(made.MTS_LINK), 2, [85, 30]),
        (made.table(made.YANDEX_FORM), 2, []),
    ],
    ids=["Teams", "Teams, the classic list", "Google Meet", "MTS Link", "a form"],
)
def test_lists_of_others(
    data: bytes, matched: int, minutes: list[int], webinar: Event, people: dict[str, Person]
) -> None:
    found = told(webinar, data)
    assert (found["matched"], list(found["minutes"].values()), found["bad"]) == (matched, minutes, [])


def test_whoever_was_surely_there_for_long_enough_is_marked_once(webinar: Event, people: dict[str, Person]) -> None:
    """Half of the planned hour and a half, unless something else is set; a guest is somebody known who came."""
    by = staff("methodist")
    judged = platform_lists.judge(event=webinar, data=made.ZOOM.encode())
    assert platform_lists.bring_in(judged=judged, by=by, at=AFTER) == 1
    assert [(row.person, row.capacity) for row in webinar.attendances.present()] == [
        (people["zimina"], Capacity.COORDINATOR)
    ]
    with nothing_changes():
        assert platform_lists.bring_in(judged=judged, by=by, at=AFTER) == 0
    lower = platform_lists.judge(event=webinar, data=made.ZOOM.encode(), threshold=15)
    assert platform_lists.bring_in(judged=lower, by=by, at=AFTER) == 1
    guest = person("Осина Инна Павловна")
    listed = platform_lists.judge(event=webinar, data=made.table([["ФИО"], ["Осина Инна"]]))
    platform_lists.bring_in(judged=listed, by=by, at=AFTER)
    assert webinar.attendances.get(person=guest).capacity == Capacity.GUEST


def test_answers_are_remembered_for_the_next_list(webinar: Event, people: dict[str, Person]) -> None:
    by = staff("methodist")
    judged = platform_lists.judge(event=webinar, data=made.ZOOM.encode())
    assert [one.label for one in (*judged.crowd.doubtful, *judged.crowd.nobody)] == ["Тихонова Ольга", "Лицей 5"]
    assert judged.crowd.doubtful[0].likely == (people["gromova"].pk, people["namesake"].pk)
    keys = [one.key for one in (*judged.crowd.doubtful, *judged.crowd.nobody)]
    said = dict(zip(keys, [str(people["gromova"].pk), platform_lists.NOBODY], strict=True))
    assert platform_lists.answer(judged=judged, said={**said, "other": "1"}, by=by, at=AFTER) == 2
    assert ImportAnswer.objects.count() == 2
    again = told(webinar, made.ZOOM.encode())
    assert (again["matched"], again["doubtful"], again["absent"]) == (3, 0, 1)


def test_address_whose_name_is_another_persons_is_doubtful(webinar: Event, people: dict[str, Person]) -> None:
    shared = made.table(
        [["ФИО", "Почта"], ["Ильина Раиса Егоровна", "zimina@istok.example"], ["", "ilina@kedr.example"]]
    )
    found = told(webinar, shared)
    assert (found["matched"], found["doubtful"]) == (1, 1)


def test_school_address_is_several_peoples(webinar: Event, people: dict[str, Person]) -> None:
    """Who shares it with somebody known is asked about, each by name; «Наталия» is «Наталья» all the same."""
    person("Осина Наталья Павловна", "osina@istok.example")
    rows = [
        ["Петров Пётр", "zimina@istok.example"],
        ["Зимина А.Р.", "zimina@istok.example"],
        ["Лось Наталия", "osina@istok.example"],
        ["Пихтина Инга", "school@kedr.example"],
        ["Дубов Олег", "school@kedr.example"],
    ]
    found = told(webinar, made.table([["ФИО", "Почта"], *rows]))
    assert (found["people"], found["matched"], found["doubtful"], found["nobody"]) == (5, 2, 1, 2)


def test_slip_in_an_answer_is_mended(webinar: Event, people: dict[str, Person]) -> None:
    by, data = staff("methodist"), made.ZOOM.encode()
    (asked,) = platform_lists.judge(event=webinar, data=data).crowd.doubtful
    for value in (str(people["namesake"].pk), platform_lists.NOBODY):
        judged = platform_lists.judge(event=webinar, data=data)
        platform_lists.answer(judged=judged, said={asked.key: value}, by=by, at=AFTER)
        judged = platform_lists.judge(event=webinar, data=data)
        assert [one.label for one in judged.answered] == [asked.label]
        assert platform_lists.answer(judged=judged, said={asked.key: platform_lists.ASK}, by=by, at=AFTER) == 1
        assert not ImportAnswer.objects.exists()
    assert told(webinar, data)["doubtful"] == 1


def test_marks_of_a_list_are_taken_back_as_a_whole(webinar: Event, people: dict[str, Person]) -> None:
    """Who was marked before stays marked, what people changed since stays theirs; the same list marks no more."""
    by, data = staff("methodist"), made.ZOOM.encode()
    attendance.mark_guest(event=webinar, person=people["ilina"], by=by, at=AFTER)
    session = platform_lists.begin(event=webinar, name="zoom.csv", data=data, by=by, at=AFTER, threshold=1)
    platform_lists.bring_in(judged=platform_lists.opened(webinar, session), by=by, at=AFTER, session=session)
    marked = {"zimina": Capacity.COORDINATOR, "ilina": Capacity.COORDINATOR}
    assert capacities(webinar) == {people[name]: one for name, one in marked.items()}
    assert platform_undo.undo(session=session, event=webinar, by=by, at=AFTER) == (2, 0)
    assert capacities(webinar) == {people["ilina"]: Capacity.GUEST}
    for again in (platform_undo.undo, None):
        with refused(WrongStep):
            if again:
                again(session=session, event=webinar, by=by, at=AFTER)
            else:
                platform_lists.bring_in(
                    judged=platform_lists.opened(webinar, session), by=by, at=AFTER, session=session
                )


def test_mark_changed_after_the_list_stays(webinar: Event, people: dict[str, Person]) -> None:
    by, data = staff("methodist"), made.ZOOM.encode()
    session = platform_lists.begin(event=webinar, name="zoom.csv", data=data, by=by, at=AFTER)
    platform_lists.bring_in(judged=platform_lists.opened(webinar, session), by=by, at=AFTER, session=session)
    row = webinar.attendances.get(person=people["zimina"])
    attendance.put_back(row, {"center": None, "capacity": "speaker", "presence": "present"}, by=by, at=AFTER)
    assert platform_undo.undo(session=session, event=webinar, by=by, at=AFTER) == (0, 1)
    assert capacities(webinar) == {people["zimina"]: Capacity.SPEAKER}


def capacities(event: Event) -> dict[Person, str]:
    return {row.person: row.capacity for row in event.attendances.present()}


def test_coordinator_made_an_organiser_came_all_the_same(webinar: Event, people: dict[str, Person]) -> None:
    found = told(webinar, made.ZOOM.replace("Raisa Ilyina", "Raisa Ilyina (Соорганизатор)").encode())
    assert (found["matched"], found["organizers"]) == (2, 1)


def test_list_of_another_event_marks_nobody(webinar: Event) -> None:
    by, other = staff("methodist"), EventFactory()
    with refused(AnotherDay):
        platform_lists.begin(event=other, name="zoom.csv", data=made.ZOOM.encode(), by=by, at=AFTER)
    judged = platform_lists.judge(event=webinar, data=made.ZOOM.encode())
    with refused(platform_lists.NobodyToMark):
        platform_lists.bring_in(judged=judged, by=by, at=AFTER)


def test_three_thousand_lines_are_read_in_seconds(webinar: Event, people: dict[str, Person]) -> None:
    names = ("Алла Зимина", "Zimina Alla", "Неизвестный {}", "Nobody {}", "Ильина Р.Е.")
    line = "{name},,18.09.2020 15:{minute:02}:00,18.09.2020 16:10:00,{number}"
    rows = [line.format(name=names[n % 5].format(n), minute=n % 60, number=n) for n in range(3_000)]
    found = told(webinar, "\n".join(["Name (Original Name),User Email,Join Time,Leave Time,Duration", *rows]).encode())
    assert (found["rows"], found["matched"], found["minutes"][str(people["zimina"].pk)]) == (3_000, 2, 70)


# -- The command -------------------------------------------------------------------------------------


def run(*arguments: object) -> str:
    said = io.StringIO()
    call_command("import_attendance", *map(str, arguments), stdout=said)
    return said.getvalue()


def test_command_tells_one_object_and_marks_for_somebody(
    webinar: Event, people: dict[str, Person], tmp_path: Path
) -> None:
    file = tmp_path / "zoom.csv"
    file.write_bytes(made.ZOOM.encode())
    with nothing_changes():
        assert list(json.loads(run(webinar.pk, file, "--dry-run", "--json"))) == KEYS
    with nothing_changes(), pytest.raises(CommandError, match="Укажите, от чьего имени отметить"):
        run(webinar.pk, file)
    by = people["lapteva"].user.email
    assert "Строк: 6, людей: 5, узнано: 2, под вопросом: 1" in run(webinar.pk, file, "--by", by)
    assert attendance.absent(Event.objects.get()).keys() == {people[one] for one in ("ilina", "gromova", "kotova")}
    assert ImportSession.objects.get().written_by == people["lapteva"].user


def test_command_refuses_in_words(webinar: Event, tmp_path: Path) -> None:
    file, by = tmp_path / "list.csv", staff("methodist").email
    file.write_text("ФИО;Вход\nЗимина Алла;вчера\n", encoding="utf-8")
    with nothing_changes(), pytest.raises(SystemExit):
        run(webinar.pk, file, "--by", by)
    for asked, words in (((0, file), "Мероприятия № 0 нет"), ((webinar.pk, tmp_path / "no"), "Файл не прочитан")):
        with pytest.raises(CommandError, match=words):
            run(*asked, "--by", by)
    with pytest.raises(CommandError, match="Таких столбцов портал не знает: hat"):
        run(webinar.pk, file, "--by", by, "--columns", "A=hat")


# -- The pages ---------------------------------------------------------------------------------------


def test_list_is_looked_through_answered_and_marked_by(
    webinar: Event,
    people: dict[str, Person],
    client: Client,
    django_assert_max_num_queries: Callable[..., Any],
) -> None:
    client.force_login(people["lapteva"].user)
    folder = f"/events/{webinar.pk}/attendance/list/"
    answer = client.post(folder, {"table": SimpleUploadedFile("zoom.csv", made.ZOOM.encode())})
    path = answer.headers["Location"]
    assert re.fullmatch(rf"{folder}\d+/", path)
    with django_assert_max_num_queries(QUERIES):
        page = client.get(path).content.decode()
    assert "Zoom: строк – 6, людей – 5" in page
    assert 'Будут отмечены <span class="count">1<' in page
    assert f'<option value="{people["namesake"].pk}">Тихонова Ольга Петровна</option>' in page
    said = {"key": ["ольга тихонова", "лицей"], "said": [str(people["gromova"].pk), "nobody"]}
    shown = client.post(f"{path}answers/", said, follow=True).content.decode()
    assert "Ответы сохранены: 2." in shown
    assert "Уточните, кто это" not in shown
    assert "Отмечено по списку: 2." in client.post(f"{path}mark/", follow=True).content.decode()
    assert "отмечено" in client.get(folder).content.decode()
    assert "Спросить снова" in client.get(path).content.decode()
    assert "Отметок снято или возвращено: 2." in client.post(f"{path}undo/", follow=True).content.decode()
    assert not webinar.attendances.present().exists()


def test_columns_of_a_free_table_are_pointed_out(webinar: Event, people: dict[str, Person], client: Client) -> None:
    client.force_login(people["lapteva"].user)
    data = made.table([["Отчёт"], ["Кто", "Сколько сидел"], ["Зимина Алла", "65"], ["Лось Инна", "80"]])
    folder = f"/events/{webinar.pk}/attendance/list/"
    path = client.post(folder, {"table": SimpleUploadedFile("a.csv", data)}).headers["Location"]
    columns = client.get(path).headers["Location"]
    assert "Сколько сидел" in client.get(columns).content.decode()
    for said, words in (
        ({"first_row": "3", "B": "duration"}, "Укажите столбец с ФИО"),
        ({"first_row": "3", "A": "name", "B": "name"}, "Указано дважды: фио"),
        ({"first_row": "9", "A": "name"}, "Списка участников в файле не видно"),
    ):
        with nothing_changes():
            answer = client.post(columns, said)
        assert (answer.status_code, words in answer.content.decode()) == (422, True)
    page = client.post(columns, {"first_row": "3", "A": "name", "B": "duration"}, follow=True).content.decode()
    assert "таблица с именами: строк – 2, людей – 2" in page
    assert "Зимина Алла Романовна, " in page
    assert "65 мин" in page
    # The next table of this kind is read so without asking, wherever its heads stand.
    data = made.table([["Отчёт"], ["за", "день"], ["кто", "Сколько  сидел"], ["Зимина Алла", "70"]])
    page = client.post(folder, {"table": SimpleUploadedFile("b.csv", data)}, follow=True).content.decode()
    assert "таблица с именами: строк – 1, людей – 1" in page
    assert "Столбцы – как их указали для такой таблицы." in page
    assert "70 мин" in page


def test_guessed_clock_is_confirmed(webinar: Event, people: dict[str, Person], client: Client) -> None:
    """Another meeting of the same day looks like ours by another clock."""
    client.force_login(people["lapteva"].user)
    file = SimpleUploadedFile("mts.csv", made.table(made.MTS_LINK))
    path = client.post(f"/events/{webinar.pk}/attendance/list/", {"table": file}).headers["Location"]
    assert "Другой встречи того же дня в нём нет" in client.get(path).content.decode()
    with nothing_changes():
        assert "Подтвердите, что это не другая встреча" in client.post(f"{path}mark/", follow=True).content.decode()
    assert "Отмечено по списку: 1." in client.post(f"{path}mark/", {"clock": "on"}, follow=True).content.decode()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("ФИО;Вход\nЗимина Алла;17.09.2019 15:00".encode(), "мероприятие было в другой день"),
        (b"%PDF-1.7", "Это картинка или PDF"),
    ],
    ids=["another day", "no table"],
)
def test_file_that_does_not_fit_is_refused_in_words(data: bytes, words: str, webinar: Event, client: Client) -> None:
    client.force_login(staff("methodist"))
    with nothing_changes():
        answer = client.post(f"/events/{webinar.pk}/attendance/list/", {"table": SimpleUploadedFile("a.csv", data)})
    assert answer.status_code == 422
    assert words in answer.content.decode()
