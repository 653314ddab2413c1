"""Lists of platforms are read as they come: who, from when till when, by which clock, and how long in all."""

import datetime
from collections import defaultdict

import pytest

from rcro_portal.lib.platforms import presence, report
from rcro_portal.lib.platforms.clocks import AnotherDay, Planned
from rcro_portal.lib.platforms.report import NoParticipants
from rcro_portal.lib.registers.importing import reading
from tests.factories import platforms as made
from tests.factories.moments import tomsk

WEBINAR = Planned(tomsk(9, 18, 15, year=2020), tomsk(9, 18, 16, 30, year=2020))
MINUTE = datetime.timedelta(minutes=1)


def read(data: bytes, planned: Planned = WEBINAR, **columns: str) -> report.Report:
    return report.read(reading.read(data), planned, columns or None)


def minutes(told: report.Report) -> dict[str, int | None]:
    by_name = defaultdict(list)
    for entry in told.entries:
        by_name[entry.names[0]].append(entry)
    return {name: presence.minutes(entries, told.platform) for name, entries in by_name.items()}


@pytest.mark.parametrize(
    ("data", "platform", "lines", "expected"),
    [
        (
            made.ZOOM.encode(),
            "zoom",
            6,
            {
                "Вера Лаптева": 100,
                "Зимина, Алла": 40,
                "iPhone": 40,
                "Raisa Ilyina": 15,
                "Тихонова Ольга": 90,
                "Лицей 5": 90,
            },
        ),
        (made.utf16(made.TEAMS), "teams", 3, {"Лаптева Вера": 96, "Зимина Алла": 70, "Ильина Раиса Егоровна": 80}),
        (made.utf16(made.TEAMS_CLASSIC), "teams", 5, {"Зимина Алла": 70, "Ильина Раиса": 80}),
        (made.TEAMS_LIVE.encode(), "teams", 3, {"Zimina Alla": 75}),
        (made.MEET.encode(), "meet", 2, {"Зимина Алла": 72, "Ильина Раиса": 45}),
        (made.BIGBLUEBUTTON.encode(), "bigbluebutton", 2, {"Лаптева Вера": 96, "Зимина Алла Романовна": 65}),
        (made.table(made.YANDEX_FORM), "yandex-form", 3, {}),
    ],
    ids=["Zoom", "Teams", "Teams, the classic list", "Teams, live event", "Google Meet", "BigBlueButton", "a form"],
)
def test_list_is_read(data: bytes, platform: str, lines: int, expected: dict[str, int]) -> None:
    told = read(data)
    assert (told.platform, told.lines) == (platform, lines)
    assert {name: one for name, one in minutes(told).items() if one is not None} == expected


def test_clock_of_moscow_is_known_by_the_event(subtests: pytest.Subtests) -> None:
    told = read(made.table(made.MTS_LINK))
    assert (told.platform, told.zone) == ("mts-link", "по московскому времени")
    first = told.entries[0]
    assert first.joined == WEBINAR.starts_at + 2 * MINUTE
    assert minutes(told) == {"Зимина Алла": 85, "Ильина Раиса Егоровна": 30, "Лаптева Вера": 101}
    with subtests.test("said in a heading"):
        said = made.table([["ФИО", "Время входа (МСК)", "Минут"], ["Зимина Алла", "18.09.2020 11:00", "30"]])
        assert read(said).entries[0].joined == WEBINAR.starts_at


def test_day_and_month_are_told_apart_by_the_events_day() -> None:
    october = Planned(tomsk(10, 4, 15, year=2020), tomsk(10, 4, 16, 30, year=2020))
    april = Planned(tomsk(4, 10, 15, year=2020), None)
    for planned in (october, april):
        told = read(made.ZOOM_MONTH_FIRST.encode(), planned)
        assert {entry.joined.date() for entry in told.entries if entry.joined} == {planned.starts_at.date()}


def test_list_of_another_day_or_hour_is_refused() -> None:
    with pytest.raises(AnotherDay, match=r"В файле 18\.09\.2020, а мероприятие было в другой день"):
        read(made.ZOOM.encode(), Planned(tomsk(9, 25, 15, year=2020), None))
    with pytest.raises(AnotherDay):
        read(made.ZOOM.encode(), Planned(tomsk(9, 18, 6, year=2020), tomsk(9, 18, 7, year=2020)))
    with pytest.raises(NoParticipants):
        read("Тема;Итог\nСовещание;принято".encode())


def test_over_new_year_midnight() -> None:
    eve = Planned(tomsk(12, 31, 23, year=2020), tomsk(1, 1, 0, 30, year=2021))
    dated = made.table([["ФИО", "Вход", "Выход"], ["Зимина Алла", "31.12.2020 23:10", "01.01.2021 00:20"]])
    timed = made.table([["ФИО", "Вход", "Выход"], ["Зимина Алла", "23:10", "0:20"]])
    assert [minutes(read(data, eve)) for data in (dated, timed)] == [{"Зимина Алла": 70}] * 2


def test_stays_by_two_devices_at_once_count_once() -> None:
    rows = [
        ["ФИО", "Вход", "Выход"],
        ["Зимина Алла", "18.09.2020 15:00", "18.09.2020 15:40"],
        ["Зимина Алла", "18.09.2020 15:10", "18.09.2020 15:20"],
        ["Зимина Алла", "18.09.2020 15:30", "18.09.2020 16:00"],
        ["Зимина Алла", "18.09.2020 16:20", "18.09.2020 16:30"],
    ]
    assert minutes(read(made.table(rows))) == {"Зимина Алла": 70}


def test_times_alone_of_an_event_that_lasts_all_day() -> None:
    all_day = Planned(tomsk(9, 18, 9, year=2020), tomsk(9, 18, 22, year=2020))
    told = read(made.table([["ФИО", "Вход", "Выход"], ["Зимина Алла", "9:05", "21:35"]]), all_day)
    assert minutes(told) == {"Зимина Алла": 750}


@pytest.mark.parametrize(
    ("joined", "left"),
    [
        ("18 сентября 2020 15:00", "18 сент. 2020, 16:10"),
        ("September 18, 2020 3:00 PM", "Sep 18 2020 4:10 PM"),
        ("2020-09-18 08:00 UTC", "2020-09-18T12:10:00 GMT+3"),
        ("18.09.2020 15:00 (+07:00)", "18.09.2020 05:10 -0400"),
    ],
)
def test_moments_as_people_and_platforms_write_them(joined: str, left: str) -> None:
    assert minutes(read(made.table([["ФИО", "Вход", "Выход"], ["Зимина Алла", joined, left]]))) == {"Зимина Алла": 70}


def test_durations_as_platforms_and_spreadsheets_write_them() -> None:
    written = ["31.12.1899 02:30:00", "1:05", "0:00:29", "40,5", "1 ч 10 мин", "много", ""]
    rows = [["Имя", "Минут", "Почта"], *([f"Лицей {at}", text, "a@b.example"] for at, text in enumerate(written))]
    told = read(made.table(rows))
    assert list(minutes(told).values()) == [26 * 60 + 30, 65, 0, 41, 70, None, None]


@pytest.mark.parametrize(
    ("headings", "platform"),
    [
        (["Name", "Join Time", "Recording Consent"], "zoom"),
        (["Name", "First Join", "Last Leave"], "teams"),
        (["First name", "Last name", "Email", "Duration", "Joined", "Left"], "meet"),
        (["Имя", "Фамилия", "Время входа", "Минут", "Город"], "mts-link"),
        (["Имя", "Время входа"], "table"),
    ],
)
def test_platform_is_known_by_its_columns(headings: list[str], platform: str) -> None:
    assert read(made.table([headings, ["Алла", *["15:00"] * (len(headings) - 1)]])).platform == platform


def test_who_registered_and_did_not_come_is_no_participant() -> None:
    rows = [
        ["Attended", "First Name", "Last Name", "Join Time"],
        ["Yes", "Алла", "Зимина", "15:00"],
        ["No", "Раиса", "Ильина", ""],
    ]
    told = read(made.table(rows))
    assert [entry.names for entry in told.entries] == [("Зимина Алла",)]


def test_comings_that_are_told_twice_or_without_a_time() -> None:
    rows = [
        ["Full Name", "User Action", "Timestamp"],
        ["Зимина Алла", "Joined", "18.09.2020 15:00"],
        ["Зимина Алла", "Joined", "18.09.2020 15:20"],
        ["Ильина Раиса", "Joined", "18.09.2020"],
        ["Зимина Алла", "Left", "18.09.2020 16:00"],
    ]
    told = read(made.table(rows))
    assert minutes(told) == {"Зимина Алла": 60}
    assert [(one.row, one.problem) for one in told.bad] == [(4, "Не прочитано время: «18.09.2020».")]


def test_lines_that_cannot_be_read_are_named() -> None:
    rows = [
        ["ФИО", "Вход", "Выход", "Почта"],
        ["Зимина Алла", "18.09.2020 15:00", "18.09.2020 14:00", ""],
        ["Ильина Раиса", "вчера", "18.09.2020 16:00", ""],
        ["", "18.09.2020 15:00", "18.09.2020 16:00", ""],
        ["Котова Дарья", "18.09.2020 15:00", "-", ""],
    ]
    told = read(made.table(rows))
    assert [(one.row, one.problem) for one in told.bad] == [
        (2, "Выход раньше входа."),
        (3, "Не прочитано время: «вчера»."),
        (4, "Нет ни имени, ни почты."),
    ]
    assert (told.lines, minutes(told)) == (4, {"Котова Дарья": 90})


def test_columns_without_headings_are_pointed_out() -> None:
    data = made.table([["1", "Зимина Алла", "65"], ["2", "Ильина Раиса", "26:30"]])
    told = read(data, B="name", C="duration")
    assert (told.platform, minutes(told)) == ("table", {"Зимина Алла": 65, "Ильина Раиса": 26 * 60 + 30})
