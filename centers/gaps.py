"""What is missing on the card of a centre or of an organisation, and where it is mended."""

from typing import NamedTuple

from django.urls import reverse

from centers import permissions
from centers.models import Center, Organization, Person, User
from centers.people.kept import PEOPLE

# Of the organisation: column, and how its lack is said. The first are the coordinator's to mend too.
ON_THE_CARD = (("email", "почты"), ("phone", "телефона"), ("head_name", "руководителя"))
OF_THE_ORGANIZATION = (("legal_address", "адреса"), ("inn", "ИНН"))


class Gap(NamedTuple):
    """«нет адреса»; without an address this person cannot mend it."""

    words: str
    url: str = ""


def of_organization(organization: Organization, url: str) -> list[Gap]:
    """``url``: the page on which this person mends it, if any."""
    lacking = (*ON_THE_CARD, *OF_THE_ORGANIZATION, ("ogrn", "ОГРН"), ("short_name_dative", "дательного падежа имени"))
    return [Gap(f"нет {words}", url) for name, words in lacking if not getattr(organization, name)]


def of(center: Center, coordinator: Person | None, user: User, *, may_edit: bool) -> list[Gap]:
    """``coordinator``: of today or, where there is none, of a day to come."""
    may_keep = permissions.may_keep(user)
    edit = reverse("centers:center-edit", args=[center.pk]) if may_edit else ""
    organization = reverse("centers:organization-edit", args=[center.organization_id]) if may_keep else ""
    return [
        *(Gap(f"нет {words}", edit) for name, words in ON_THE_CARD if not getattr(center.organization, name)),
        *(
            Gap(f"нет {words}", organization)
            for name, words in OF_THE_ORGANIZATION
            if not getattr(center.organization, name)
        ),
        *_of_coordinator(center, coordinator, user),
    ]


def _of_coordinator(center: Center, person: Person | None, user: User) -> list[Gap]:
    if person is None:
        may = permissions.may_appoint(user)
        return [Gap("нет координатора", reverse("events:coordinator-appoint", args=[center.pk]) if may else "")]
    lacks = [words for name, words in (("phone", "телефона"), ("email", "почты")) if not getattr(person, name)]
    if not lacks:
        return []
    may = permissions.may_keep_people(user) and not PEOPLE.why_not(user, person)
    return [Gap(f"координатор без {' и '.join(lacks)}", PEOPLE.url("edit", person.pk) if may else "")]
