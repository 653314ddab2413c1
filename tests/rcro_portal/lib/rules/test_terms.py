"""Rules of dated truth at the three places where they are asked, and in the database, past every form."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.test import RequestFactory

from centers.coordinators import appointments
from centers.models import StaffPost
from projects.models import ClusterMember, ProjectStage
from rcro_portal.lib import db_triggers, rules
from rcro_portal.middleware import RefusalsInWords
from reports.operations import append_only_triggers
from tests import clock
from tests.constraints import change, double, kept_by
from tests.factories.centers import (
    CenterFactory,
    CoordinatorFactory,
    EmploymentFactory,
    OrganizationRoleFactory,
    PersonFactory,
    StaffPostFactory,
    StatusGrantFactory,
    UserFactory,
)
from tests.factories.projects import ClusterFactory, ClusterMemberFactory, NetworkManagementModelFactory
from tests.untouched import nothing_changes
from tests.without_triggers import drop

pytestmark = pytest.mark.django_db
DATED = {
    "one_grant_at_a_time": StatusGrantFactory,
    "one_coordinator_at_a_time": CoordinatorFactory,
    "one_post_at_a_time": StaffPostFactory,
    "one_role_at_a_time": OrganizationRoleFactory,
    "one_place_at_a_time": EmploymentFactory,
    "one_membership_at_a_time": ClusterMemberFactory,
    "one_model_at_a_time": NetworkManagementModelFactory,
}
TODAY = datetime.date(2026, 11, 27)


def day(month: int, number: int = 1, year: int = 2021) -> datetime.date:
    return datetime.date(year, month, number)


def words_of(row: models.Model) -> list[str]:
    """What a form of the row would say beside its fields."""
    try:
        row.full_clean()
    except ValidationError as error:
        return error.messages
    return []


def test_row_without_its_first_day_breaks_no_rule_of_terms_yet() -> None:
    """What is missing is another finding."""
    rows = (ClusterMember(), ProjectStage(), StaffPost())
    assert [rule.breach(row, TODAY) for row in rows for rule in row.rules] == [""] * 4


def test_every_rule_that_databases_keep_is_tried() -> None:
    kept = {rule.name for model, rule in rules.ruled() if list(rule.guards(model))}
    assert kept >= set(DATED)
    assert all(rule.words.endswith(".") and rule.words[0].isupper() for _, rule in rules.ruled())


@pytest.mark.parametrize("name", DATED)
def test_terms_of_one_thing_share_no_day(name: str) -> None:
    row = DATED[name](since=day(3), until=day(5, 31))
    for since, until in [(day(5, 31), None), (day(1), day(3)), (day(4), day(4)), (day(1), None)]:
        with kept_by(name):
            double(row, since=since, until=until)
    double(row, since=day(6), until=None)
    double(row, since=day(1), until=day(2, 28))
    with kept_by(name):
        change(row, until=day(6))
    change(row, until=day(5, 30))
    assert list(rules.broken(TODAY)) == []


def test_a_form_says_the_rule_and_what_is_in_the_way() -> None:
    grant = StatusGrantFactory(since=day(3), until=day(5, 31))
    another = StatusGrantFactory.build(center=grant.center, since=day(5), act_on=day(4))
    said = "Статус центра присваивают на дни, на которые он ещё не присвоен. Уже внесено: с 01.03.2021 по 31.05.2021."
    assert words_of(another) == [said]
    assert words_of(grant) == []
    assert words_of(StatusGrantFactory.build(center=grant.center, since=day(6), act_on=day(4))) == []


@pytest.mark.parametrize(
    ("since", "until", "outside"),
    [
        (day(3), day(5), ""),
        (day(8), day(12, 31), ""),
        (day(3), day(8), "01.06.2021"),
        (day(2), day(5), "01.02.2021"),
        (day(4), day(6, 15), "01.06.2021"),
        (day(8), None, "01.01.2022"),
    ],
)
def test_a_coordinator_serves_inside_the_status(
    since: datetime.date, until: datetime.date | None, outside: str
) -> None:
    """Every day of it, those between two grants too; without an end it has lasted until today."""
    center = CenterFactory(status=None)
    StatusGrantFactory(center=center, since=day(3), until=day(5, 31))
    StatusGrantFactory(center=center, since=day(7), until=day(12, 31))
    post = CoordinatorFactory(center=center, since=since, until=until)
    said = f"Координатора назначают на дни, когда у центра есть статус. {outside} – вне срока: "
    said += "01.03.2021 – 31.05.2021; 01.07.2021 – 31.12.2021."
    assert words_of(post) == ([said] if outside else [])
    assert list(rules.broken(TODAY)) == ([f"Координатор РВЦИ {post.pk}: {said}"] if outside else [])


def test_a_verb_refuses_in_the_rules_words() -> None:
    center = CenterFactory(status=None)
    StatusGrantFactory(center=center, since=day(3), until=day(5, 31))
    named = {"center": center, "by": UserFactory(), "at": clock.now()}
    with pytest.raises(rules.Broken, match=r"когда у центра есть статус\. 01\.06\.2021 – вне срока"), nothing_changes():
        appointments.appoint(person=PersonFactory(), since=day(6), **named)


def test_a_status_is_not_shortened_beneath_its_coordinator() -> None:
    grant = CoordinatorFactory(since=day(3), until=day(5)).center.grants.get()
    grant.until = day(4)
    assert [words.partition(":")[2] for words in words_of(grant)] == [
        " сначала прекратите назначение. Назначение захватывает 02.04.2021."
    ]
    grant.until = day(5)
    assert words_of(grant) == []


def test_a_status_in_between_is_not_taken_from_beneath_its_coordinator() -> None:
    """Of three grants in a row the middle one is neither the first day of the post nor its last."""
    center = CenterFactory(status=None)
    for first, last in ((1, 2), (3, 4), (5, 6)):
        StatusGrantFactory(center=center, since=day(first), until=day(last + 1) - datetime.timedelta(days=1))
    CoordinatorFactory(center=center, since=day(1, 10), until=day(6, 20))
    middle = center.grants.get(since=day(3))
    with pytest.raises(rules.Broken, match=r"Назначение захватывает 01\.03\.2021"):
        rules.require_loss(middle, TODAY)
    middle.until = day(4, 15)
    assert "Назначение захватывает 16.04.2021." in words_of(middle)[0]


@pytest.mark.parametrize(
    ("covering", "gaps"),
    [
        ([], [(1, 30)]),
        ([(1, 30)], []),
        ([(5, 9), (1, 4), (20, 40)], [(10, 19)]),
        ([(1, 20), (3, 5)], [(21, 30)]),
        ([(7, 7)], [(1, 6), (8, 30)]),
    ],
)
def test_what_is_left_out(covering: list[tuple[int, int]], gaps: list[tuple[int, int]]) -> None:
    def term(pair: tuple[int, int]) -> tuple[datetime.date, datetime.date]:
        first, last = (day(1) + datetime.timedelta(days=number) for number in pair)
        return first, last

    assert rules.left_out(term((1, 30)), map(term, covering)) == list(map(term, gaps))


def test_a_member_is_in_a_cluster_while_it_lives() -> None:
    cluster = ClusterFactory(formed_on=day(3))
    early = ClusterMemberFactory.build(cluster=cluster, organization=CenterFactory().organization, since=day(2))
    said = "Организации состоят в кластере, пока он существует. 01.02.2021 – вне срока: с 01.03.2021."
    assert words_of(early) == [said]
    member = ClusterMemberFactory(cluster=cluster, since=day(3), until=day(5))
    cluster.dissolved_on = day(5)
    assert words_of(cluster) == []
    cluster.dissolved_on = day(4, 30)
    assert len(words_of(cluster)) == 1
    assert "01.05.2021 – вне срока: 01.03.2021 – 30.04.2021" in words_of(cluster)[0]
    change(member, until=day(4, 30))
    assert words_of(cluster) == []


def test_rows_of_before_stop_no_migration_and_are_told(caplog: pytest.LogCaptureFixture) -> None:
    """What only waits for them on PostgreSQL is reported as missing; SQLite keeps what comes."""
    drop()
    row = StatusGrantFactory(since=day(3), until=day(5, 31))
    double(row, since=day(5))
    later = type(row).objects.latest("pk")
    db_triggers.install(connection, append_only_triggers.all_triggers())
    said = "Статус центра присваивают на дни, на которые он ещё не присвоен. Уже внесено: с 01.03.2021 по 31.05.2021."
    assert list(rules.broken(TODAY)) == [f"Присвоение статуса {later.pk}: {said}"]
    waits = connection.vendor == "postgresql"
    assert [("one_grant_at_a_time" in caplog.text), len(list(append_only_triggers.missing()))] == [waits, int(waits)]
    change(later, act_number="7-р")


def test_what_the_database_refused_is_said_in_the_rules_words(rf: RequestFactory) -> None:
    row = StatusGrantFactory()
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        double(row, until=day(5))
    answer = RefusalsInWords(lambda _: None).process_exception(rf.get("/"), refused.value)
    assert (answer.status_code, "на которые он ещё не присвоен" in answer.text) == (409, True)
