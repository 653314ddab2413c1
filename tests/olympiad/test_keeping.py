"""The methodist's own pages of sessions: put down with their event, people named and counted, put away."""

import datetime
from typing import Any

import pytest
from django.test import Client

from events.models import Event, ParticipantCount
from events.models.event import EventStatus
from olympiad.models import PrepSession, Season, SessionLecturer
from rcro_portal.models import RecordChange
from tests.factories.centers import DegreeFactory, OrganizationFactory, PersonFactory, staff
from tests.factories.events import EventFactory
from tests.factories.olympiad import PrepSessionFactory, SeasonFactory, SessionLecturerFactory, SubjectFactory

pytestmark = pytest.mark.django_db
COUNTS = {"pupils": "40", "educators": "4", "lecturers": "3", "doctors": "1", "candidates": "1"}
PLANNED = {
    "topic": "Зимняя физическая смена",
    "purpose": "подготовки к региональному этапу",
    "starts_at": "2026-01-05T10:00",
    "ends_at": "2026-01-09T17:00",
    "form": "on_site",
    "kind": "intensive",
}


@pytest.fixture
def methodist(client: Client) -> Any:
    user = staff("methodist")
    client.force_login(user)
    return user


def new(user: Any, **changed: Any) -> dict[str, Any]:
    department = user.person.posts.get().department_id
    return {**PLANNED, **COUNTS, "department": department, **changed}


def errors(answer: Any) -> dict[str, list[str]]:
    assert answer.status_code == 422
    return {name: list(words) for name, words in answer.context["form"].errors.items()}


def test_a_session_is_put_down_with_its_event_and_season(methodist: Any, client: Client) -> None:
    physics = SubjectFactory(name="Физика")
    page = new(methodist, subjects=[physics.pk], first_grade="9", last_grade="11", quota="45", new_pupils="30")
    made = client.post("/sessions/new/", page, follow=True)
    session = PrepSession.objects.select_related("event", "season").get()
    assert made.redirect_chain == [(f"/sessions/{session.pk}/", 302)]
    assert (session.event.kind, session.event.status, session.event.days) == (
        *("prep_session", "draft", "05.01.2026–09.01.2026"),
    )
    # January belongs to the season that began the autumn before; it is kept from now on.
    assert (session.season.name, str(session.season.starts_on), session.grades) == ("2025/26", "2025-09-01", "9–11")
    assert [word for word in ("45 мест", "Физика", "9–11", "30") if word not in made.text] == []


def test_an_event_that_was_in_the_plan_becomes_a_session(methodist: Any, client: Client) -> None:
    event = EventFactory(kind="prep_session", topic="Смена из плана", status=EventStatus.ANNOUNCED)
    asked = client.get(f"/sessions/new/?event={event.pk}").text
    client.post("/sessions/new/", {**COUNTS, "event": event.pk, "kind": "training"})
    assert ("Смена из плана" in asked, 'name="topic"' in asked) == (True, False)
    assert (PrepSession.objects.get().event, Event.objects.count()) == (event, 1)


def test_the_page_of_the_event_leads_to_its_session_or_to_a_new_one(methodist: Any, client: Client) -> None:
    session, bare = PrepSessionFactory(), EventFactory(kind="prep_session")
    assert f'href="/sessions/{session.pk}/"' in client.get(f"/events/{session.event_id}/").text
    assert f'href="/sessions/new/?event={bare.pk}"' in client.get(f"/events/{bare.pk}/").text


def test_a_form_says_everything_at_once_and_makes_nothing(methodist: Any, client: Client) -> None:
    SeasonFactory(name="2024/25", starts_on="2024-09-01", ends_on="2025-06-30")
    wrong = {"season": Season.objects.get().pk, "first_grade": "2", "last_grade": "12", "ends_at": "2026-01-04T10:00"}
    found = errors(client.post("/sessions/new/", new(methodist, **wrong, topic="", doctors="2", candidates="2")))
    assert sorted(found) == ["__all__", "ends_at", "first_grade", "season", "topic"]
    assert found["season"] == ["Смена начинается 05.01.2026, а сезон 2024/25 – с 01.09.2024 по 30.06.2025."]
    assert found["first_grade"] == ["Олимпиада проводится для 5–11-х классов."]
    assert "Докторов и кандидатов наук вместе больше, чем преподавателей." in found["__all__"]
    assert (PrepSession.objects.exists(), Event.objects.exists()) == (False, False)


def test_mathematics_begins_a_grade_earlier(methodist: Any, client: Client) -> None:
    math = SubjectFactory(code="math", name="Математика")
    made = client.post("/sessions/new/", new(methodist, subjects=[math.pk], first_grade="4", last_grade="6"))
    assert made.status_code == 302


def test_counts_follow_the_named_lecturers_and_never_fall_below_them(methodist: Any, client: Client) -> None:
    session = PrepSessionFactory(lecturers=1, doctors=0, candidates=0)
    first, second = PersonFactory(), PersonFactory()
    DegreeFactory(person=first, rank="candidate")
    DegreeFactory(person=first, rank="doctor", since=session.event.first_day)
    DegreeFactory(person=second, rank="candidate", since=session.event.first_day + datetime.timedelta(days=1))
    for person in (first, second):
        client.post(f"/sessions/{session.pk}/lecturers/new/", {"person": person.pk, "post": "доцент"})
    session.refresh_from_db()
    # The second gets the degree a day after the session began.
    assert (session.lecturers, session.doctors, session.candidates) == (2, 1, 0)
    page = {"kind": "intensive", "season": session.season_id, **COUNTS, "lecturers": "1", "doctors": "0"}
    found = errors(client.post(f"/sessions/{session.pk}/edit/", page))
    assert found["lecturers"] == [
        "Преподавателей, докторов и кандидатов наук в числах смены не меньше, чем названо по именам. "
        "Преподавателей названо 2, в числах 1; докторов наук названо 1, в числах 0."
    ]


def test_somebody_is_named_once_in_a_session(methodist: Any, client: Client) -> None:
    row = SessionLecturerFactory()
    found = errors(client.post(f"/sessions/{row.session_id}/lecturers/new/", {"person": row.person_id}))
    assert found == {"__all__": ["Этот преподаватель в списке смены уже есть."]}


def test_two_sessions_of_the_same_days_may_share_a_lecturer_and_say_so(methodist: Any, client: Client) -> None:
    row = SessionLecturerFactory()
    other = PrepSessionFactory(event=EventFactory(topic="Вторая смена", starts_at=row.session.event.starts_at))
    made = client.post(f"/sessions/{other.pk}/lecturers/new/", {"person": row.person_id}, follow=True)
    assert f"В те же дни – «{row.session.event.topic}»" in made.text
    assert SessionLecturer.objects.count() == 2


def test_counts_are_taken_from_the_lists(methodist: Any, client: Client) -> None:
    session = PrepSessionFactory(pupils=30, new_pupils=29, lecturers=9)
    SessionLecturerFactory(session=session)
    for category, count in (("pupil", 28), ("educator", 6)):
        ParticipantCount.objects.create(event=session.event, category=category, count=count)
    doubts = client.get(f"/sessions/{session.pk}/").text
    assert "В смене обучающихся 30, а в участниках мероприятия – 28." in doubts
    client.post(f"/sessions/{session.pk}/count/", {"why": ""})
    session.refresh_from_db()
    found = (session.pupils, session.new_pupils, session.educators, session.lecturers, session.doctors)
    assert found == (28, None, 6, 1, 0)
    empty = client.post(f"/sessions/{PrepSessionFactory().pk}/count/", {"why": ""})
    assert (empty.status_code, "Считать нечего" in empty.text) == (409, True)


def test_partners_stand_on_the_card_and_narrow_the_list(methodist: Any, client: Client) -> None:
    session, partner = PrepSessionFactory(), OrganizationFactory(short_name="Сибирская инженерная академия")
    PrepSessionFactory()
    client.post(f"/sessions/{session.pk}/partners/new/", {"organization": partner.pk})
    listed = client.get(f"/sessions/?partner={partner.pk}").context["table"].page
    assert [row.pk for row in listed] == [session.pk]
    assert partner.short_name in client.get(f"/sessions/{session.pk}/").text


def test_a_session_is_put_away_with_a_reason_and_leaves_list_and_figures(methodist: Any, client: Client) -> None:
    session = PrepSessionFactory(event=EventFactory(status=EventStatus.HELD))
    client.post(f"/sessions/{session.pk}/archive/", {"reason": "Внесена дважды"})
    session.refresh_from_db()
    assert (session.is_archived, PrepSession.objects.not_cancelled().exists()) == (True, False)
    assert [row.pk for row in client.get("/sessions/?archive=yes").context["table"].page] == [session.pk]
    assert "Внесена дважды" in client.get(f"/sessions/{session.pk}/").text


def test_history_tells_of_the_session_and_of_its_lecturers(methodist: Any, client: Client) -> None:
    session = PrepSessionFactory()
    client.post(f"/sessions/{session.pk}/lecturers/new/", {"person": PersonFactory().pk})
    tables = {change.table for change in RecordChange.objects.of_card(session)}
    assert tables == {"olympiad_prepsession", "olympiad_sessionlecturer"}


@pytest.mark.parametrize("lecturers", [1, 3])
def test_the_card_costs_the_same_whoever_lectures(
    lecturers: int, methodist: Any, client: Client, django_assert_num_queries: Any
) -> None:
    session = PrepSessionFactory()
    for _ in range(lecturers):
        DegreeFactory(person=SessionLecturerFactory(session=session).person)
    with django_assert_num_queries(12):
        client.get(f"/sessions/{session.pk}/")
