"""The region: municipalities, organisations, who holds the status, who coordinates; and everybody's account."""

from django.db import transaction

from centers import organizations
from centers.models import (
    Center,
    Coordinator,
    Municipality,
    Organization,
    OrganizationName,
    OrganizationRole,
    StatusGrant,
)
from rcro_portal.demo import people, source

COLUMNS = (
    "full_name",
    "short_name",
    "short_name_genitive",
    "named_since",
    "kind",
    "inn",
    "legal_address",
    "email",
    "phone",
    "head_name",
    "head_title",
)
PORTAL_OPENED = "2019-01-09T09:00"


@transaction.atomic
def load() -> None:
    if Municipality.objects.exists():
        return
    people.load()
    Municipality.objects.bulk_create(Municipality(**row) for row in source.read("municipalities"))
    municipalities = {municipality.code: municipality for municipality in Municipality.objects.all()}
    for row in source.read("centers"):
        _center(_organization(row, municipalities), row)
    for row in source.read("partners"):
        _organization(row, municipalities)
    people.open_accounts(source.typed(PORTAL_OPENED))
    people.close_accounts_of_those_who_left()


def _organization(row: dict, municipalities: dict[str, Municipality]) -> Organization:
    municipality = municipalities[row["municipality"]]
    told = organizations.with_cases(source.picked(row, *COLUMNS))
    organization = Organization.objects.create(municipality=municipality, **told)
    for name in row.get("former_names", []):
        OrganizationName.objects.create(organization=organization, **organizations.with_cases(name))
    for role in row.get("roles", []):
        OrganizationRole.objects.create(organization=organization, **role)
    return organization


def _center(organization: Organization, row: dict) -> None:
    center = Center.objects.create(organization=organization)
    StatusGrant.objects.bulk_create(StatusGrant(center=center, **grant) for grant in row["grants"])
    for post in row["coordinators"]:
        term = source.picked(post, "title", "since", "until")
        Coordinator.objects.create(center=center, person=people.add(post), **term)
