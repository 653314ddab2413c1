"""The card of a centre: what its coordinator keeps up to date."""

from centers.models import Organization
from rcro_portal.lib import records


def held(organization: Organization) -> dict[str, str]:
    """What the card says now."""
    return {"email": organization.email, "phone": organization.phone, "head_name": organization.head_name}


def change(*, organization: Organization, email: str, phone: str, head_name: str) -> None:
    """Raises Moved where somebody else has changed the card since it was read."""
    records.change(organization, held=held(organization), email=email, phone=phone, head_name=head_name)
