"""Problem areas of the stages: kept by hand, taken out of an outcome, answered by its decision."""

from typing import Any

import pytest
from django.test import Client

from events.models import ProblemArea
from olympiad.models import StageProblem
from tests.factories.centers import coordinator, staff
from tests.factories.events import DecisionFactory
from tests.factories.olympiad import SeasonFactory, StageProblemFactory, SubjectFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def decision() -> Any:
    """Of an outcome with two problem areas."""
    made = DecisionFactory(text="провести практикум по измерениям")
    for number, text in enumerate(("не оценивают погрешность", "мало наставников")):
        ProblemArea.objects.create(outcome=made.outcome, position=number, text=text)
    return made


def chosen(of: Any, *areas: int, **more: Any) -> dict[str, Any]:
    keys = list(of.outcome.problem_areas.order_by("position").values_list("pk", flat=True))
    season = SeasonFactory().pk
    return {"season": season, "stage": "municipal", "areas": [keys[one] for one in areas], **more}


def test_areas_of_an_outcome_become_rows_with_the_decision(decision: Any, client: Client) -> None:
    client.force_login(staff("methodist"))
    physics = SubjectFactory(name="Физика")
    page = chosen(decision, 0, subject=physics.pk, decision=str(decision.key))
    outcomes = client.get("/problems/from-outcome/").text
    assert decision.outcome.event.topic in outcomes
    address = f"/problems/from-outcome/?outcome={decision.outcome_id}"
    made = client.post(address, page, follow=True)
    row = StageProblem.objects.get()
    assert (row.text, row.decided, row.decision_key) == ("не оценивают погрешность", decision.text, decision.key)
    assert "Внесено: 1 проблемная зона." in made.text
    again = client.post(address, page)
    assert (again.status_code, "уже внесены для этого сезона" in again.text) == (422, True)
    card = client.get(f"/problems/{row.pk}/").text
    words = (decision.text, decision.outcome.event.topic, "Физика")
    assert [word for word in words if word not in card] == []


def test_a_decision_that_left_the_text_leaves_its_words(decision: Any, client: Client) -> None:
    client.force_login(staff("methodist"))
    page = chosen(decision, 1, decision=str(decision.key), decided="Объявить набор наставников.")
    client.post(f"/problems/from-outcome/?outcome={decision.outcome_id}", page)
    row = StageProblem.objects.get()
    decision.delete()
    assert "Объявить набор наставников." in client.get(f"/problems/{row.pk}/").text


def test_a_form_wants_an_area_a_season_and_a_stage(decision: Any, client: Client) -> None:
    client.force_login(staff("methodist"))
    answer = client.post(f"/problems/from-outcome/?outcome={decision.outcome_id}", {"subject": ""})
    assert (answer.status_code, sorted(answer.context["form"].errors)) == (422, ["areas", "season", "stage"])


@pytest.mark.parametrize("outcome", ["0", "x", "99999999999999999999"])
def test_no_such_outcome(outcome: str, client: Client) -> None:
    client.force_login(staff("methodist"))
    assert client.get(f"/problems/from-outcome/?outcome={outcome}").status_code == 404


def test_the_list_is_narrowed_to_what_is_not_decided(client: Client) -> None:
    client.force_login(staff("head"))
    StageProblemFactory(text="Решено", decided="Практикум")
    open_one = StageProblemFactory(text="Не решено")
    listed = client.get("/problems/?decided=no").context["table"].page
    assert [row.pk for row in listed] == [open_one.pk]


def test_an_empty_list_says_what_to_do_and_a_coordinator_sees_none(client: Client) -> None:
    client.force_login(staff("methodist"))
    assert "Внесите первую или возьмите её из итогов мероприятия." in client.get("/problems/").text
    client.force_login(coordinator())
    assert client.get("/problems/").status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_whatever_its_rows(rows: int, client: Client, django_assert_num_queries: Any) -> None:
    client.force_login(staff("methodist"))
    for _ in range(rows):
        StageProblemFactory()
    with django_assert_num_queries(7):
        client.get("/problems/")


def test_the_same_area_is_not_typed_twice(client: Client) -> None:
    client.force_login(staff("methodist"))
    kept = StageProblemFactory(subject=None)
    page = {"season": kept.season_id, "stage": kept.stage, "text": kept.text}
    refused = client.post("/problems/new/", page)
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["text"])
    assert client.post(f"/problems/{kept.pk}/edit/", page | {"decided": "Практикум."}).status_code == 302
    assert client.post("/problems/new/", page | {"subject": SubjectFactory().pk}).status_code == 302
