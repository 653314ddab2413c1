"""The log of changes as people read it."""

import datetime
from typing import Any

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from centers.models import Center, Coordinator, Organization, Person, User
from events.models import Event
from rcro_portal.lib.changes import authorship, history
from rcro_portal.lib.changes.history import Line
from rcro_portal.models import RecordChange
from reports.models import DistributionList
from tests.factories.centers import (
    CoordinatorFactory,
    MunicipalityFactory,
    OrganizationFactory,
    PersonFactory,
    UserFactory,
)
from tests.factories.events import AnswerFactory, AttendanceFactory, EventFactory
from tests.factories.moments import TOMSK

pytestmark = pytest.mark.django_db


def entries(*cards: models.Model, **reading: Any) -> list[history.Entry]:
    return history.page(RecordChange.objects.of_card(*cards), **reading).entries


def test_change_says_who_when_what_and_why() -> None:
    organization, user = OrganizationFactory(phone="51-56-66"), UserFactory()
    with authorship.begin(by=user.pk, why="Переезд"):
        Organization.objects.filter(pk=organization.pk).update(phone="51-56-67", kind="scientific")
    entry = entries(organization)[0]
    assert (entry.title, entry.who, entry.why) == ("Организация: изменено", user.person.surname_first, "Переезд")
    assert entry.at == RecordChange.objects.latest("pk").at
    assert entry.lines == [Line("вид", "образовательная", "научная"), Line("телефоны", "51-56-66", "51-56-67")]


def test_nobody_is_the_portal() -> None:
    assert entries(OrganizationFactory())[0].who == "портал"


def test_row_that_was_added_tells_what_it_holds_but_not_its_key_and_not_its_card() -> None:
    post = CoordinatorFactory(title="заместитель директора", since=datetime.date(2020, 9, 1), until=None)
    entry = entries(post.center)[0]
    assert entry.title == "Координатор РВЦИ: внесено"
    assert entry.lines == [
        Line("с", "", "01.09.2020"),
        Line("кто", "", post.person.full_name),
        Line("должность в организации", "", "заместитель директора"),
    ]


def test_relation_is_told_by_the_name_that_its_row_has_today() -> None:
    organization = OrganizationFactory()
    before = organization.municipality.name
    other = MunicipalityFactory(code="severny", name="Северный район")
    Organization.objects.filter(pk=organization.pk).update(municipality=other)
    assert entries(organization)[0].lines == [Line("муниципалитет", before, "Северный район")]


def test_relation_of_many_to_many_bears_its_own_name() -> None:
    chosen = OrganizationFactory(short_name="Лицей «Ёлка»")
    listed = DistributionList.objects.create(name="Лицеи", addressee="Руководителям")
    listed.organizations.add(chosen)
    entry = entries(listed)[0]
    assert (entry.title, entry.lines) == ("Организации: внесено", [Line("организация", "", "Лицей «Ёлка»")])


def test_personal_columns_are_named_without_values() -> None:
    person = CoordinatorFactory().person
    Person.objects.filter(pk=person.pk).update(surname="Канарейкина", phone="1")
    assert entries(person)[0].lines == [Line("фамилия", is_personal=True), Line("телефон", is_personal=True)]


def test_moments_are_those_of_tomsk_and_yes_is_yes() -> None:
    event, user = EventFactory(ends_at=None), UserFactory()
    at = datetime.datetime(2026, 3, 2, 23, 30, tzinfo=TOMSK)
    Event.objects.filter(pk=event.pk).update(starts_at=at)
    User.objects.filter(pk=user.pk).update(is_administrator=True)
    assert entries(event)[0].lines[0].after == "02.03.2026 23:30"
    assert entries(user)[0].lines == [Line("администратор", "нет", "да")]


def test_long_text_is_cut() -> None:
    event = EventFactory()
    Event.objects.filter(pk=event.pk).update(purpose="а" * 1000)
    assert len(entries(event)[0].lines[0].after) == 300


def test_mark_of_an_event_stands_in_its_history() -> None:
    mark = AttendanceFactory()
    entry = entries(mark.event)[0]
    assert entry.title == "Участие: внесено"
    assert Line("кто", "", mark.person.full_name) in entry.lines


def test_reader_who_may_know_no_others_reads_no_names() -> None:
    organization, one, other = OrganizationFactory(), UserFactory(), UserFactory()
    for user in (one, other):
        with authorship.begin(by=user.pk):
            Organization.objects.filter(pk=organization.pk).update(phone=str(user.pk))
    assert [entry.who for entry in entries(organization, reader=one)] == [
        "другой пользователь портала",
        one.person.surname_first,
        "портал",
    ]


def test_reader_who_may_know_no_others_reads_no_names_in_what_was_changed() -> None:
    """Neither of users nor of people, where a column points to one; the own name stays."""
    reader, methodist = UserFactory(), UserFactory()
    former = CoordinatorFactory(person=PersonFactory(), until=datetime.date(2024, 8, 31))
    own = CoordinatorFactory(person=reader.person, center=former.center, since=datetime.date(2024, 9, 1))
    Coordinator.objects.filter(pk=own.pk).update(person=methodist.person)
    answers = [AnswerFactory(by=user) for user in (reader, methodist)]
    cards = [former.center, *(answer.commitment for answer in answers)]
    named = {
        value
        for entry in entries(*cards, reader=reader)
        for line in entry.lines
        if line.label in ("кто", "кто внёс")
        for value in (line.before, line.after)
    }
    assert named == {"", reader.person.full_name, "другой человек"}


@pytest.mark.parametrize("many", [1, 30])
def test_page_costs_two_queries_whatever_the_rows(many: int) -> None:
    days = [datetime.date(2010, 1, 1) + datetime.timedelta(days=30 * one) for one in range(many)]
    posts = [CoordinatorFactory(since=day, until=day) for day in days]
    center, user = posts[0].center, UserFactory()
    with authorship.begin(by=user.pk):
        for post in posts:
            Coordinator.objects.filter(pk=post.pk).update(center=center)
        Organization.objects.update(municipality=MunicipalityFactory(code="severny", name="Северный район"))
    cards = [*Center.objects.select_related("organization"), *Organization.objects.all()]
    with CaptureQueriesContext(connection) as queries:
        shown = history.page(RecordChange.objects.of_card(*cards))
    assert len(queries) == 2
    assert len(shown.entries) == min(many * 9, 20) or shown.older is None


def test_pages_follow_each_other() -> None:
    organization = OrganizationFactory()
    for place in range(25):
        Organization.objects.filter(pk=organization.pk).update(phone=str(place))
    rows = RecordChange.objects.of_card(organization)
    first = history.page(rows)
    second = history.page(rows, before=first.older)
    assert [entry.lines[-1].after for entry in first.entries] == [str(place) for place in range(24, 4, -1)]
    assert (len(second.entries), second.older) == (6, None)
    assert second.entries[-1].title == "Организация: внесено"


def test_table_and_column_of_former_times_are_passed_over() -> None:
    organization = OrganizationFactory()
    common = {"owner_table": "centers_organization", "owner": organization.pk, "record": 1, "at": "2026-01-01T00:00Z"}
    RecordChange.objects.create(table="centers_forgotten", act="insert", after={"x": 1}, **common)
    RecordChange.objects.create(table="centers_organization", act="update", before={"x": 1}, after={"x": 2}, **common)
    newest, former, *_ = entries(organization)
    assert (newest.title, newest.lines) == ("Организация: изменено", [])
    assert (former.title, former.lines) == ("Прежняя таблица: внесено", [])
