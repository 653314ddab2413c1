"""Who, why and by which act: said for the changes of one act, and for nobody's after it."""

import contextlib
import sqlite3
import threading
from collections.abc import Callable, Iterator

import psycopg2
import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from centers.models import Organization, User
from rcro_portal.lib.changes import authorship
from rcro_portal.models import MailFault, PresentAuthor, RecordChange
from tests.factories.centers import OrganizationFactory, UserFactory

ACT = {"through": "centers:center-edit", "why": "Переезд"}


@pytest.fixture
def user(db: None) -> User:
    return UserFactory()


@pytest.fixture
def organization(db: None) -> Organization:
    return OrganizationFactory()


def rename(organization: Organization, name: str = "Лицей") -> tuple[int | None, str, str]:
    """What the log says of it."""
    Organization.objects.filter(pk=organization.pk).update(short_name=name)
    return said()


def said() -> tuple[int | None, str, str]:
    change = RecordChange.objects.latest("pk")
    return change.by_id, change.through, change.why


NOBODY = (None, "", "")


def test_author_stands_in_every_change_of_the_act(user: User, organization: Organization) -> None:
    with authorship.begin(by=user.pk, **ACT):
        assert rename(organization) == (user.pk, "centers:center-edit", "Переезд")
        assert OrganizationFactory().pk
        assert said() == (user.pk, "centers:center-edit", "Переезд")


def test_next_change_without_an_act_is_nobodys(user: User, organization: Organization) -> None:
    with authorship.begin(by=user.pk, **ACT):
        rename(organization)
    assert rename(organization, "Школа") == NOBODY


def test_act_within_an_act_knows_nothing_of_it(user: User, organization: Organization) -> None:
    with authorship.begin(by=user.pk, **ACT):
        rename(organization)
        with authorship.begin(through="reports.tasks.sweep"):
            assert rename(organization, "Школа") == (None, "reports.tasks.sweep", "")
        assert rename(organization, "Гимназия") == (user.pk, "centers:center-edit", "Переезд")


def test_verb_says_why_and_who(user: User, organization: Organization) -> None:
    with authorship.begin(through="reports:register-import"), authorship.explain("Файл «2019.xlsx»", by=user.pk):
        assert rename(organization) == (user.pk, "reports:register-import", "Файл «2019.xlsx»")
    with authorship.explain("Просто так"):
        assert rename(organization, "Школа") == (None, "", "Просто так")


def test_author_is_asked_only_when_a_record_changes(organization: Organization) -> None:
    def never() -> int:
        raise AssertionError("nobody asked")

    with authorship.begin(by=never), CaptureQueriesContext(connection) as queries:
        list(Organization.objects.all())
        PresentAuthor.objects.all().delete()
    assert len(queries) == 2


def test_after_an_exception_nobody_is_named(user: User, organization: Organization) -> None:
    with contextlib.suppress(IntegrityError), authorship.begin(by=user.pk, **ACT), transaction.atomic():
        rename(organization)
        Organization.objects.create(full_name=organization.full_name, municipality=organization.municipality)
    assert rename(organization, "Школа") == NOBODY


def test_after_a_rollback_within_the_act_the_author_is_still_named(user: User, organization: Organization) -> None:
    with authorship.begin(by=user.pk, **ACT):
        with contextlib.suppress(ZeroDivisionError), transaction.atomic():
            rename(organization)
            raise ZeroDivisionError
        assert rename(organization, "Школа") == (user.pk, "centers:center-edit", "Переезд")


def test_rollback_does_not_bring_an_earlier_author_back(user: User, organization: Organization) -> None:
    """A savepoint that is rolled back takes what was set after it along, also that nobody acts."""
    with transaction.atomic():
        with authorship.begin(by=user.pk, **ACT):
            rename(organization)
        with contextlib.suppress(ZeroDivisionError), transaction.atomic():
            assert rename(organization, "Школа") == NOBODY
            raise ZeroDivisionError
        assert rename(organization, "Гимназия") == NOBODY


def test_nested_transactions_are_one_act(user: User, organization: Organization) -> None:
    with authorship.begin(by=user.pk, **ACT), transaction.atomic(), transaction.atomic():
        assert rename(organization) == (user.pk, "centers:center-edit", "Переезд")


def test_odd_words_do_no_harm(user: User, organization: Organization) -> None:
    why = "100 % «да»; it's \x00\x1f\\"
    with authorship.begin(by=user.pk, through="x" * 300, why=why):
        by, through, kept = rename(organization)
    assert (by, through) == (user.pk, "x" * 200)
    assert kept == why.replace("\x00", "").replace("\x1f", " ")


# -- Really committed -------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_outside_of_a_transaction(user: User, organization: Organization) -> None:
    with authorship.begin(by=user.pk, **ACT):
        made = OrganizationFactory()
        assert said() == (user.pk, "centers:center-edit", "Переезд")
        assert rename(made) == (user.pk, "centers:center-edit", "Переезд")
        Organization.objects.bulk_create([_copy(organization, "первая"), _copy(organization, "вторая")])
        assert said() == (user.pk, "centers:center-edit", "Переезд")
        assert list(Organization.objects.values_list("full_name", flat=True).order_by("-pk")[:2]) == [
            "вторая",
            "первая",
        ]
    assert rename(made, "Школа") == NOBODY
    assert not PresentAuthor.objects.exists()


def _copy(organization: Organization, name: str) -> Organization:
    return Organization(full_name=name, short_name=name, municipality=organization.municipality)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "first",
    [
        lambda: list(Organization.objects.all()),
        lambda: list(Organization.objects.select_for_update()),
        lambda: MailFault.objects.all().delete(),
    ],
    ids=["reads", "locks", "changes what is not recorded"],
)
def test_author_is_said_again_in_every_transaction_however_it_begins(
    user: User, organization: Organization, first: Callable[[], object]
) -> None:
    """Of one act, too: a connection lasts over many requests of the same person."""
    told = []
    for name in ("Лицей", "Школа", "Гимназия"):
        with authorship.begin(by=user.pk, **ACT), transaction.atomic():
            first()
            told.append(rename(organization, name))
    assert told == [(user.pk, "centers:center-edit", "Переезд")] * 3


@pytest.mark.django_db(transaction=True)
def test_author_is_said_again_where_the_question_who_begins_the_transaction(
    user: User, organization: Organization
) -> None:
    def asked() -> int:
        return User.objects.get(pk=user.pk).pk

    told = []
    for name in ("Лицей", "Школа"):
        with authorship.begin(by=asked, **ACT), transaction.atomic():
            told.append(rename(organization, name))
    assert told == [(user.pk, "centers:center-edit", "Переезд")] * 2


@contextlib.contextmanager
def another_program() -> Iterator[sqlite3.Connection | psycopg2.extensions.connection]:
    """A connection that knows nothing of the portal."""
    if connection.vendor == "sqlite":
        with contextlib.closing(sqlite3.connect(connection.settings_dict["NAME"], timeout=20)) as other:
            yield other
    else:
        known = connection.get_connection_params()
        given = {name: known[name] for name in ("dbname", "user", "password", "host", "port") if name in known}
        with contextlib.closing(psycopg2.connect(**given)) as other:
            yield other


@pytest.mark.django_db(transaction=True)
def test_another_program_bears_nobodys_name(user: User, organization: Organization) -> None:
    with authorship.begin(by=user.pk, **ACT):
        rename(organization)
        with another_program() as other:
            other.cursor().execute(f"UPDATE centers_organization SET phone = '1' WHERE id = {organization.pk}")
            other.commit()
        assert RecordChange.objects.latest("pk").after == {"phone": "1"}
        assert said() == NOBODY


@pytest.mark.django_db(transaction=True)
def test_another_thread_bears_its_own_name(user: User, organization: Organization) -> None:
    found = []

    def beside() -> None:
        try:
            found.append(rename(organization, "Школа"))
        finally:
            connection.close()

    with authorship.begin(by=user.pk, **ACT):
        thread = threading.Thread(target=beside)
        thread.start()
        thread.join()
    assert found == [NOBODY]
