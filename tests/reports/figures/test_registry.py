"""Each named query counts what it says: the row that counts, the row that does not, the days at both ends."""

import datetime

import pytest

from events.models.attendance import Capacity, Presence
from events.models.event import EventKind, EventStatus
from reports import figures
from tests.factories.centers import CenterFactory, StatusGrantFactory
from tests.factories.events import AttendanceFactory, EventFactory
from tests.factories.moments import TOMSK
from tests.factories.olympiad import PrepSessionFactory, ProgrammeLessonFactory, SubjectFactory
from tests.factories.projects import ClusterFactory, NetworkManagementModelFactory, NetworkProjectFactory
from tests.factories.requests import accepted, asked, submitted

pytestmark = pytest.mark.django_db
PERIOD = {"since": "2025-09-01", "until": "2026-03-18"}
FIRST, LAST = datetime.date(2025, 9, 1), datetime.date(2026, 3, 18)
DAY = datetime.timedelta(days=1)


def day(year: int, month: int, number: int) -> datetime.date:
    return datetime.date(year, month, number)


def test_present_coordinators() -> None:
    here = AttendanceFactory()
    AttendanceFactory(event=here.event, presence=Presence.ABSENT)
    AttendanceFactory(event=here.event, presence=Presence.REGISTERED)
    AttendanceFactory(event=here.event, capacity=Capacity.REPRESENTATIVE)
    AttendanceFactory(event=here.event, capacity=Capacity.SPEAKER, center=None)
    AttendanceFactory()
    assert figures.count("present_coordinators", {"event": here.event_id}) == (1, [here.pk])


@pytest.mark.parametrize(
    ("since", "until", "counts"),
    [
        (day(2019, 1, 1), None, True),
        (day(2018, 1, 1), day(2019, 1, 1), True),
        (day(2019, 12, 31), None, True),
        (day(2018, 1, 1), day(2018, 12, 31), False),
        (day(2020, 1, 1), None, False),
    ],
)
def test_what_is_in_force_on_one_day_of_the_year_counts(
    since: datetime.date, until: datetime.date | None, counts: bool
) -> None:
    center = CenterFactory(status=None)
    StatusGrantFactory(center=center, since=since, until=until)
    project = NetworkProjectFactory(since=since, until=until)
    model = NetworkManagementModelFactory(
        project=NetworkProjectFactory(since=day(2030, 1, 1)),
        center=CenterFactory(status=None),
        since=since,
        until=until,
    )
    expected = {
        "centers_with_status": center.pk,
        "projects_under_way": project.pk,
        "centers_with_model": model.center_id,
    }
    for code, key in expected.items():
        assert figures.count(code, {"year": 2019}) == ((1, [key]) if counts else (0, [])), code


def test_center_with_two_grants_or_two_models_counts_once() -> None:
    center = CenterFactory(status=None)
    StatusGrantFactory(center=center, since=day(2019, 1, 1), until=day(2019, 6, 30))
    StatusGrantFactory(center=center, since=day(2019, 7, 1))
    NetworkManagementModelFactory(center=center, since=day(2019, 1, 1))
    NetworkManagementModelFactory(center=center, since=day(2019, 1, 1))
    assert figures.count("centers_with_status", {"year": 2019}) == (1, [center.pk])
    assert figures.count("centers_with_model", {"year": 2019}) == (1, [center.pk])


@pytest.mark.parametrize(
    ("formed_on", "dissolved_on", "counts"),
    [
        (day(2019, 12, 31), None, True),
        (day(2020, 1, 1), None, False),
        (day(2018, 1, 1), day(2020, 1, 1), True),
        (day(2018, 1, 1), day(2019, 12, 31), False),
    ],
)
def test_clusters_formed_by_the_end_of_the_year(
    formed_on: datetime.date, dissolved_on: datetime.date | None, counts: bool
) -> None:
    cluster = ClusterFactory(formed_on=formed_on, dissolved_on=dissolved_on)
    assert figures.count("clusters_formed", {"year": 2019}) == ((1, [cluster.pk]) if counts else (0, []))


def held_on(date: datetime.date, *, hour: int = 12, status: str = EventStatus.HELD) -> object:
    moment = datetime.datetime.combine(date, datetime.time(hour), TOMSK)
    return EventFactory(kind=EventKind.PREP_SESSION, starts_at=moment, status=status)


def test_sessions_of_the_period_are_summed() -> None:
    first = PrepSessionFactory(event=held_on(FIRST, hour=0))
    last = PrepSessionFactory(event=held_on(LAST, hour=23))
    for outside in (held_on(FIRST - DAY, hour=23), held_on(LAST + DAY, hour=0)):
        PrepSessionFactory(event=outside)
    PrepSessionFactory(event=held_on(FIRST, status=EventStatus.CANCELLED))
    keys = [first.pk, last.pk]
    assert figures.count("session_pupils", PERIOD) == (60, keys)
    assert figures.count("session_educators", PERIOD) == (8, keys)
    assert figures.count("session_lecturers", PERIOD) == (18, keys)
    assert figures.count("session_doctors", PERIOD) == (2, keys)
    assert figures.count("session_candidates", PERIOD) == (10, keys)


def test_lessons_of_the_period_are_summed_and_their_subjects_counted_once() -> None:
    physics = SubjectFactory()
    first = ProgrammeLessonFactory(subject=physics, started_on=FIRST)
    again = ProgrammeLessonFactory(subject=physics, started_on=LAST, season__name="2026/27")
    other = ProgrammeLessonFactory(started_on=LAST)
    ProgrammeLessonFactory(started_on=FIRST - DAY)
    ProgrammeLessonFactory(started_on=LAST + DAY)
    keys = [first.pk, again.pk, other.pk]
    assert figures.count("lesson_pupils", PERIOD) == (120, keys)
    assert figures.count("lesson_school_teachers", PERIOD) == (36, keys)
    assert figures.count("lesson_subjects", PERIOD) == (2, [physics.pk, other.subject_id])


@pytest.mark.parametrize("code", figures.QUERIES)
def test_nothing_at_all_is_nought(code: str) -> None:
    parameters = {"year": 2019, "event": 0, "question": 0, "day": "2019-03-01", **PERIOD}
    assert figures.count(code, parameters) == (0, [])


@pytest.mark.same_on_both("they are refused before anything is asked of the database")
@pytest.mark.parametrize("code", figures.QUERIES)
@pytest.mark.parametrize(
    "parameters",
    [
        {},
        {"year": None, "event": None, "since": None, "until": None},
        {"year": "x", "event": "x", "question": "x", "since": "x", "until": "x"},
        {"year": [], "event": {}, "since": 5, "until": 5},
        {"year": 10**30, "event": float("inf"), "since": "2025-09-01", "until": "0000-00-00"},
        {"year": float("nan"), "event": float("nan"), "since": "2025-02-30", "until": "2025-09-01"},
    ],
)  # fmt: skip
def test_senseless_parameters_are_refused_in_words(code: str, parameters: dict[str, object]) -> None:
    query = figures.QUERIES[code]
    lacks = {
        "year": "не указан год",
        "period": "не указан период",
        "day": "не указан день",
        "event": "не указано мероприятие",
        "question": "не указан вопрос запроса",
    }
    with pytest.raises(figures.UnknownFigure) as refusal:
        figures.count(code, parameters)
    assert str(refusal.value) == f"У показателя «{query.title}» {lacks[query.over]}. Вставьте его заново."


@pytest.mark.parametrize("year", [0, -1, 10_000])
def test_year_out_of_the_calendar_is_refused(year: int) -> None:
    for code, query in figures.QUERIES.items():
        if query.over == "year":
            with pytest.raises(figures.UnknownFigure):
                figures.count(code, {"year": year})


def test_unknown_figure_is_refused_in_words() -> None:
    with pytest.raises(figures.UnknownFigure) as refusal:
        figures.count("select * from users", {})
    words = "Показателя «select * from users» нет в портале. Удалите его из текста и вставьте другой."
    assert str(refusal.value) == words


# -- The registry -----------------------------------------------------------------------------------


def test_registry_is_large_and_every_figure_says_what_it_is() -> None:
    assert len(figures.QUERIES) >= 72
    assert sum(len(group) for group in figures.GROUPS.values()) == len(figures.QUERIES)
    for code, query in figures.QUERIES.items():
        assert query.over in figures.PARAMETERS, code
        assert query.describes != "", code
        assert not query.describes.endswith("."), code
        assert query.sums_counts or query.against or query.middle or not query.column, code
        assert query.part_of in {"", *figures.QUERIES}, code
    titles = [query.title for query in figures.QUERIES.values()]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize(
    ("code", "parameters", "words"),
    [
        ("centers_with_status", {"year": 2019}, "за 2019 год"),
        ("session_pupils", PERIOD, "с 01.09.2025 по 18.03.2026"),
        ("centers_on_day", {"day": "2026-03-01"}, "на 01.03.2026"),
        ("absent_centers", {"event": 0}, "мероприятие, которого больше нет"),
    ],
)
def test_what_it_was_counted_over_in_words(code: str, parameters: dict[str, object], words: str) -> None:
    assert figures.over_words(code, parameters) == words


def test_accepted_answers_to_a_question_are_summed_and_counted() -> None:
    first, second, third = asked(CenterFactory(), CenterFactory(), CenterFactory(), questions=({"label": "Учеников"},))
    question = first.request.questions.get()
    accepted(first, answer="1200")
    accepted(second, answer="50")
    submitted(third, answer="7")
    over = {"question": question.pk}
    answers = question.answers.filter(sheet__in=[first, second]).order_by("pk").values_list("pk", flat=True)
    assert figures.count("request_sum", over) == (1250, list(answers))
    assert figures.count("request_centers", over) == (2, sorted([first.center_id, second.center_id]))
    assert figures.words("request_sum", 1250, "genitive") == "1250"
    assert figures.over_words("request_sum", over) == f"«Учеников», {first.request}"
    assert figures.over_words("request_sum", {"question": 0}) == "вопрос, которого больше нет"


def test_answers_with_fractions_are_summed_and_written_with_a_comma() -> None:
    area = {"label": "Площадь", "kind": "fraction"}
    first, second = asked(CenterFactory(), CenterFactory(), questions=(area,))
    over = {"question": first.request.questions.get().pk}
    accepted(first, answer="30 000 000,29")
    assert figures.words("request_amount", figures.count("request_amount", over).value, "nominative") == (
        "30\xa0000\xa0000,29"
    )
    accepted(second, answer="12,01")
    (found,) = figures.counts([("request_amount", over)])
    assert found == figures.count("request_amount", over)
    assert figures.query("request_amount").said(found.value) == "30\xa0000\xa0012,3"
    assert {row.number for row in figures.rows("request_amount", found.counted)} == {"30\xa0000\xa0000,29", "12,01"}


def test_event_that_it_was_counted_over_is_named() -> None:
    event = EventFactory(topic="Лаборатория")
    assert figures.over_words("absent_centers", {"event": event.pk}) == "вебинар «Лаборатория»"
