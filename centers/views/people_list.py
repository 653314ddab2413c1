"""The register of people: who they are, where they work, whether they log in. For the institution's staff."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from centers import permissions
from centers.models import Coordinator, Employment, Invitation, Municipality, Organization, Person, StaffPost, User
from centers.people.kept import PEOPLE
from rcro_portal.lib import as_of, phones
from rcro_portal.lib.keeping import BulkPages, Listing
from rcro_portal.lib.refusals import require
from rcro_portal.lib.registers import Column, Filter, Pages, Register, answer, by_link
from rcro_portal.lib.registers.importing import registry

BULK = BulkPages(PEOPLE)
OFFICE_ONLY = "Список людей видят сотрудники института."
ARCHIVED = "archived"
ACCOUNTS = [("yes", "есть"), ("invited", "приглашены"), ("no", "нет")]
ROLES = [
    ("coordinators", "координаторы"),
    ("former", "были координаторами"),
    ("staff", "сотрудники института"),
    ("others", "остальные"),
]


def people_list(request: HttpRequest, file: str = "") -> HttpResponse:
    require(permissions.is_office(request.user), OFFICE_ONLY)
    listing = Listing(PEOPLE, request.user)
    table = register_of_people(request, listing)
    return answer(request, table, "centers/people_list.html", file, bulk=BULK, listing=listing)


def register_of_people(request: HttpRequest, listing: Listing) -> Register:
    now, shown = timezone.now(), as_of.asked(request.GET)
    counted = by_link.asked(request, Person)
    return Register(
        with_way_in(_rows(request.GET.get("state", ""), shown, counted), now),
        request.GET,
        url_name="centers:people-list",
        title="Люди",
        nouns=("человек", "человека", "человек"),
        columns=_columns(now),
        default="person",
        empty=listing.empty("Людей пока нет"),
        search=_found,
        search_label="Фамилия, имя, организация",
        filters={
            "role": Filter(ROLES, partial(_in_role, shown.day), "Кто"),
            "municipality": Filter(_places(), partial(_from, shown.day), "Где координирует"),
            "state": Filter([(ARCHIVED, "в архиве")], lambda rows, _: rows, "Состояние"),
            **counted,
        },
        attach=partial(attach_posts, shown.day),
        as_of=shown,
        brings_in=registry.link_for(request.user, "people"),
    )


def _rows(state: str, shown: as_of.AsOf, counted: Mapping[str, Filter]) -> QuerySet[Person]:
    """Who was counted once is listed, wherever they are by now."""
    if state == ARCHIVED:
        return Person.objects.archived()
    return Person.objects.all() if counted else _kept(shown)


def _kept(shown: as_of.AsOf) -> QuerySet[Person]:
    """As of another day also those who went to the archive since."""
    if shown.is_today:
        return Person.objects.kept()
    return Person.objects.filter(Q(archived_at=None) | Q(archived_at__date__gt=shown.day))


def _columns(now: datetime.datetime) -> list[Column]:
    return [
        Column(
            "person",
            "Фамилия, имя, отчество",
            "full_name",
            link=Pages("centers:person-detail"),
            names_row=True,
            order="sort_key",
            width=40,
        ),
        Column("posts", "Должность", lambda person: "; ".join(person.posts_now), width=60),
        Column("email", "Почта", "email", order=("email", "sort_key"), width=30),
        Column("phone", "Телефон", lambda person: phones.shown(person.phone), css="nowrap", width=24),
        Column(
            "account",
            "Вход",
            lambda person: person.way_in,
            blank="нет",
            filter=Filter(ACCOUNTS, partial(_with_account, now)),
            width=12,
        ),
    ]


def _found(rows: Any, words: str) -> QuerySet:
    """By the person's name, or by the name of the organisation where they work or coordinate."""
    named = Person.objects.matching(words)
    places = Organization.objects.matching(words)
    coordinated = Coordinator.objects.filter(center__organization__in=places)
    employed = Employment.objects.filter(organization__in=places)
    found = named.values("pk").union(coordinated.values("person"), employed.values("person"))
    return rows.filter(pk__in=found)


def _in_role(day: datetime.date, rows: Any, value: str) -> QuerySet:
    mine = {"person": OuterRef("pk")}
    now = Exists(Coordinator.objects.in_force_on(day).filter(**mine))
    ever = Exists(Coordinator.objects.filter(**mine, since__lte=day))
    staff = Exists(StaffPost.objects.in_force_on(day).filter(**mine))
    asked = {"coordinators": now, "former": ever & ~now, "staff": staff, "others": ~ever & ~staff}
    return rows.filter(asked[value])


def _places() -> list[tuple[str, str]]:
    held = Municipality.objects.filter(organizations__center__isnull=False).distinct().order_by("name")
    return list(held.values_list("code", "name"))


def _from(day: datetime.date, rows: Any, code: str) -> QuerySet:
    """Who coordinates a centre of the municipality now."""
    posts = Coordinator.objects.in_force_on(day).filter(center__organization__municipality__code=code)
    return rows.filter(pk__in=posts.values("person"))


def _with_account(now: datetime.datetime, rows: Any, value: str) -> QuerySet:
    logs_in = Exists(User.objects.filter(person=OuterRef("pk"), is_active=True))
    invited = Exists(Invitation.objects.pending(now).filter(person=OuterRef("pk")))
    return rows.filter({"yes": logs_in, "invited": invited & ~logs_in, "no": ~logs_in & ~invited}[value])


def with_way_in(rows: QuerySet[Person], now: datetime.datetime) -> QuerySet[Person]:
    """With the account, and whether an invitation waits."""
    invited = Invitation.objects.pending(now).filter(person=OuterRef("pk"))
    return rows.select_related("user").annotate(is_invited=Exists(invited))


def attach_posts(day: datetime.date, people: Sequence[Any]) -> None:
    """``posts_now``: what tells namesakes apart, by one query; ``way_in`` of rows of ``with_way_in``."""
    keys = [person.pk for person in people]
    nowhere, coordinates = Value(""), Value("координатор")
    staff = _in_force(StaffPost, day, keys).values_list("person", "title", nowhere, "since")
    held = _in_force(Coordinator, day, keys)
    held = held.values_list("person", coordinates, "center__organization__short_name", "since")
    works = _in_force(Employment, day, keys).values_list("person", "title", "organization__short_name", "since")
    posts = defaultdict(list)
    for pk, title, place, _ in sorted(staff.union(held, works), key=lambda row: row[3]):
        posts[pk].append(", ".join(filter(None, (title, place))))
    for person in people:
        person.posts_now = posts[person.pk]
        person.way_in = _way_in(getattr(person, "user", None), person.is_invited)


def _in_force(model: Any, day: datetime.date, keys: list[int]) -> QuerySet:
    return model.objects.in_force_on(day).filter(person__in=keys).order_by()


def described(keys: Iterable[int]) -> dict[int, Any]:
    """People by their keys, each with ``posts_now`` and ``way_in``."""
    now = timezone.now()
    found = list(with_way_in(Person.objects.filter(pk__in=list(keys)), now))
    attach_posts(timezone.localdate(now), found)
    return {person.pk: person for person in found}


def _way_in(user: User | None, is_invited: bool) -> str:
    if user is not None:
        return "есть" if user.is_active else "закрыт"
    return "приглашён" if is_invited else ""
