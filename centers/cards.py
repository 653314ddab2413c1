"""The card of a centre: what its coordinator keeps up to date."""

from centers.models import Organization


def change(*, organization: Organization, email: str, phone: str, head_name: str) -> None:
    organization.email, organization.phone, organization.head_name = email, phone, head_name
    organization.save(update_fields=["email", "phone", "head_name"])
