"""People of the institution and their posts by date, and the accounts by which the demo is entered."""

import datetime

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from centers.models import Coordinator, Department, Person, StaffPost, User
from rcro_portal.demo import source

# One password for everybody: the demo is a shop window, and it prints this.
PASSWORD = "rvci-demo-2026"  # noqa: S105


def load() -> None:
    Department.objects.bulk_create(Department(**row) for row in source.read("departments"))
    departments = source.departments()
    for row in source.read("staff"):
        person = _add(row)
        for post in row["posts"]:
            StaffPost.objects.create(person=person, **post | {"department": departments[post["department"]]})


def _add(row: dict) -> Person:
    contacts = source.picked(row, "email", "phone")
    return Person.objects.create(gender=row["gender"], **contacts, **source.named(row["name"]))


def open_accounts(since: datetime.datetime) -> None:
    """An account for everybody with an address of their own and none yet, its address confirmed."""
    administrators = {row["name"] for row in source.read("staff") if row.get("administrator")}
    password = _password()
    owners = Person.objects.exclude(email="").filter(user=None).order_by("pk")
    User.objects.bulk_create(
        User(
            person=person,
            email=person.email,
            password=password,
            is_administrator=person.full_name in administrators,
            joined_at=since,
        )
        for person in owners
    )
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True)
        for user in User.objects.filter(emailaddress=None).order_by("pk")
    )


def _password() -> str:
    """The same for all; making it anew takes as long as a log-in."""
    return User.objects.order_by("pk").values_list("password", flat=True).first() or make_password(PASSWORD)


def close_accounts_of_those_who_left() -> None:
    """Coordinators whose every post has ended; the officials of 2020 stay, for they sign № 941."""
    stayed = Coordinator.objects.filter(until__isnull=True).values("person")
    left = Coordinator.objects.exclude(person__in=stayed).values("person")
    User.objects.filter(person__in=left).update(is_active=False)


def accounts() -> list[dict[str, str]]:
    """E-mail, name and role of the accounts worth trying, those of today first."""
    return source.read("accounts")
