"""Queries put together once give what Django gives, whatever the values, in every thread."""

import datetime
from threading import Thread
from typing import Any

import pytest
from django.db import connection

from centers.models import User
from centers.models.user import UserManager
from rcro_portal.lib.prepared import Prepared
from tests import clock
from tests.factories.centers import UserFactory

pytestmark = pytest.mark.django_db
LONG_AGO = datetime.datetime(1111, 11, 11, tzinfo=datetime.UTC)


def joined(email: str, at: datetime.datetime) -> Any:
    return User.objects.filter(email=email, joined_at__gte=at, is_active=True)


def test_rows_are_those_of_the_queryset(django_assert_num_queries: Any) -> None:
    first, second = UserFactory(), UserFactory()
    find = Prepared(joined, "an address", LONG_AGO)
    for user in (first, second, first):
        assert find(user.email, user.joined_at) == list(joined(user.email, user.joined_at)) == [user]
    assert find(first.email, first.joined_at + datetime.timedelta(microseconds=1)) == []
    assert find("'; --", first.joined_at) == []
    with django_assert_num_queries(1):
        assert find(second.email, LONG_AGO)[0].person.surname == second.person.surname


def test_moments_and_what_is_beside_come_as_django_gives_them() -> None:
    user = UserFactory()
    [found] = Prepared(joined, "an address", LONG_AGO)(user.email, LONG_AGO)
    assert (found.joined_at, found.person) == (User.objects.get(email=user.email).joined_at, user.person)


def test_values_of_two_querysets_come_as_one() -> None:
    def ask(email: str) -> Any:
        found = User.objects.filter(email=email).values_list("pk", "email")
        return found.union(User.objects.filter(email=email).values_list("person_id", "email"))

    user = UserFactory()
    assert sorted(Prepared(ask, "an address")(user.email)) == sorted(ask(user.email))


def test_words_are_put_together_once() -> None:
    asked = []

    def ask(key: int) -> Any:
        asked.append(key)
        return User.objects.filter(pk=key)

    find, user = Prepared(ask, -1), UserFactory()
    assert [find(user.pk), find(user.pk + 1)] == [[user], []]
    assert asked == [-1]


def test_a_sample_that_stands_nowhere_is_refused() -> None:
    with pytest.raises(ValueError, match="not every sample"):
        Prepared(lambda key, _: User.objects.filter(pk=key), -1, clock.today())(1, clock.today())


def test_account_is_found_among_those_of_its_manager_alone() -> None:
    class Closed(UserManager):
        def get_queryset(self) -> Any:
            return super().get_queryset().filter(is_active=False)

    user, closed = UserFactory(), Closed()
    closed.model = User
    assert User.objects.get(pk=user.pk) == user
    for manager, key in ((closed, user.pk), (User.objects, user.pk + 1), (User.objects, 2**63)):
        with pytest.raises(User.DoesNotExist):
            manager.get(pk=key)


@pytest.mark.django_db(transaction=True)
def test_each_thread_asks_by_its_own_connection() -> None:
    user, found = UserFactory(), []
    find = Prepared(lambda key: User.objects.filter(pk=key), -1)
    assert find(user.pk) == [user]

    def ask() -> None:
        found.append((find(user.pk), connection.connection))
        connection.close()

    beside = Thread(target=ask)
    beside.start()
    beside.join()
    [(rows, theirs)] = found
    assert (rows, theirs is connection.connection) == ([user], False)
