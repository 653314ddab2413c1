"""The machine where no app's own pages show it: fixed fields, what points to a row, two who write at once."""

import datetime
from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import RequestFactory

from centers.choosers import CENTERS, PEOPLE
from centers.choosers import ORGANIZATIONS as CHOOSER
from centers.models import Organization
from centers.organizations.forms import OrganizationForm
from centers.organizations.kept import ORGANIZATIONS
from rcro_portal.lib.keeping import writing
from rcro_portal.lib.keeping.choosers import Chosen, answer
from rcro_portal.lib.keeping.pages import Pages
from rcro_portal.lib.keeping.pointing import pointing
from rcro_portal.lib.records import Moved
from rcro_portal.lib.refusals import Refusal
from tests.factories.centers import CenterFactory, OrganizationFactory, coordinator, staff
from tests.factories.moments import SENT_AT
from tests.factories.projects import ClusterMemberFactory, NetworkProjectFactory
from tests.untouched import nothing_changes, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> Organization:
    return OrganizationFactory(inn="7017033960")


def test_a_fixed_field_is_seen_and_not_changed(row: Organization) -> None:
    fixed = {"inn": "ИНН меняет администратор."}
    sent = {field: getattr(row, field) for field in OrganizationForm.Meta.fields} | {
        "municipality": row.municipality_id
    }
    form = OrganizationForm(
        {**sent, "inn": "7002000009", "website": "https://a.example"}, user=None, row=row, fixed=fixed
    )
    assert form.is_valid(), form.errors
    assert (form.columns()["inn"], form.columns()["website"]) == ("7017033960", "https://a.example")
    assert (form["inn"].field.disabled, form["inn"].help_text) == (True, "ИНН меняет администратор.")


def test_not_now_is_said_before_the_form(row: Organization) -> None:
    busy = Pages(replace(ORGANIZATIONS, not_now=lambda user, row: "Сначала закончите загрузку."))
    request: Any = RequestFactory().get("/")
    request.user = staff("methodist")
    with pytest.raises(Refusal, match="Сначала закончите загрузку"):
        busy.edit(request, row.pk)


def test_whatever_points_is_counted_relations_of_many_too(row: Organization) -> None:
    assert pointing(row) == []
    CenterFactory(organization=row)
    ClusterMemberFactory(organization=row)
    NetworkProjectFactory().partners.add(row)
    assert sorted(map(str, pointing(row))) == ["РВЦИ: 1", "партнёры проекта: 1", "участники кластера: 1"]
    by = staff("methodist")
    with refused(writing.StillUsed):
        writing.delete(row, by=by)


def test_a_change_writes_what_differs_and_compares_what_was_read(row: Organization) -> None:
    by = staff("methodist")
    Organization.objects.filter(pk=row.pk).update(website="https://other.example")
    with refused(Moved):
        writing.change(row, by=by, website="https://mine.example")
    assert not writing.change(row, by=by, inn=row.inn)
    with nothing_changes(), pytest.raises(ValidationError) as error:
        writing.change(row, by=by, inn="1", ogrn="2", head_title="х" * 200)
    assert set(error.value.message_dict) == {"inn", "ogrn", "head_title"}


def test_what_went_to_the_archive_meanwhile_is_not_changed(row: Organization) -> None:
    by, read = staff("methodist"), Organization.objects.get(pk=row.pk)
    assert [writing.archive(row, reason="Закрыта", by=by, at=SENT_AT) for _ in range(2)] == [True, False]
    with refused(Moved):
        writing.change(read, by=by, head_title="директор")
    with refused(writing.InArchive):
        writing.change(row, by=by, head_title="директор")
    assert [writing.restore(row, by=by) for _ in range(2)] == [True, False]


def test_what_the_database_refuses_is_said_in_words(row: Organization, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two enter the same number at once: both were judged before either was written."""
    monkeypatch.setattr(Organization, "full_clean", lambda self: None)
    by = staff("methodist")
    with refused(writing.Contradicts):
        writing.create(
            Organization,
            by=by,
            full_name="Другая",
            short_name="Другая",
            short_name_genitive="Другой",
            kind="other",
            municipality=row.municipality,
            inn=row.inn,
        )


def test_what_the_record_holds_stays_chosen_though_it_is_in_the_archive(row: Organization) -> None:
    field = Chosen(chooser=CHOOSER)
    Organization.objects.update(archived_at=SENT_AT, archive_reason="Закрыта")
    with pytest.raises(ValidationError, match="Такой записи нет"):
        field.clean(str(row.pk))
    field.held = row.pk
    assert field.clean(str(row.pk)) == row
    for nonsense in ("x", "-1", "9" * 30, "١"):
        with pytest.raises(ValidationError, match="Такой записи нет"):
            field.clean(nonsense)


def test_a_person_chooses_among_what_they_may_see() -> None:
    other = CenterFactory(organization__short_name="Лицей чужой")
    user = coordinator(CenterFactory(organization__short_name="Лицей свой"))
    assert [one.label for one in CENTERS.found(user, "лицей")] == ["Лицей свой"]
    assert [one.label for one in CENTERS.found(staff("clerk"), "лицей чужой")] == [str(other)]
    assert PEOPLE.found(user, user.person.surname) == []


def test_no_more_than_twenty_are_shown_and_the_chosen_one_once() -> None:
    rows = [OrganizationFactory(short_name=f"Сад № {number}") for number in range(22)]
    request: Any = RequestFactory().get("/", {"name": "a", "a-words": "сад", "a": str(rows[0].pk)})
    request.user = staff("clerk")
    page = answer(request, CHOOSER).content.decode()
    assert (page.count("<label"), "Показаны первые двадцать" in page, "№ 0<" in page) == (19, True, False)


def test_days_of_a_term_are_compared(row: Organization) -> None:
    with pytest.raises(ValidationError) as error:
        writing.create(
            row.roles.model,
            by=staff("methodist"),
            organization=row,
            title="роль",
            since=datetime.date(2021, 1, 2),
            until=datetime.date(2021, 1, 1),
        )
    assert error.value.message_dict == {"until": ["Последний день раньше первого."]}
