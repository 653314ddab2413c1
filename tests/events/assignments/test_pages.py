"""The pages of technical assignments: the editor, the review, versions side by side, the table of a period."""

import datetime
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from centers.models import StatusGrant
from events.assignments import assignments, versions
from events.models import AssignmentPeriod, TechnicalAssignment
from rcro_portal.models import Notice
from tests import clock
from tests.factories import assignments as made
from tests.factories import imports
from tests.factories.assignments import AssignmentPeriodFactory
from tests.factories.centers import CenterFactory, CoordinatorFactory, UserFactory, coordinator, staff
from tests.factories.editor import as_drawn

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
BY_ITSELF = {"HX-Request": "true"}


def url(page: str, *keys: object) -> str:
    return reverse(f"events:assignment-{page}", args=keys)


def logged_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def assignment() -> TechnicalAssignment:
    return made.write(made.begun(CenterFactory(organization__short_name="Лицей у реки")))


@pytest.fixture
def own(assignment: TechnicalAssignment) -> Client:
    return logged_in(assignment.edited_by)


@pytest.fixture
def methodist() -> Client:
    return logged_in(staff("methodist"))


def drawn(client: Client, assignment: TechnicalAssignment, **typed: Any) -> dict[str, Any]:
    return as_drawn(client.get(url("edit", assignment.pk)).text, "assignment-form") | typed


def test_from_nothing_to_agreed_by_the_pages(methodist: Client) -> None:
    """The coordinator begins, writes, submits; the methodist returns a row, the coordinator mends it, it is agreed."""
    center = CenterFactory()
    own, period = logged_in(coordinator(center)), AssignmentPeriodFactory()
    begin = url("new", period.pk, center.pk)
    assert "Начать" in own.get(begin).text
    assert own.post(begin).status_code == 302
    assignment = TechnicalAssignment.objects.get(center=center)
    typed = {
        "goals-TOTAL_FORMS": "1",
        "goals-0-text": "Открыть лаборатории",
        "events-TOTAL_FORMS": "1",
        "events-0-title": "День лаборатории",
        "events-0-form": "урок",
        "events-0-audience": "учителя",
        "events-0-month": "3",
        "events-0-expected": "40",
        "indicators-TOTAL_FORMS": "1",
        "indicators-0-name": "Событий",
        "indicators-0-unit": "штук",
    }
    saved = own.post(url("save", assignment.pk), drawn(own, assignment, **typed), headers=BY_ITSELF)
    assert saved.status_code == 200
    assert "«Событий»: план" in own.get(url("detail", assignment.pk)).text
    own.post(url("save", assignment.pk), drawn(own, assignment, **{"indicators-0-planned": "2"}))
    page = own.get(url("detail", assignment.pk))
    own.post(url("submit", assignment.pk), as_drawn(page.text, "submit-form"))
    review = methodist.get(url("review", assignment.pk))
    name = next(name for name in as_drawn(review.text, "return-form") if name.startswith("remark-"))
    answer = methodist.post(url("return", assignment.pk), {"number": "1", name: "Скажите, каких."}, follow=True)
    assert "Возвращено с замечаниями" in answer.text
    edit = own.get(url("edit", assignment.pk)).text
    assert "Замечание: Скажите, каких." in edit
    own.post(url("save", assignment.pk), drawn(own, assignment, **{"goals-0-text": "Открыть две лаборатории"}))
    page = own.get(url("detail", assignment.pk))
    own.post(url("submit", assignment.pk), as_drawn(page.text, "submit-form"))
    assert methodist.post(url("agree", assignment.pk), {"number": "2"}).status_code == 302
    assert "Внести изменения" in own.get(url("detail", assignment.pk)).text
    side_by_side = own.get(url("edition-difference", assignment.pk, 2)).text
    assert "Изменено 1" in side_by_side
    assert re.search(r"<ins>две\s*</ins>", side_by_side)


def test_return_without_a_word_keeps_the_page(assignment: TechnicalAssignment, methodist: Client) -> None:
    made.submitted(assignment)
    answer = methodist.post(url("return", assignment.pk), {"number": "1"})
    assert (answer.status_code, assignments.NothingToSay.words in answer.text) == (422, True)


def test_submitted_while_it_is_typed_on_keeps_what_is_typed(
    assignment: TechnicalAssignment, own: Client, methodist: Client
) -> None:
    typed = drawn(own, assignment, **{"goals-0-text": "Дописано, пока задание направляли"})
    made.submitted(assignment)
    answer = own.post(url("save", assignment.pk), typed, headers=BY_ITSELF)
    assert (answer.status_code, "Ваш текст сохранён отдельно" in answer.text) == (409, True)
    methodist.post(url("agree", assignment.pk), {"number": "1"})
    detail = own.get(url("detail", assignment.pk)).text
    assert "Сравнить и взять своё" in detail
    own.post(url("amend", assignment.pk))
    aside = assignment.revisions.get(aside=True)
    compared = own.get(url("aside", assignment.pk, aside.pk)).text
    places = re.findall(r'name="(side-\d+)"', compared)
    chosen = dict.fromkeys(places, "mine") | {"version": made.fresh(assignment).version}
    assert own.post(url("merge", assignment.pk, aside.pk), chosen).status_code == 302
    assert assignments.page(assignment)["goals"][0]["text"] == "Дописано, пока задание направляли"
    assert "Сравнить и взять своё" not in own.get(url("detail", assignment.pk)).text


def test_handed_over_in_the_middle_the_next_coordinator_goes_on(assignment: TechnicalAssignment, own: Client) -> None:
    assignment.center.coordinators.update(until=clock.today() - DAY)
    successor = UserFactory()
    CoordinatorFactory(person=successor.person, center=assignment.center, since=clock.today())
    theirs = logged_in(successor)
    assert own.get(url("detail", assignment.pk)).status_code == 404
    page = drawn(theirs, assignment, **{"goals-0-text": "Дело продолжается"})
    assert theirs.post(url("save", assignment.pk), page, headers=BY_ITSELF).status_code == 200
    assert made.fresh(assignment).edited_by == successor


def test_coordinator_of_two_centres_sees_both_and_writes_each(assignment: TechnicalAssignment, own: Client) -> None:
    second = CenterFactory()
    CoordinatorFactory(person=assignment.edited_by.person, center=second)
    listed = own.get(url("list"))
    assert listed.context["table"].page.paginator.count == 2
    own.post(url("new", assignment.period_id, second.pk))
    assert set(TechnicalAssignment.objects.values_list("center", flat=True)) == {assignment.center_id, second.pk}


def test_others_know_nothing_and_staff_changes_nothing(assignment: TechnicalAssignment, methodist: Client) -> None:
    other = logged_in(coordinator())
    pages = ("detail", "edit", "history", "version")
    assert [other.get(url(page, assignment.pk)).status_code for page in pages] == [404] * 4
    assert other.get(url("new", assignment.period_id, assignment.center_id)).status_code == 404
    assert methodist.get(url("edit", assignment.pk)).status_code == 403
    made.submitted(assignment)
    elsewhere = made.submitted(made.begun())
    assert other.post(url("submit", assignment.pk)).status_code == 404
    assert methodist.get(url("edition", elsewhere.pk, 2)).status_code == 404
    foreign = elsewhere.revisions.first()
    assert methodist.get(url("difference", assignment.pk, foreign.pk)).status_code == 404


# -- The table of a period --------------------------------------------------------------------------


def states(client: Client, query: str = "") -> dict[str, tuple[str, str]]:
    rows = imports.table(client.get(f"{url('list')}table.csv{query}").content)
    place = {name: number for number, name in enumerate(rows[0])}
    return {row[place["Центр"]]: (row[place["Состояние"]], row[place["Кого ждём"]]) for row in rows[1:]}


def test_table_says_who_waits_for_whom(assignment: TechnicalAssignment, methodist: Client) -> None:
    silent = CenterFactory(organization__short_name="Школа у озера")
    sent = made.submitted(made.begun(CenterFactory(organization__short_name="Школа в бору")))
    gone = CenterFactory(organization__short_name="Школа на холме")
    StatusGrant.objects.filter(center=gone).update(until=clock.today() - 3 * DAY)
    assert states(methodist) == {
        "Школа у озера": ("Не начато", "координатора нет"),
        "Лицей у реки": ("Черновик", assignment.edited_by.person.surname_first),
        str(sent.center): ("На согласовании", "методисты: отдел развития сетей"),
    }
    assert set(states(methodist, "?state=late")) == {"Школа у озера", "Лицей у реки"}
    assert set(states(methodist, "?state=in_review")) == {str(sent.center)}
    assert silent.pk not in dict(states(methodist, "?q=бору"))


def test_status_ended_stands_in_the_table_and_is_not_reminded(
    assignment: TechnicalAssignment, own: Client, methodist: Client
) -> None:
    StatusGrant.objects.filter(center=assignment.center).update(until=clock.today() - 3 * DAY)
    listed = methodist.get(url("list")).text
    assert "статуса РВЦИ нет" in listed
    assert methodist.get(url("remind", assignment.period_id)).status_code == 409
    refused = own.post(url("submit", assignment.pk), {"version": assignment.version})
    assert (refused.status_code, assignments.NoStatus.words in refused.text) == (409, True)


def test_reminder_goes_in_two_presses_and_once_a_day(assignment: TechnicalAssignment, methodist: Client) -> None:
    made.submitted(made.begun())
    page = methodist.get(url("remind", assignment.period_id))
    assert "Лицей у реки" in page.text
    to = [str(one["key"]) for one in page.context["silent"] if one["is_written_to"]]
    assert to == [str(assignment.center_id)]
    assert "Никто не отмечен" in methodist.post(url("remind", assignment.period_id), follow=True).text
    for _ in range(2):
        methodist.post(url("remind", assignment.period_id), {"to": to})
    rows = Notice.objects.filter(reason="assignment_reminded").values_list("email", flat=True)
    assert list(rows) == [assignment.edited_by.email]
    made.submitted(assignment)
    assert methodist.post(url("remind", assignment.period_id), {"to": to}).status_code == 409


@pytest.mark.parametrize("rows", [1, 3])
def test_table_costs_the_same_for_more_rows(rows: int, methodist: Client, django_assert_num_queries: Any) -> None:
    for _ in range(rows):
        made.submitted(made.begun())
    with django_assert_num_queries(TABLE_QUERIES):
        methodist.get(url("list"))


TABLE_QUERIES = 8


def test_without_a_period_the_methodist_is_led_to_open_one(methodist: Client) -> None:
    assert "Открыть период" in methodist.get(url("list")).text
    assert "Открыть период" not in logged_in(coordinator()).get(url("list")).text


def test_periods_do_not_overlap(methodist: Client) -> None:
    first = AssignmentPeriodFactory()
    typed = {"title": "2026/27 учебный год", "since": "2026-09-01", "until": "2027-08-31", "due_on": "2026-09-15"}
    typed |= {"department": str(first.department_id)}
    refused = methodist.post(url("period-new"), typed)
    assert (refused.status_code, "не пересекаются" in refused.text) == (422, True)
    assert AssignmentPeriod.objects.count() == 1


def test_difference_of_rows_by_their_keys(assignment: TechnicalAssignment) -> None:
    before = assignments.page(assignment)
    page = assignments.written(assignment)
    page["events"] = [
        {"key": "", "title": "Новое", "form": "урок", "audience": "все", "month": "4", "expected": 5},
        {**page["events"][0], "expected": 60},
    ]
    page["indicators"] = []
    after = assignments.page(made.write(assignment, **page))
    changes = versions.difference(before, after)
    assert (changes.words, changes.same) == ("изменено 1, добавлено 1, убрано 1", 1)
    assert [heading for heading, _ in changes.groups] == ["Открытые образовательные события", "Показатели"]
