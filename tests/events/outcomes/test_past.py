"""«Взять из прошлого»: the order of talks, their acts and the usual figures, never the text."""

import datetime

import pytest
from django.test import Client
from lxml import html

from events.models import Outcome
from events.models.outcome import Asks, DecisionKind, TalkAct
from events.outcomes import outcomes, past
from tests.factories import centers as people
from tests.factories import events
from tests.factories.moments import WRITTEN_AT

pytestmark = pytest.mark.django_db
SPRING, AUTUMN = (events.STARTS_AT.replace(year=year, month=month, day=12) for year, month in ((2024, 3), (2025, 9)))


@pytest.fixture
def spring() -> Outcome:
    """Opened by somebody of the staff, then a coordinator shared; a figure of the year before, one by the day."""
    department = people.DepartmentFactory()
    methodist = people.staff("methodist", department)
    event = events.held(starts_at=SPRING, department=department)
    outcome = events.OutcomeFactory(event=event, problem_source="олимпиады", addressee="Директорам лицеев")
    events.TalkFactory(outcome=outcome, speaker=methodist.person, act=TalkAct.OPENED, capacity="Ведущая")
    events.TalkFactory(outcome=outcome, act=TalkAct.SHARED)
    figures = {
        "Проекты за 2023 год": ("projects_under_way", {"year": 2023}),
        "Школьники с 2019 года": ("session_pupils", {"since": "2019-01-01", "until": "2024-03-12"}),
        "Были": ("present_coordinators", {"event": event.pk}),
    }
    for name, (query, parameters) in figures.items():
        events.OutcomeFigureFactory(outcome=outcome, name=name, query=query, parameters=parameters)
    events.OutcomeFigureFactory(outcome=outcome, name="350", query="", parameters={}, typed="350", source="Отчёт")
    events.DecisionFactory(outcome=outcome, kind=DecisionKind.APPEAL, due_on=None, asks=Asks.ANSWER)
    events.ProblemAreaFactory(outcome=outcome)
    return outcome


def in_autumn(spring: Outcome) -> Outcome:
    return events.OutcomeFactory(event=events.held(starts_at=AUTUMN, department=spring.event.department))


def take(outcome: Outcome, source: Outcome) -> tuple[int, int]:
    return past.take(outcome=outcome, source=source, by=outcome.edited_by, at=WRITTEN_AT)


def test_staff_speak_again_figures_are_asked_of_this_event_and_no_text_comes(spring: Outcome) -> None:
    autumn = in_autumn(spring)
    assert take(autumn, spring) == (1, 3)
    (talk,) = autumn.talks.all()
    opener = spring.talks.get(act=TalkAct.OPENED).speaker
    assert (talk.speaker, talk.act, talk.capacity, talk.text, talk.title) == (opener, "opened", "Ведущая", "", "")
    assert talk.post == opener.posts.get().title
    assert dict(autumn.figures.values_list("name", "parameters")) == {
        "Проекты за 2024 год": {"year": 2024},
        "Школьники с 2019 года": {"since": "2019-01-01", "until": "2025-09-12"},
        "Были": {"event": autumn.event_id},
    }
    autumn.refresh_from_db()
    assert (autumn.problem_source, autumn.addressee) == ("олимпиады", "Директорам лицеев")
    assert (autumn.problem_areas.count(), autumn.decisions.count()) == (0, 0)
    assert autumn.revisions.latest("pk").version == autumn.version == 2


def test_what_is_written_stays(spring: Outcome) -> None:
    autumn = in_autumn(spring)
    events.TalkFactory(outcome=autumn, text="уже написано")
    events.OutcomeFigureFactory(outcome=autumn, name="Были", query="projects_under_way", parameters={"year": 2020})
    Outcome.objects.filter(pk=autumn.pk).update(addressee="Ректору")
    assert take(autumn, spring) == (0, 2)
    assert [talk.text for talk in autumn.talks.all()] == ["уже написано"]
    assert autumn.figures.get(name="Были").parameters == {"year": 2020}
    autumn.refresh_from_db()
    assert autumn.addressee == "Ректору"


def test_page_asks_for_what_is_said_anew_and_forgets_rows_left_empty(client: Client, spring: Outcome) -> None:
    autumn = in_autumn(spring)
    client.force_login(people.staff("methodist", spring.event.department))
    page = client.post(f"/outcomes/{autumn.pk}/take/{spring.pk}/", follow=True)
    drawn = html.document_fromstring(page.text)
    acts = [row.value for row in drawn.xpath("//*[@data-rows]//select[@data-act-of-talk]")]
    kinds = [row.value for row in drawn.xpath("//*[@data-rows]//select[@data-kind-of-decision]")]
    assert (acts, kinds) == (["opened", "shared"], ["appeal"])
    assert "Взято: 1 выступление, 3 показателя." in page.text
    form = drawn.get_element_by_id("outcome-form")
    assert client.post(form.action, dict(form.form_values())).status_code == 302
    assert (autumn.talks.count(), autumn.problem_areas.count(), autumn.decisions.count()) == (1, 0, 0)


def test_page_says_what_was_taken_and_that_there_is_nothing_more(client: Client, spring: Outcome) -> None:
    autumn = in_autumn(spring)
    autumn.talks.all().delete()
    spring.figures.all().delete()
    client.force_login(people.staff("methodist", spring.event.department))
    told = [client.post(f"/outcomes/{autumn.pk}/take/{spring.pk}/", follow=True).text for _ in range(2)]
    assert "Взято: 1 выступление. Допишите" in told[0]
    assert "Взять больше нечего" in told[1]


def test_own_department_comes_first_and_nothing_later_or_of_another_kind(spring: Outcome) -> None:
    season = datetime.timedelta(days=90)
    autumn = in_autumn(spring)
    other = people.DepartmentFactory(name="другой отдел")
    foreign = events.TalkFactory(outcome__event=events.held(starts_at=SPRING + season, department=other)).outcome
    events.TalkFactory(outcome__event=events.held(starts_at=AUTUMN + season))
    events.TalkFactory(outcome__event=events.held(starts_at=SPRING, kind="meeting"))
    events.OutcomeFactory(event=events.held(starts_at=SPRING + season * 2))  # nobody spoke in it
    assert list(past.of_its_kind(autumn.event)) == [spring, foreign]


def test_filed_outcome_takes_nothing(client: Client, spring: Outcome) -> None:
    autumn = in_autumn(spring)
    Outcome.objects.filter(pk=autumn.pk).update(status="filed")
    client.force_login(people.staff("methodist", spring.event.department))
    assert client.post(f"/outcomes/{autumn.pk}/take/{spring.pk}/").status_code == 409
    assert not autumn.figures.exists()
    with pytest.raises(outcomes.OutcomeLocked):
        take(autumn, spring)
