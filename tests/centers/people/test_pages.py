"""The register of people, the card, its form, likely doubles and the pages of a merge."""

import datetime
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from centers import permissions
from centers.models import NotSame, Person, PersonMerge, User
from centers.people import doubles
from tests import clock
from tests.factories.centers import (
    CoordinatorFactory,
    EmploymentFactory,
    OrganizationFactory,
    PersonFactory,
    StaffPostFactory,
    UserFactory,
    administrator,
    coordinator,
    staff,
)
from tests.factories.events import AttendanceFactory, TalkFactory
from tests.factories.reports import SigningAuthorityFactory
from tests.untouched import nothing_changes

pytestmark = pytest.mark.django_db
NEW = {"surname": "Шубина", "given_name": "Вера", "patronymic": "Игоревна", "phone": "8 (3822) 00-00-01"}


@pytest.fixture
def methodist(client: Client) -> User:
    user = staff("methodist")
    client.force_login(user)
    return user


def send(client: Client, act: str, *keys: int, **typed: Any) -> Any:
    return client.post(reverse(f"centers:{act}", args=keys), {"key": str(uuid.uuid4()), **typed})


def listed(client: Client, **asked: str) -> list[str]:
    table = client.get(reverse("centers:people-list"), asked).context["table"]
    return [person.surname for person in table.page]


def test_list_is_narrowed_and_searched(client: Client, methodist: User) -> None:
    CoordinatorFactory(person__surname="Аистова", center__organization__short_name="Гимназия Ручей")
    CoordinatorFactory(person__surname="Бобрикова", until=clock.today().replace(day=1))
    EmploymentFactory(person__surname="Волкова", organization__short_name="Завод Ручей")
    PersonFactory(surname="Галкина", archived_at=clock.now(), archive_reason="Переехала")
    UserFactory(person__surname="Дроздова")
    assert listed(client, role="coordinators") == ["Аистова"]
    assert listed(client, role="former") == ["Бобрикова"]
    assert listed(client, role="staff") == [methodist.person.surname]
    assert listed(client, q="ручей") == ["Аистова", "Волкова"]
    assert listed(client, state="archived") == ["Галкина"]
    assert "Галкина" not in listed(client)
    assert sorted(listed(client, account="yes")) == sorted(["Дроздова", methodist.person.surname])


def test_person_is_put_down_once(client: Client, methodist: User) -> None:
    typed = {**NEW, "key": str(uuid.uuid4())}
    pages = [send(client, "person-new", **typed).url for _ in range(2)]
    person = Person.objects.get(surname="Шубина")
    assert pages == [reverse("centers:person-detail", args=[person.pk])] * 2
    assert (person.gender, person.phone) == ("f", "+73822000001")


def test_namesake_is_asked_about(client: Client, methodist: User) -> None:
    PersonFactory(**{**NEW, "phone": "", "email": "vera@school.example"})
    with nothing_changes():
        answer = send(client, "person-new", **NEW)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["another"])
    assert "vera@school.example" in answer.text
    assert send(client, "person-new", **NEW, another="on").status_code == 302


@pytest.mark.parametrize(
    "act", ["person-edit", "person-archive", "employment-new", "staff-post-new", "person-merge-pick"]
)
def test_powers_close_the_record_to_a_methodist(client: Client, methodist: User, act: str) -> None:
    """Each right by itself closes it; the card says whose it is."""
    closed = [
        UserFactory().person,
        SigningAuthorityFactory().person,
        StaffPostFactory(until=clock.today().replace(day=1)).person,
    ]
    for person in closed:
        with nothing_changes():
            assert send(client, act, person.pk, **NEW, reason="Так").status_code == 403
        assert "его запись ведёт администратор" in client.get(reverse("centers:person-detail", args=[person.pk])).text


def test_address_of_who_may_sign_is_mended_by_the_administrator_alone(methodist: User) -> None:
    posts = CoordinatorFactory(), CoordinatorFactory()
    SigningAuthorityFactory(person=posts[1].person)
    for user, may in ((methodist, [True, False]), (administrator(), [True, True])):
        assert [permissions.may_mend_email(user, post.person, clock.today()) for post in posts] == may


def test_no_form_of_a_person_gives_an_account_or_a_post(client: Client, methodist: User) -> None:
    """Fields that the form has not are not taken, whatever is sent along."""
    person = PersonFactory()
    forged = {"user": "1", "is_administrator": "on", "posts": "1", "duty": "director", "archived_at": "2020-01-01"}
    send(client, "person-edit", person.pk, **NEW, gender="f", **forged)
    send(client, "employment-new", person.pk, organization=OrganizationFactory().pk, title="директор",
         since="2020-01-01", duty="director", department="1")  # fmt: skip
    person = Person.objects.get(pk=person.pk)
    assert (person.surname, person.is_archived, person.posts.count()) == ("Шубина", False, 0)
    assert person.employments.get().title == "директор"
    assert not User.objects.filter(person=person).exists()


def test_coordinator_in_office_is_not_put_away(client: Client, methodist: User) -> None:
    posts = CoordinatorFactory(), CoordinatorFactory(since=clock.today() + datetime.timedelta(days=9))
    for post in posts:
        with nothing_changes():
            assert send(client, "person-archive", post.person_id, reason="Так").status_code == 409
    person = PersonFactory()
    assert send(client, "person-archive", person.pk, reason="Переехала").status_code == 302
    assert Person.objects.archived().get() == person


def test_of_many_people_those_with_powers_stay(client: Client, methodist: User) -> None:
    """Who logs in is the administrator's, who is in office reads letters: both are said before anything is written."""
    person, in_office, logs_in = PersonFactory(), CoordinatorFactory().person, UserFactory().person
    sent = {"row": [person.pk, in_office.pk, logs_in.pk], "archive": "on", "why": "Уволились"}
    page = client.post("/people/bulk/", sent)
    assert [bool(line.refusal) for line in sorted(page.context["lines"], key=lambda line: line.row.pk)] == [
        False, True, True,
    ]  # fmt: skip
    client.post("/people/bulk/", {**sent, "seen": page.context["seen"]})
    assert Person.objects.archived().get() == person


def test_card_costs_little_whatever_hangs_on_it(client: Client, methodist: User, django_assert_num_queries) -> None:
    person = PersonFactory()
    counted = []
    for duty in ("clerk", "head"):
        CoordinatorFactory(person=person), EmploymentFactory(person=person), StaffPostFactory(person=person, duty=duty)
        AttendanceFactory(person=person), TalkFactory(speaker=person)
        with django_assert_num_queries(12) as asked:
            assert client.get(reverse("centers:person-detail", args=[person.pk])).status_code == 200
        counted.append(len(asked))
    assert len(set(counted)) == 1


# -- Doubles and merges ----------------------------------------------------------------------------------------------


def test_doubles_come_in_pages(client: Client, methodist: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("centers.views.merging.PAIRS_PER_PAGE", 2)
    for number in range(3):
        PersonFactory.create_batch(2, surname=f"Ветлугина{number}", given_name="Анна", patronymic="Олеговна")
    pages = [client.get("/people/doubles/", {"page": page}) for page in ("1", "2", "odd")]
    assert [len(page.context["pairs"]) for page in pages] == [2, 1, 2]
    assert "?page=2" in pages[0].text


def test_likely_doubles_are_found_and_told_apart(client: Client, methodist: User) -> None:
    one, other = PersonFactory(**NEW), PersonFactory(**{**NEW, "surname": "шубина"})
    short = PersonFactory(surname="Шубина", given_name="В.", patronymic="И.", email="shubina@school.example")
    away = PersonFactory(surname="Иная", given_name="Яна", patronymic="", email="Shubina@school.example")
    PersonFactory(**NEW, archived_at=clock.now(), archive_reason="Повтор")
    found = {(pair.first, pair.second): pair.why for pair in doubles.likely()}
    assert found == {
        (one, other): doubles.SAME_NAME,
        (one, short): doubles.INITIALS,
        (other, short): doubles.INITIALS,
        (short, away): doubles.SAME_EMAIL,
    }
    for _ in (1, 2):
        send(client, "person-apart", other.pk, one.pk)
    apart = NotSame.objects.get()
    assert (apart.first, apart.second, apart.by) == (one, other, methodist)
    assert len(client.get(reverse("centers:doubles")).context["pairs"]) == 3
    send(client, "apart-forget", apart.pk)
    assert len(doubles.likely()) == 4


def test_merge_asks_which_value_stays(client: Client, methodist: User) -> None:
    kept, gone = PersonFactory(**NEW), PersonFactory(**{**NEW, "patronymic": "", "phone": ""})
    TalkFactory(speaker=gone)
    page = client.get(reverse("centers:person-merge", args=[kept.pk, gone.pk]))
    assert list(page.context["form"].fields) == ["seen", "patronymic", "email", "phone"]
    assert page.context["sides"][1] == (gone, [("выступления", 1)])
    seen = page.context["form"].digest
    chosen = {"patronymic": "kept", "email": "gone", "phone": "kept"}
    for _ in range(2):
        done = send(client, "person-merge", kept.pk, gone.pk, seen=seen, **chosen)
        assert (done.status_code, PersonMerge.objects.count()) == (302, 1)
    assert send(client, "person-merge", gone.pk, kept.pk, seen=seen, **chosen).status_code == 404
    kept.refresh_from_db()
    assert (kept.patronymic, kept.email) == ("Игоревна", gone.email)
    card = client.get(reverse("centers:person-detail", args=[gone.pk]))
    assert "Эта запись объединена с другой" in card.text
    assert send(client, "person-restore", gone.pk).status_code == 409
    assert send(client, "merge-undo", PersonMerge.objects.get().pk).status_code == 302
    assert kept.talks.count() == 0


def test_stale_page_of_a_merge_says_so(client: Client, methodist: User) -> None:
    kept, gone = PersonFactory(**NEW), PersonFactory(**NEW)
    with nothing_changes():
        answer = send(client, "person-merge", kept.pk, gone.pk, seen="old", email="kept")
    assert answer.status_code == 409
    with nothing_changes():
        assert send(client, "person-merge", kept.pk, kept.pk, seen="old").status_code == 404


def test_search_finds_whom_to_merge_with(client: Client, methodist: User) -> None:
    person, double, other = PersonFactory(**NEW), PersonFactory(**NEW), PersonFactory(surname="Рябинина")
    url = reverse("centers:person-merge-pick", args=[person.pk])
    assert client.get(url).context["found"] == [double]
    assert client.get(url, {"q": "рябин"}).context["found"] == [other]


def test_administrator_keeps_whom_a_methodist_may_not(client: Client, settings: Settings) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(administrator())
    person = coordinator().person
    form = client.get(reverse("centers:person-edit", args=[person.pk])).context["form"]
    typed = {**NEW, "gender": "f", "email": person.email, "seen": form["seen"].value()}
    assert send(client, "person-edit", person.pk, **typed).status_code == 302
    person.refresh_from_db()
    assert person.full_name == "Шубина Вера Игоревна"
