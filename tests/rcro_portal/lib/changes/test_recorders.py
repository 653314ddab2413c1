"""What the triggers write, whatever made the change: a verb, an update of many rows, SQL."""

import datetime

import pytest
from django.db import connection, models

from centers.models import Organization, Person
from events.models import Outcome
from olympiad.models import PrepSession, Subject
from rcro_portal.models import RecordChange
from reports.models import DistributionList, NumberBlock, OutgoingRegister, RegisterEntry, RegisterYear
from tests import clock
from tests.constraints import kept_by
from tests.factories.centers import CoordinatorFactory, OrganizationFactory, PersonFactory, UserFactory
from tests.factories.events import EventFactory, OutcomeFactory
from tests.factories.moments import FILED_AT
from tests.factories.olympiad import PrepSessionFactory
from tests.factories.projects import ProjectLeadFactory
from tests.factories.reports import OutgoingRegisterFactory, RegisterEntryFactory

pytestmark = pytest.mark.django_db


def sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def of_row(row: models.Model) -> list[RecordChange]:
    return list(RecordChange.objects.filter(table=row._meta.db_table, record=row.pk).order_by("pk"))


def last(row: models.Model) -> RecordChange:
    return of_row(row)[-1]


def test_row_that_is_added_is_kept_whole() -> None:
    organization = OrganizationFactory(short_name="Лицей «Ёлка»")
    change = last(organization)
    assert (change.act, change.before, change.personal) == ("insert", None, "")
    assert change.after == {
        "id": organization.pk,
        "full_name": organization.full_name,
        "short_name": "Лицей «Ёлка»",
        "short_name_genitive": organization.short_name_genitive,
        "kind": "educational",
        "municipality_id": organization.municipality_id,
        "inn": "",
        "ogrn": "",
        "email": organization.email,
        "phone": "",
        "website": "",
        "head_title": "",
        "legal_address": "",
        "postal_address": "",
        "short_name_dative": "",
        "named_since": None,
        "archived_at": None,
        "archive_reason": "",
    }
    assert (change.owner_table, change.owner, change.by, change.through, change.why) == (
        "centers_organization",
        organization.pk,
        None,
        "",
        "",
    )


@pytest.mark.machine_clock
def test_moment_is_the_databases() -> None:
    at = last(OrganizationFactory()).at
    assert abs(at - clock.now()) < datetime.timedelta(minutes=1)


def test_letters_are_kept_as_they_are() -> None:
    organization = OrganizationFactory(short_name="Лицей «Ёлка»")
    with connection.cursor() as cursor:
        cursor.execute("SELECT CAST(after AS text) FROM rcro_portal_recordchange WHERE record = %s", [organization.pk])
        assert "Лицей «Ёлка»" in cursor.fetchall()[-1][0]


@pytest.mark.parametrize("way", ["save", "update", "bulk_update", "sql"])
def test_of_an_update_only_what_changed_is_kept(way: str) -> None:
    organization = OrganizationFactory(phone="51-56-66")
    organization.phone = "51-56-67"
    match way:
        case "save":
            organization.save()
        case "update":
            Organization.objects.filter(pk=organization.pk).update(phone="51-56-67")
        case "bulk_update":
            Organization.objects.bulk_update([organization], ["phone", "email"])
        case "sql":
            sql("UPDATE centers_organization SET phone = %s WHERE id = %s", "51-56-67", organization.pk)
    change = last(organization)
    assert (change.act, change.before, change.after) == ("update", {"phone": "51-56-66"}, {"phone": "51-56-67"})
    assert len(of_row(organization)) == 2


def test_update_that_changes_nothing_writes_nothing() -> None:
    organization = OrganizationFactory()
    organization.save()
    Organization.objects.update(phone="")
    assert len(of_row(organization)) == 1


def test_row_that_goes_is_kept_whole() -> None:
    lead = ProjectLeadFactory()
    key, added = lead.pk, last(lead).after
    lead.delete()
    gone = RecordChange.objects.get(table="projects_projectlead", record=key, act="delete")
    assert (gone.before, gone.after) == (added, None)
    assert (gone.owner_table, gone.owner) == ("projects_networkproject", lead.project_id)


def test_many_rows_at_once_are_a_change_each() -> None:
    rows = [OrganizationFactory() for _ in range(3)]
    Organization.objects.filter(pk__in=[row.pk for row in rows]).update(phone="1")
    assert [last(row).after for row in rows] == [{"phone": "1"}] * 3


def test_nothing_is_kept_of_what_is_null_but_that_it_was() -> None:
    event = EventFactory(ends_at=None)
    later = event.starts_at + datetime.timedelta(hours=1)
    type(event).objects.filter(pk=event.pk).update(ends_at=later)
    change = last(event)
    assert change.before == {"ends_at": None}
    assert list(change.after or {}) == ["ends_at"]


# -- Personal, secret and needless columns ----------------------------------------------------------------------------


def test_personal_columns_are_said_to_have_changed() -> None:
    person = PersonFactory(surname="Канарейкина", phone="")
    added = last(person)
    assert added.after == {"id": person.pk, "archived_at": None, "archive_reason": ""}
    assert added.personal.split() == ["surname", "given_name", "patronymic", "gender", "email"]
    Person.objects.filter(pk=person.pk).update(surname="Канарейкина-Иволгина", email="x@school.example")
    changed = last(person)
    assert (changed.before, changed.after, changed.personal.split()) == ({}, {}, ["surname", "email"])


def test_values_of_personal_columns_and_their_search_keys_stand_nowhere_in_the_log() -> None:
    person = PersonFactory(surname="Канарейкина", email="kanareyka@school.example", phone="+7 3822 51-56-66")
    organization = OrganizationFactory(head_name="Канарейкина А.С.")
    Person.objects.filter(pk=person.pk).update(phone="+7 3822 51-56-67")
    person.surname = "Канарейкин"
    person.save()
    Organization.objects.filter(pk=organization.pk).update(head_name="Канарейкин")
    entry = RegisterEntryFactory(addressee="Канарейкиной А.С.", note="Подписано: Канарейкина А.С.")
    RegisterEntry.objects.filter(pk=entry.pk).update(addressee="Канарейкину", note="")
    NumberBlock.objects.create(
        register=entry.register,
        year=2026,
        note="Выделены Канарейкиной",
        given_by=UserFactory(),
        first_sequence=900,
        last_sequence=950,
        last_taken=899,
        given_at=FILED_AT,
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT CAST(before AS text), CAST(after AS text), personal, why FROM rcro_portal_recordchange")
        kept = str(cursor.fetchall()).casefold()
    assert [word for word in ("канарейк", "kanareyka", "51-56-6") if word in kept] == []


def test_secrets_are_never_logged_and_their_change_writes_nothing() -> None:
    user = UserFactory()
    before = of_row(user)
    user.set_password("другая роща у реки")
    user.save()
    assert of_row(user) == before
    assert "password" not in str([(row.before, row.after, row.personal) for row in before])


def test_what_a_machine_keeps_for_itself_writes_nothing() -> None:
    year = RegisterYear.objects.create(register=OutgoingRegisterFactory(), year=2026, last_sequence=5)
    RegisterYear.objects.filter(pk=year.pk).update(last_sequence=6)
    assert [change.act for change in of_row(year)] == ["insert"]
    assert "last_sequence" not in (last(year).after or {})


def test_text_that_has_revisions_is_not_kept_twice() -> None:
    outcome = OutcomeFactory()
    Outcome.objects.filter(pk=outcome.pk).update(summary="Длинный текст", version=2)
    assert [change.act for change in of_row(outcome)] == ["insert"]


# -- Cards ---------------------------------------------------------------------------------------------------------


def test_change_of_a_part_belongs_to_the_card_of_its_whole() -> None:
    post = CoordinatorFactory()
    changes = RecordChange.objects.of_card(post.center, post.center.organization)
    assert [(change.table, change.record) for change in changes] == [
        ("centers_coordinator", post.pk),
        ("centers_statusgrant", post.center.grants.get().pk),
        ("centers_center", post.center_id),
        ("centers_organization", post.center.organization_id),
    ]


def test_relations_of_many_to_many_belong_to_the_row_that_has_them() -> None:
    chosen, listed = OrganizationFactory(), DistributionList.objects.create(name="Лицеи", addressee="Руководителям")
    listed.organizations.add(chosen)
    listed.organizations.remove(chosen)
    gone, added, *_ = RecordChange.objects.of_card(listed)
    assert [(change.act, change.table) for change in (added, gone)] == [
        ("insert", "reports_distributionlist_organizations"),
        ("delete", "reports_distributionlist_organizations"),
    ]
    assert added.after == gone.before
    assert (added.after or {})["organization_id"] == chosen.pk


def test_subjects_of_a_session_belong_to_it() -> None:
    session: PrepSession = PrepSessionFactory()
    subject = Subject.objects.create(code="chemistry", name="химия", name_dative="химии", position=9)
    session.subjects.add(subject)
    tables = [change.table for change in RecordChange.objects.of_card(session)]
    assert tables == ["olympiad_prepsession_subjects", "olympiad_prepsession"]


def test_list_in_a_column_is_kept_as_a_list() -> None:
    register = OutgoingRegisterFactory()
    OutgoingRegister.objects.filter(pk=register.pk).update(letter_kinds=["reply", "information"])
    change = last(register)
    assert (change.before, change.after) == ({"letter_kinds": []}, {"letter_kinds": ["reply", "information"]})


# -- The log itself ---------------------------------------------------------------------------------------------------


def test_log_is_append_only_for_everybody() -> None:
    OrganizationFactory()
    with kept_by("rcro_portal_recordchange_rows_never_change"):
        RecordChange.objects.update(why="иначе")
    with kept_by("rcro_portal_recordchange_rows_never_change"):
        sql("UPDATE rcro_portal_recordchange SET by_id = NULL")
    with kept_by("rcro_portal_recordchange_rows_never_go"):
        RecordChange.objects.all().delete()
    with kept_by("rcro_portal_recordchange_rows_never_go"):
        sql("DELETE FROM rcro_portal_recordchange")
