"""Lists of letters, of the journal's rows, of events and commitments: what they show, to whom, at what cost."""

import datetime
from collections.abc import Callable

import pytest
from django.test import Client

from events.models import Commitment, Event
from reports.letters import letters
from tests import clock
from tests.factories import letters as walked
from tests.factories.centers import DepartmentFactory, coordinator
from tests.factories.events import CommitmentFactory, EventFactory, announced
from tests.factories.moments import FILED_AT, REGISTERED_AT, tomsk
from tests.factories.reports import Office

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("rows", [1, 3])
def test_letters_cost_the_same_whatever_their_number(
    rows: int, client: Client, office: Office, django_assert_num_queries: Callable
) -> None:
    for _ in range(rows):
        walked.preparing(office)
    client.force_login(office.methodist)
    with django_assert_num_queries(5):
        answer = client.get("/letters/")
    numbers = sorted(letter.entry.sequence for letter in answer.context["table"].page)
    assert numbers == list(range(941, 941 + rows))


def test_letters_still_written_come_first_and_filed_ones_by_their_day(client: Client, office: Office) -> None:
    numbered = walked.preparing(office)
    filed = walked.in_review(office)
    written = walked.free(office)
    client.force_login(office.methodist)
    assert list(client.get("/letters/").context["table"].page) == [written, numbered, filed]
    assert list(client.get("/letters/?order=-date").context["table"].page) == [filed, numbered, written]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_journal_costs_the_same_whatever_its_rows(
    rows: int, client: Client, office: Office, django_assert_num_queries: Callable
) -> None:
    for _ in range(rows):
        walked.preparing(office)
    client.force_login(office.methodist)
    with django_assert_num_queries(8):
        answer = client.get("/register/")
    assert [entry.sequence for entry in answer.context["table"].page] == list(range(940 + rows, 940, -1))


@pytest.mark.parametrize("rows", [1, 3])
def test_events_cost_the_same_whatever_their_number(
    rows: int, client: Client, office: Office, django_assert_num_queries: Callable
) -> None:
    for _ in range(rows):
        announced(department=office.department)
    client.force_login(office.methodist)
    with django_assert_num_queries(7):
        answer = client.get("/events/")
    assert len(answer.context["table"].page) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_commitments_cost_the_same_whatever_their_number(
    rows: int, client: Client, office: Office, django_assert_num_queries: Callable
) -> None:
    CommitmentFactory.create_batch(rows)
    client.force_login(office.methodist)
    with django_assert_num_queries(7):
        answer = client.get("/commitments/")
    assert len(answer.context["table"].page) == rows


def test_search_knows_no_case_and_no_yo(client: Client, office: Office) -> None:
    announced(topic="Тёплая школа: опыт сельских центров")
    announced(topic="Цифровая лаборатория")
    client.force_login(office.methodist)
    answer = client.get("/events/", {"q": "ТЕПЛАЯ ШКОЛА"})
    assert [event.topic for event in answer.context["table"].page] == ["Тёплая школа: опыт сельских центров"]


def test_a_coordinator_sees_published_events_only(client: Client) -> None:
    seen = announced()
    EventFactory(topic="Ещё не объявлено")
    client.force_login(coordinator())
    assert list(client.get("/events/").context["table"].page) == [seen]


def test_a_coordinator_sees_the_commitments_of_the_own_center_only(client: Client) -> None:
    user = coordinator()
    mine = CommitmentFactory(center=user.person.coordinated.get().center)
    CommitmentFactory()
    client.force_login(user)
    assert list(client.get("/commitments/").context["table"].page) == [mine]


def test_the_journal_keeps_an_annulled_number_with_its_reason(client: Client, office: Office) -> None:
    letter = walked.awaiting(office)
    letters.give_back(letter=letter, note="Уточните срок.", by=office.director, at=REGISTERED_AT)
    client.force_login(office.methodist)
    answer = client.get("/register/", {"status": "annulled"})
    assert [(entry.number, entry.annulled_reason) for entry in answer.context["table"].page] == [
        ("941", "Уточните срок.")
    ]
    assert "Уточните срок." in answer.content.decode()


def test_an_empty_list_says_what_to_do(client: Client, office: Office) -> None:
    client.force_login(office.methodist)
    words = "Письмо появится, когда итоги мероприятия направят на согласование или когда вы начнёте новое."
    assert words in client.get("/letters/").text
    walked.in_review(office)
    assert FILED_AT.strftime("%d.%m.%Y") in client.get("/letters/").text


def test_letters_are_found_by_heading_or_topic_and_by_kind(client: Client, office: Office) -> None:
    about, free = walked.in_review(office), walked.free(office, subject_line="О сборе отчётов")
    client.force_login(office.methodist)
    found = {
        asked: [letter.pk for letter in client.get(f"/letters/?{asked}").context["table"].page]
        for asked in ("q=ОТЧЕТОВ", "q=лаборатория", "kind=information", "q=сборе лаборатория", "q=[(")
    }
    assert found == {
        "q=ОТЧЕТОВ": [free.pk],
        "q=лаборатория": [about.pk],
        "kind=information": [free.pk],
        "q=сборе лаборатория": [],
        "q=[(": [],
    }


def test_events_are_found_by_year_and_department(client: Client, office: Office) -> None:
    """A year begins at the portal's midnight."""
    late, early = (announced(starts_at=tomsk(month, day, hour, year=year)) for month, day, hour, year in YEARS)
    other = announced(starts_at=tomsk(6, 1, 10, year=2025), department=DepartmentFactory(name="отдел олимпиад"))
    client.force_login(office.methodist)

    def found(query: str) -> list[Event]:
        return sorted(client.get(f"/events/?{query}").context["table"].page, key=lambda event: event.pk)

    assert (found("year=2025"), found("year=2026")) == ([late, other], [early])
    assert found(f"by={other.department_id}&year=2025") == [other]
    assert found("year=2019") == [late, early, other]


YEARS = [(12, 31, 23, 2025), (1, 1, 1, 2026)]


def test_commitments_are_found_by_term_and_municipality(client: Client, office: Office) -> None:
    soon = CommitmentFactory(due_on=clock.today() + datetime.timedelta(days=7))
    later = CommitmentFactory(due_on=clock.today() + datetime.timedelta(days=8))
    client.force_login(office.methodist)

    def found(query: str) -> list[Commitment]:
        return list(client.get(f"/commitments/?{query}").context["table"].page)

    assert (found("soon=7"), found("soon=30")) == ([soon], [soon, later])
    assert found("municipality=zarechny&soon=7") == [soon]
