"""To whom a letter goes: as printed, in the dative, and by name – every centre and every organisation of a list.

Four sets of people are never mixed up; this module knows two of them: who is *addressed* on the letterhead, and who
*receives* the letter. Who owes an answer and who was there is for others to say.
"""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from centers.models import Center, Coordinator, Employment, Organization, OrganizationKind, Person, StaffPost
from rcro_portal.lib.russian import upper_first
from reports.composing import datives, owing
from reports.models import Addressee, Letter, Manuscript
from reports.models.manuscript import Audience

PRINTED_AT_MOST = 4  # more than four addressees are named by a list (ГОСТ Р 7.0.97, реквизит «Адресат»)
BY_LIST = "(по списку)"


@dataclass(frozen=True)
class Receiver:
    """One who will get the letter: by which name, at which address."""

    name: str
    person: str
    email: str


@dataclass(frozen=True)
class Resolved:
    """An audience by name, on one day."""

    centers: list[Center]
    addressees: list[Addressee]


# -- As printed -------------------------------------------------------------------------------------


def printed(manuscript: Manuscript) -> list[str]:
    """The lines of the element «Адресат»: up to four by name, more as a group «(по списку)»."""
    group = manuscript.addressee.split("\n") if manuscript.addressee else []
    if manuscript.audience == Audience.LIST:
        return [*group, BY_LIST]
    if manuscript.audience == Audience.CENTERS:
        return group
    rows = list(manuscript.letter.addressees.order_by("position", "pk"))
    if len(rows) > PRINTED_AT_MOST:
        return [*group, BY_LIST]
    return _apart([row.lines.split("\n") for row in rows]) or group


def _apart(blocks: list[list[str]]) -> list[str]:
    """Several addressees stand one under the other with an empty line between."""
    lines = [line for block in blocks for line in (*block, "")]
    return lines[:-1]


def of_organization(organization: Organization) -> str:
    """Its head by post and name in the dative, where the register knows the head; else the name of the organisation."""
    if not organization.head_name:
        return organization.short_name
    head = "Директору" if organization.kind == OrganizationKind.EDUCATIONAL else "Руководителю"
    return f"{head} {organization.short_name_genitive}\n{datives.full_name(organization.head_name)}"


def of_person(person: Person, day: datetime.date) -> str:
    """Post, organisation and name in the dative, with the post held on that day."""
    name = datives.surname_first(person.surname, person.given_name, person.patronymic, person.gender)
    return "\n".join(filter(None, (_post(person, day), name)))


def _post(person: Person, day: datetime.date) -> str:
    staff = StaffPost.objects.in_force_on(day).filter(person=person).first()
    if staff:
        return upper_first(datives.post(staff.title))
    held = Coordinator.objects.in_force_on(day).filter(person=person).select_related("center__organization").first()
    if held is None:
        return _workplace(person, day)
    title = datives.post(held.title) if held.title else "координатору РВЦИ"
    return f"{upper_first(title)}\n{held.center.organization.short_name_genitive}"


def _workplace(person: Person, day: datetime.date) -> str:
    held = Employment.objects.in_force_on(day).filter(person=person).select_related("organization")
    place = held.order_by("since", "pk").first()
    return f"{upper_first(datives.post(place.title))}\n{place.organization.short_name_genitive}" if place else ""


def prefilled(organization: Organization | None, person: Person | None, day: datetime.date) -> tuple[str, str]:
    """Lines and address of one addressee, as far as the registers know them."""
    lines = of_person(person, day) if person else of_organization(organization) if organization else ""
    email = (person.email if person else "") or (organization.email if organization else "")
    return lines, email


# -- By name ----------------------------------------------------------------------------------------


def named(letter: Letter, day: datetime.date) -> Resolved:
    """Whom the manuscript's audience means on that day: centres by their status, a list by whom it names.

    A replacement goes to whoever got the letter that it replaces, too: those are the ones who must learn of it.
    A letter «всем РВЦИ» goes besides to the organisations that owe by it: nobody owes what no letter told them.
    """
    manuscript = letter.manuscript
    if manuscript.audience == Audience.CHOSEN:
        return Resolved([], list(letter.addressees.order_by("position", "pk")))
    if manuscript.audience == Audience.CENTERS:
        meant = list(_in_order(_with_status(letter, day)))
        return Resolved(meant, by_name(letter, owing.besides(letter, meant)))
    listed = manuscript.distribution_list
    organizations = listed.organizations.order_by("sort_key", "pk") if listed else Organization.objects.none()
    centers = list(_in_order(Center.objects.with_status_on(day).filter(organization__in=organizations)))
    others = organizations.exclude(pk__in=[center.organization_id for center in centers])
    people = listed.people.order_by("sort_key", "pk") if listed else Person.objects.none()
    rows = by_name(letter, others)
    return Resolved(centers, [*rows, *_people(letter, len(rows), people, day)])


def _people(letter: Letter, after: int, people: Iterable[Person], day: datetime.date) -> Iterator[Addressee]:
    for position, person in enumerate(people, after + 1):
        lines = of_person(person, day)
        yield Addressee(letter=letter, position=position, person=person, lines=lines, email=person.email)


def _with_status(letter: Letter, day: datetime.date) -> "QuerySet[Center]":
    meant = Center.objects.with_status_on(day)
    return (meant | Center.objects.filter(letters=letter.replaces_id)).distinct() if letter.replaces_id else meant


def _in_order(centers: "QuerySet[Center]") -> "QuerySet[Center]":
    return centers.select_related("organization").order_by("organization__sort_key", "pk")


def _addressee(letter: Letter | None, position: int, organization: Organization) -> Addressee:
    return Addressee(
        letter=letter,
        position=position,
        organization=organization,
        lines=of_organization(organization),
        email=organization.email,
    )


@transaction.atomic
def resolve(*, letter: Letter, day: datetime.date) -> None:
    """Write down by name who will get the letter; call it where the letter is filed."""
    found = named(letter, day)
    letter.centers.set(found.centers)
    if letter.manuscript.audience != Audience.CHOSEN:
        letter.addressees.all().delete()
        Addressee.objects.bulk_create(found.addressees)


def address(letter: Letter, organizations: Iterable[Organization]) -> None:
    """Write down who gets an outcome's letter besides the centres: organisations that owe, or owed, by it."""
    letter.addressees.all().delete()
    Addressee.objects.bulk_create(by_name(letter, organizations))


def by_name(letter: Letter | None, organizations: Iterable[Organization]) -> list[Addressee]:
    """An addressee for each, not written yet."""
    return [_addressee(letter, place, one) for place, one in enumerate(organizations, 1)]


def forget_listed(letter: Letter) -> None:
    """A letter that is a draft again goes by its list or outcome as that will stand: nobody typed the names."""
    typed = Manuscript.objects.filter(letter=letter, audience=Audience.CHOSEN)
    if not typed.exists():
        letter.addressees.all().delete()


def receivers(centers: Iterable[Center], addressees: Iterable[Addressee], day: datetime.date) -> list[Receiver]:
    """All who get the letter, by name and address; a centre's coordinator on that day reads for the centre."""
    centers = list(centers)
    posts = Coordinator.objects.in_force_on(day).filter(center__in=centers).select_related("person")
    readers = {post.center_id: post.person for post in posts}
    return [
        *(_center(center, readers.get(center.pk)) for center in centers),
        *(Receiver(row.lines.replace("\n", ", "), "", row.email) for row in addressees),
    ]


def _center(center: Center, reader: Person | None) -> Receiver:
    email = (reader.email if reader else "") or center.organization.email
    return Receiver(str(center), reader.surname_first if reader else "", email)
