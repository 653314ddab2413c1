"""Search ignores case and ё on both databases, by a key that is written with the row."""

import pytest

from centers.models import Organization, Person
from rcro_portal.lib.search import write_keys
from tests.factories.centers import OrganizationFactory, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Person:
    PersonFactory(surname="Белоусова", given_name="Анна", patronymic="")
    return PersonFactory(surname="Королёва", given_name="Алёна", patronymic="Артёмовна")


def test_key_is_written_with_the_row(person: Person) -> None:
    assert Person.objects.get(pk=person.pk).search_key == "королева алена артемовна"
    assert person.search_key == "королева алена артемовна"


def test_keys_of_all_rows_are_written_anew(person: Person) -> None:
    Person.objects.update(search_key="", sort_key="")
    write_keys(Person)
    keys = Person.objects.order_by("pk").values_list("search_key", "sort_key")
    assert list(keys) == [("белоусова анна", "белоусова анна"), (person.search_key, person.sort_key)]


@pytest.mark.parametrize(
    "words", ["королёва", "КОРОЛЕВА", "алена королева", "Артём", "коро  арт", "\u00a0алёна ", "оролев"]
)
def test_found_in_any_case_order_and_part(person: Person, words: str) -> None:
    assert list(Person.objects.matching(words)) == [person]


@pytest.mark.parametrize("words", ["королёв анна", "%", "_", "*", "№", "«»"])
def test_not_found(person: Person, words: str) -> None:
    assert list(Person.objects.matching(words)) == []


def test_no_words_find_everybody(person: Person) -> None:
    assert Person.objects.matching("  ").count() == 2


def test_key_follows_the_row_when_it_is_saved_with_it(person: Person) -> None:
    person.surname = "Щёголева"
    person.save(update_fields=["surname", "search_key"])
    assert list(Person.objects.matching("ЩЕГОЛЕВА")) == [person]


def test_bulk_created_rows_have_keys_too() -> None:
    row = OrganizationFactory.build(full_name="Лицей «Ёлка»", short_name="«Ёлка»", municipality=None)
    row.municipality = OrganizationFactory().municipality
    Organization.objects.bulk_create([row])
    assert Organization.objects.get(short_name="«Ёлка»").search_key == "лицей елка елка"
