"""The board of a letter: one row for each who got it, how far it came and how far they are with what it asks."""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Case, CharField, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from centers.models import Coordinator, Organization
from events.models import Commitment
from events.models.commitment import TO_DO, CommitmentStatus
from rcro_portal.lib import phones
from rcro_portal.lib.notices.messages import MessageStatus
from reports.models import Letter, LetterCommitment, Recipient

IN_HEAD = ("delivered", "opened", "acknowledged", "silent", "in_review", "done", "overdue")
DEBTOR = Coalesce("center__organization", "addressee__organization")


class Owed(NamedTuple):
    """What one debtor still owes of the letter, beside the row."""

    commitments: Sequence[Commitment]
    coordinator: str = ""
    phone: str = ""
    email: str = ""


def letters() -> QuerySet[Letter]:
    """Those that asked somebody for something, the newest first."""
    asking = LetterCommitment.objects.filter(letter=OuterRef("pk"))
    sent = Letter.objects.filter(Exists(asking), entry__isnull=False).select_related("entry")
    return sent.order_by("-entry__registered_on", "-pk")


KINDS: dict[str, Callable[[Commitment, datetime.date], bool]] = {
    "owed": lambda one, day: True,  # noqa: ARG005
    "to_do": lambda one, day: one.status in TO_DO,  # noqa: ARG005
    "in_review": lambda one, day: one.status == CommitmentStatus.IN_REVIEW,  # noqa: ARG005
    "accepted": lambda one, day: one.status == CommitmentStatus.ACCEPTED,  # noqa: ARG005
    "late": lambda one, day: one.status in TO_DO and one.due_on < day,
}


@dataclass(frozen=True)
class Asked:
    """What one letter asked and no later one took back, by organisation: read once for rows, counts and columns.

    Some dozens of organisations; to ask the table of commitments for each row of the board costs much more.
    """

    day: datetime.date
    commitments: Mapping[int, Sequence[Commitment]]

    @cached_property
    def numbers(self) -> Mapping[str, Mapping[int, int]]:
        """How many of each of KINDS an organisation has."""
        return {
            kind: {key: sum(is_meant(one, self.day) for one in owed) for key, owed in self.commitments.items()}
            for kind, is_meant in KINDS.items()
        }

    def whoever(self, kind: str) -> Q:
        """Rows whose debtor has any."""
        return Q(debtor__in=[key for key, number in self.numbers[kind].items() if number])

    @property
    def done(self) -> Q:
        """Rows whose debtor owed something, and all of it is accepted."""
        owed, accepted = self.numbers["owed"], self.numbers["accepted"]
        return Q(debtor__in=[key for key, number in owed.items() if number == accepted[key]])

    def number(self, kind: str) -> Case:
        """The number of a row's debtor, to order rows by."""
        found = defaultdict(list)
        for key, number in self.numbers[kind].items():
            found[number].append(key)
        said = (When(debtor__in=keys, then=Value(number)) for number, keys in found.items() if number)
        return Case(*said, default=Value(0), output_field=IntegerField())


# Of the head and of the filter: key, words, the rows that are meant.
STATES: dict[str, tuple[str, Callable[[Asked], Q]]] = {
    "delivered": ("Доставлено", lambda of: Q(status=MessageStatus.SENT)),  # noqa: ARG005
    "lost": ("Не доставлено", lambda of: ~Q(status=MessageStatus.SENT)),  # noqa: ARG005
    "opened": ("Открыто", lambda of: Q(opened_at__isnull=False)),  # noqa: ARG005
    "unopened": ("Не открыто", lambda of: Q(opened_at__isnull=True)),  # noqa: ARG005
    "acknowledged": ("Ознакомились", lambda of: Q(has_read=True)),  # noqa: ARG005
    "silent": ("Молчат", lambda of: of.whoever("to_do")),
    "in_review": ("На проверке", lambda of: of.whoever("in_review")),
    "done": ("Исполнено", lambda of: of.done),
    "overdue": ("Просрочено", lambda of: of.whoever("late")),
}


def asked(letter: int | None, day: datetime.date) -> Asked:
    """One query."""
    found = defaultdict(list)
    for commitment in Commitment.objects.standing().filter(letters__letter=letter).order_by("position", "pk"):
        found[commitment.organization_id].append(commitment)
    return Asked(day, found)


def rows(letter: int | None, of: Asked) -> QuerySet[Recipient]:
    """Those to whom the letter went; ``debtor`` is their organisation, by what it owes they are ordered."""
    read = Recipient.objects.acknowledged().filter(pk=OuterRef("pk"))
    return Recipient.objects.filter(letter=letter).annotate(
        debtor=DEBTOR,
        name_of_debtor=Coalesce(
            "center__organization__sort_key", "addressee__organization__sort_key", "name", output_field=CharField()
        ),
        municipality=Coalesce(
            "center__organization__municipality__code", "addressee__organization__municipality__code"
        ),
        has_read=Exists(read),
        **{kind: of.number(kind) for kind in ("late", "to_do", "in_review")},
    )


class Tally(NamedTuple):
    """Of all who got the letter: ``counts`` by the keys of ``STATES``, and their municipalities, code and name."""

    total: int
    counts: dict[str, int]
    places: list[tuple[str, str]]


def tally(of: QuerySet[Recipient], asked: Asked) -> Tally:
    """One query."""
    counted = {key: Count("pk", filter=meant(asked)) for key, (_, meant) in STATES.items()}
    name = Coalesce("center__organization__municipality__name", "addressee__organization__municipality__name")
    rows: Any = of.order_by()
    groups = list(rows.values("municipality", place=name).annotate(total=Count("pk"), **counted))
    places = {row["municipality"]: row["place"] for row in groups if row["municipality"]}
    return Tally(
        sum(row["total"] for row in groups),
        {key: sum(row[key] for row in groups) for key in STATES},
        sorted(places.items(), key=lambda one: one[1]),
    )


def attach(recipients: Sequence[Any], of: Asked, *, people: bool) -> None:
    """``owes`` of each row: the commitments themselves and, with ``people``, who is to be telephoned."""
    debtors = [owner for row in recipients if (owner := organization(row))]
    known = contacts(debtors, of.day) if people and debtors else {}
    for row in recipients:
        row.owes = Owed(of.commitments.get(row.debtor, ()), *known.get(row.debtor, ("", "", "")))


def organization(row: Recipient) -> Organization | None:
    owner = row.center or row.addressee
    return owner.organization if owner else None


def contacts(organizations: Iterable[Organization], day: datetime.date) -> dict[int, tuple[str, str, str]]:
    """Coordinator, telephone and address of each; where nobody coordinates, the organisation's own. One query."""
    found = {row.pk: ("", phones.shown(row.phone), row.email) for row in organizations}
    posts = Coordinator.objects.in_force_on(day).filter(center__organization__in=found)
    for post in posts.select_related("person__user", "center").order_by("-pk"):
        person, (_, phone, email) = post.person, found[post.center.organization_id]
        user = getattr(person, "user", None)
        written_to = user.email if user else person.email or email
        found[post.center.organization_id] = (person.surname_first, phones.shown(person.phone) or phone, written_to)
    return found
