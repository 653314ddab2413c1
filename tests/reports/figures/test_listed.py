"""The list behind a figure shows exactly the rows that it counts."""

import datetime
from typing import Any

import pytest
from django.test import Client

from events.commitments import commitments
from events.models import DataQuestion, Event
from events.models.event import EventKind
from reports import figures
from tests.factories import letters, requests
from tests.factories.centers import (
    CenterFactory,
    CoordinatorFactory,
    DegreeFactory,
    StatusGrantFactory,
    coordinator,
    staff,
)
from tests.factories.events import (
    AttendanceFactory,
    CommitmentFactory,
    EventFactory,
    OutcomeFactory,
    PlanItemFactory,
    PlanScheduleFactory,
    TalkFactory,
)
from tests.factories.moments import tomsk
from tests.factories.olympiad import (
    PrepSessionFactory,
    ProgrammeLessonFactory,
    ResultCountFactory,
    ResultSheetFactory,
    SeasonFactory,
    SessionLecturerFactory,
)
from tests.factories.projects import (
    AchievementFactory,
    ClusterFactory,
    ClusterMemberFactory,
    NetworkManagementModelFactory,
    NetworkProjectFactory,
    ProjectPartnerFactory,
    ProjectStageFactory,
    ResourceFactory,
)

pytestmark = pytest.mark.django_db
PARAMETERS: dict[str, dict[str, Any]] = {
    "year": {"year": 2024},
    "day": {"day": "2024-06-30"},
    "period": {"since": "2024-01-01", "until": "2024-12-31"},
    "event": {},
    "question": {},
}
# What has no list of the portal, and where its rows stand: on the figure's own page, and there.
UNLISTED = {
    "participations": "marks of many events: each on the page of its event",
    "educators_counted": "numbers of one event: «Другие участники» of it",
    "pupils_counted": "numbers of one event: «Другие участники» of it",
    "teams_counted": "numbers of one event: «Другие участники» of it",
    "parents_counted": "numbers of one event: «Другие участники» of it",
    "municipalities_with_center": "«По муниципалитетам»",
    "lesson_subjects": "a subject has no page; its lessons have a list",
}
OCCASION = "Повод"
# A sent letter is made elsewhere: tests/reports/statistics/plots.
LISTED = sorted(figures.QUERIES.keys() - UNLISTED.keys() - {"letters_sent", "days_to_letter"})


def day(year: int, month: int = 6) -> datetime.date:
    return datetime.date(year, month, 1)


def occasion() -> None:
    """One event with its marks, its talk and what was decided there: done, late and owed still."""
    event = EventFactory(topic=OCCASION, status="held", starts_at=tomsk(3, 1, 10, year=2024))
    AttendanceFactory(event=event)
    AttendanceFactory(event=event, center=None, capacity="participant", category="educator")
    AttendanceFactory(event=event, center=None, capacity="participant", category="parent")
    AttendanceFactory(event=event, presence="absent")
    outcome = OutcomeFactory(event=event)
    TalkFactory(outcome=outcome)
    given = {"decision__outcome": outcome, "opened_at": tomsk(3, 15, 10, year=2024)}
    for due_on, answered_at in ((day(2024, 5), 4), (day(2024, 5), 6), (day(2024, 6), 0), (day(2023, 6), 0)):
        row = CommitmentFactory(**given, due_on=due_on)
        at = tomsk(answered_at or 1, 1, 10, year=2024)
        if answered_at:
            commitments.answer(commitment=row, text="Сделано.", by=row.outcome.edited_by, at=at)
            commitments.accept(commitment=row, by=row.outcome.edited_by, at=at)


@pytest.fixture
def rows() -> None:
    """Of every kind some before, in and after 2024; of a request one answer that is accepted and one that is not."""
    occasion()
    taken, waiting = requests.asked(CenterFactory(status=None), CenterFactory(status=None))
    requests.accepted(taken, answer="7")
    requests.submitted(waiting, answer="8")
    for since, until in [(2020, 2023), (2020, 2024), (2024, None), (2025, None)]:
        last = day(until, 7) if until else None
        StatusGrantFactory(center=CenterFactory(status=None), since=day(since), until=last)
        project = NetworkProjectFactory(since=day(since), until=last)
        ProjectStageFactory(project=project, since=day(since), until=day(since, 6), progress=10)
        cluster = ClusterFactory(formed_on=day(since), dissolved_on=last)
        ClusterMemberFactory(cluster=cluster, since=day(since), until=last)
        NetworkManagementModelFactory(project=project, since=day(since), until=last)
        ProgrammeLessonFactory(started_on=day(since))
        AchievementFactory(on=day(since), level="federal")
        ResourceFactory(year=since)
        ProjectPartnerFactory(project=project)
        PlanItemFactory(schedule=PlanScheduleFactory(year=since), done_on=day(since) if since != 2025 else None)
        for kind in (EventKind.WEBINAR, EventKind.METHODS_SEMINAR, EventKind.OPEN_EVENT):
            EventFactory(kind=kind, status="held", starts_at=tomsk(1, 1, 10, year=since))
        CoordinatorFactory(center=CenterFactory(status=None), since=day(since), until=last)
        season = SeasonFactory(name=f"{since - 1}/{since % 100}", starts_on=day(since - 1, 9), ends_on=day(since, 6))
        held = {"event__starts_at": tomsk(12, 31, 23, year=since), "event__status": "held", "season": season}
        session = PrepSessionFactory(**held, new_pupils=20, new_educators=2)
        for rank in ("doctor", "candidate"):
            DegreeFactory(person=SessionLecturerFactory(session=session).person, rank=rank, since=day(2019))
        for stage in ("municipal", "regional", "final"):
            sheet = ResultSheetFactory(season=season, stage=stage, status="taken")
            ResultCountFactory(sheet=sheet)
            ResultCountFactory(sheet=sheet, winners=None)
            ResultCountFactory(sheet=ResultSheetFactory(season=season, stage=stage))


def test_the_lists_show_the_rows_that_are_counted(rows: None, client: Client) -> None:
    """All in one world, since it takes longer to make than to ask."""
    client.force_login(staff("methodist"))
    occasion = {"event": Event.objects.get(topic=OCCASION).pk, "question": DataQuestion.objects.get().pk}
    shown, counted = {}, {}
    for name in LISTED:
        query = figures.QUERIES[name]
        asked = PARAMETERS[query.over] or occasion
        keys = figures.count(name, asked).counted
        found = query.listing.model._default_manager.filter(pk__in=keys)
        counted[name] = sorted(found.values_list(query.listing.through or "pk", flat=True))
        table = client.get(figures.list_url(name, asked)).context["table"]
        shown[name] = sorted(row.pk for row in table.page)
    assert shown == counted
    # The one question of this world asks for a whole number, not for an amount.
    empty = {name for name, keys in counted.items() if not keys and not name.startswith("achievements_")}
    assert empty == {"request_amount"}


def test_only_what_has_no_list_has_no_list(rows: None) -> None:
    asked = {**PARAMETERS, "event": {"event": 1}, "question": {"question": 1}}
    unlisted = {name for name, query in figures.QUERIES.items() if not figures.list_url(name, asked[query.over])}
    assert unlisted == UNLISTED.keys()


@pytest.mark.parametrize("asked", ["made-up:2024", "centers_granted", "centers_granted:x", "projects_begun:2024"])
def test_a_link_that_names_no_figure_of_these_rows_narrows_nothing(asked: str, rows: None, client: Client) -> None:
    client.force_login(staff("methodist"))
    tables = [client.get(address).context["table"] for address in ("/centers/", f"/centers/?figure={asked}")]
    assert len({table.page.paginator.count for table in tables}) == 1
    assert tables[1].querystring == ""


def test_what_a_figure_counts_is_for_the_office_alone(rows: None, client: Client) -> None:
    client.force_login(coordinator())
    assert client.get("/centers/?figure=centers_granted:2024").context["table"].querystring == ""


def test_the_list_says_which_figure_it_shows(rows: None, client: Client) -> None:
    client.force_login(staff("methodist"))
    page = client.get(figures.list_url("centers_granted", {"year": 2024}))
    assert ": РВЦИ, получившие статус за год, за 2024 год" in page.text


@pytest.mark.usefixtures("key", "demo")
def test_letters_of_a_period_are_listed(client: Client, office: letters.Office) -> None:
    letter = letters.sent(office)
    sent_on = letter.entry.registered_on
    before = sent_on - datetime.timedelta(days=1)
    client.force_login(office.methodist)
    for since, until, pks in ((sent_on, sent_on, [letter.pk]), (before, before, [])):
        period = {"since": since.isoformat(), "until": until.isoformat()}
        assert figures.count("letters_sent", period).counted == pks
        assert [row.pk for row in client.get(figures.list_url("letters_sent", period)).context["table"].page] == pks


def test_a_year_without_a_plan_has_no_list_of_it() -> None:
    """Not the items of all years."""
    PlanItemFactory()
    assert figures.list_url("plan_items", {"year": 2024}) == ""
