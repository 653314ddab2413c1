"""The region: municipalities, organisations, who holds the status, who coordinates; and everybody's account."""

from django.db import transaction

from centers.models import Municipality, Organization, OrganizationName, OrganizationRole
from centers.organizations import naming
from rcro_portal.demo import people, source, tables

PORTAL_OPENED = "2019-01-09T09:00"


@transaction.atomic
def load() -> None:
    if Municipality.objects.exists():
        return
    people.load()
    people.open_accounts(source.typed(PORTAL_OPENED))
    Municipality.objects.bulk_create(Municipality(**row) for row in source.read("municipalities"))
    tables.bring_in("organizations")
    tables.bring_in("people")
    tables.bring_in("centers", sheet="Распоряжения")
    tables.bring_in("centers", sheet="Координаторы")
    for short_name, told in source.read("former_names_and_roles").items():
        _history(Organization.objects.get(short_name=short_name), told)
    people.open_accounts(source.typed(PORTAL_OPENED))
    people.close_accounts_of_those_who_left()


def _history(organization: Organization, told: dict) -> None:
    if "named_since" in told:
        organization.named_since = told["named_since"]
        organization.save(update_fields=["named_since"])
    for name in told.get("former_names", []):
        OrganizationName.objects.create(organization=organization, **naming.with_cases(name))
    for role in told.get("roles", []):
        OrganizationRole.objects.create(organization=organization, **role)
