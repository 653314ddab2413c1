"""A letter's page says where the marks were changed after the letter had counted them, and by whom."""

import datetime

import pytest
from django.test import Client

from centers.models import Person
from events.attendance import attendance
from events.models import Attendance
from reports.figures import frozen, marks
from reports.models import Letter
from tests.factories import letters as walked
from tests.factories.centers import CoordinatorFactory, staff
from tests.factories.events import held
from tests.factories.moments import FILED_AT, HELD_AT
from tests.factories.reports import Office

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
WHY = "По протоколу площадки не подключался."


@pytest.fixture
def here() -> list[Attendance]:
    """Three who came, before the outcome was written."""
    event = held()
    for surname in ("Абрамова", "Борисова", "Власова"):
        post = CoordinatorFactory(person__surname=surname)
        attendance.mark(event=event, center=post.center, person=post.person, by=event.planned_by, at=HELD_AT)
    return list(event.attendances.order_by("person__sort_key"))


@pytest.fixture
def letter(office: Office, here: list[Attendance]) -> Letter:
    return walked.sent_on_paper(office, event=here[0].event)


def take_off(row: Attendance) -> None:
    attendance.unmark(event=row.event, person=row.person, by=row.event.planned_by, at=FILED_AT + DAY, why=WHY)


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def director(client: Client, office: Office, demo: None) -> Client:
    client.force_login(office.director)
    return client


def test_nothing_is_said_while_nothing_changed(letter: Letter, director: Client) -> None:
    assert "Отметки участников изменены" not in page(director, f"/letters/{letter.pk}/")


def test_letter_says_now_and_then_and_leads_to_who_did_it(
    letter: Letter, here: list[Attendance], director: Client
) -> None:
    for row in here[:2]:
        take_off(row)
    present = letter.snapshot.figures.get(query="present_coordinators")
    shown = page(director, f"/letters/{letter.pk}/")
    assert "Отметки участников изменены после направления письма" in shown
    assert f"{present.name}: сейчас 1, в письме 3." in shown
    assert f'href="/letters/{letter.pk}/figures/{present.pk}/">Кто, когда и почему' in shown
    figure = page(director, f"/letters/{letter.pk}/figures/{present.pk}/")
    assert "Кто изменил отметки с тех пор" in figure
    assert figure.count(WHY) == 2


def test_rows_counted_stay_as_they_were_under_their_names(
    letter: Letter, here: list[Attendance], director: Client
) -> None:
    for row in here:
        take_off(row)
    Person.objects.filter(pk=here[0].person_id).update(surname="Новикова")
    present = letter.snapshot.figures.get(query="present_coordinators")
    assert [label.split()[0] for _, label, _ in present.named] == ["Абрамова", "Борисова", "Власова"]
    (figure,) = frozen.today([present])
    behind = frozen.behind(figure)
    assert [row.label.split()[0] for row in behind.rows] == ["Абрамова", "Борисова", "Власова"]
    assert all(row.url for row in behind.rows)
    shown = page(director, f"/letters/{letter.pk}/figures/{present.pk}/")
    assert "Абрамова" in shown


def test_figure_over_a_period_counts_the_marks_of_its_events(office: Office, here: list[Attendance]) -> None:
    letter = walked.free_in_review(office)
    day = here[0].event.first_day.isoformat()
    row = letter.snapshot.figures.model.objects.create(
        snapshot=letter.snapshot, name="участия", query="participations", value=3, text="3 участия",
        parameters={"since": day, "until": day}, counted=[one.pk for one in here],
    )  # fmt: skip
    assert not marks.since(row).exists()
    attendance.unmark(event=here[0].event, person=here[0].person, by=staff("methodist"), at=FILED_AT + DAY)
    assert [change.about for change in marks.since(row)] == [f"{here[0].person.surname_first}, {here[0].center}"]
    (moved,) = marks.moved(letter, frozen.values_today(letter))
    assert moved.words == "участия: сейчас 2, в письме 3."
