"""Keys of the demo's signatories, made once by the demonstration authority."""

from reports.models import SigningAuthority
from reports.signing import demo_authority

# What a director types at signing; printed by the demo, like the accounts.
PASSWORD = "podpis-demo-2026"  # noqa: S105


def make() -> None:
    """One file for each signatory with a key; files that are there stay."""
    signatories = SigningAuthority.objects.exclude(key_name="").select_related("person")
    owners = {authority.key_name: authority.person.surname_first for authority in signatories}
    demo_authority.ensure(owners, PASSWORD)
