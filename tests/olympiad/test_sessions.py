"""The list of prep sessions, its totals, and the lessons of programmes."""

from typing import Any

import pytest
from django.test import Client

from events.models.event import EventStatus
from tests.factories.centers import coordinator, staff
from tests.factories.events import EventFactory
from tests.factories.olympiad import PrepSessionFactory, ProgrammeLessonFactory, SeasonFactory, SubjectFactory

pytestmark = pytest.mark.django_db


def session(topic: str = "Смена", status: str = EventStatus.HELD, **fields: Any) -> Any:
    made = PrepSessionFactory(event=EventFactory(topic=topic, status=status, kind="prep_session"), **fields)
    made.subjects.add(SubjectFactory(), SubjectFactory())
    return made


def page(client: Client, query: str = "") -> Any:
    return client.get(f"/sessions/?{query}").context


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_whatever_its_rows(rows: int, client: Client, django_assert_num_queries: Any) -> None:
    client.force_login(staff("methodist"))
    for _ in range(rows):
        session()
        ProgrammeLessonFactory()
    with django_assert_num_queries(8):
        context = page(client)
    assert context["table"].totals == {
        "pupils": 30 * rows,
        "educators": 4 * rows,
        "lecturers": 9 * rows,
        "doctors": rows,
        "candidates": 5 * rows,
    }


def test_totals_follow_the_filters_and_leave_out_what_was_cancelled(client: Client) -> None:
    client.force_login(staff("methodist"))
    older = SeasonFactory(name="2024/25", starts_on="2024-09-01", ends_on="2025-06-30")
    session("Прошлая", season=older, pupils=7)
    session("Нынешняя", pupils=11)
    session("Отменённая", EventStatus.CANCELLED, pupils=100)
    sums = {query: page(client, query)["table"].totals["pupils"] for query in ("", "season=2024/25", "q=НЫНЕШНЯЯ")}
    assert sums == {"": 18, "season=2024/25": 7, "q=НЫНЕШНЯЯ": 11}


def test_a_coordinator_does_not_see_drafts(client: Client) -> None:
    session("Объявлена", EventStatus.ANNOUNCED)
    session("Черновик", EventStatus.DRAFT)
    client.force_login(coordinator())
    seen = page(client)
    assert ([one.event.topic for one in seen["table"].page], seen["table"].totals["pupils"]) == (["Объявлена"], 30)


def test_lessons_are_summed_by_subject(client: Client) -> None:
    client.force_login(staff("methodist"))
    older = SeasonFactory(name="2024/25", starts_on="2024-09-01", ends_on="2025-06-30")
    physics = SubjectFactory(name="Физика")
    ProgrammeLessonFactory(subject=physics, pupils=10, school_teachers=1)
    ProgrammeLessonFactory(subject=physics, season=older, pupils=5, school_teachers=2)
    both, one = page(client), page(client, "season=2024/25")
    assert [(row["seasons"], row["all_pupils"], row["all_teachers"]) for row in both["lessons"]] == [(2, 15, 3)]
    assert one["lesson_totals"] == {"all_pupils": 5, "all_teachers": 2}


def test_totals_are_of_all_pages(client: Client) -> None:
    for _ in range(51):
        PrepSessionFactory(event=EventFactory(status=EventStatus.HELD))
    client.force_login(staff("methodist"))
    last = page(client, "page=2")
    assert (len(last["table"].page), last["table"].totals["pupils"]) == (1, 51 * 30)


def test_an_empty_list_says_so(client: Client) -> None:
    client.force_login(coordinator())
    assert "Это вносят методист сети и администратор." in client.get("/sessions/").content.decode()
