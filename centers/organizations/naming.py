"""Verbs of organisations: a name that changes from a day on, and the cases of a name."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from centers.models import Organization, OrganizationName
from centers.models.organization import NAMES
from rcro_portal.lib import organization_cases
from rcro_portal.lib.keeping import writing

CASES = ("short_name_genitive", "short_name_dative")


def with_cases(names: dict[str, Any]) -> dict[str, Any]:
    """The names, with the oblique cases that were left empty as the portal would decline them."""
    short = names.get("short_name", "")
    cases = {
        "short_name_genitive": organization_cases.proposed(short, "genitive"),
        "short_name_dative": organization_cases.proposed(short, "dative"),
    }
    return {**names, **{name: words for name, words in cases.items() if not names.get(name)}}


def create(model: Any, *, by: Any, why: str = "", **fields: Any) -> Any:
    """A new organisation or a former name, its empty cases proposed. Raises as ``writing.create``."""
    return writing.create(model, by=by, why=why, **with_cases(fields))


def change(row: Any, *, by: Any, held: Any = None, why: str = "", **fields: Any) -> bool:
    """Mend an organisation or a former name, the empty cases of a short name proposed. Raises as ``writing.change``."""
    fields = with_cases(fields) if "short_name" in fields else fields
    return writing.change(row, by=by, held=held, why=why, **fields)


@transaction.atomic
def rename(organization: Organization, *, since: datetime.date, by: Any, why: str = "", **names: str) -> None:
    """Another name from the day on; the former one is kept with its last day. The same again changes nothing.

    A case that is still that of the former short name is proposed anew.
    Raises ValidationError by the names of fields, Moved, InArchive.
    """
    names = with_cases(_without_former_cases(organization, names))
    if all(getattr(organization, name) == value for name, value in names.items()):
        return
    began = organization.named_since
    if began and since <= began:
        raise ValidationError({"since": f"Нынешнее наименование действует с {began:%d.%m.%Y}: новое – позже."})
    former = {name: getattr(organization, name) for name in NAMES}
    until = since - datetime.timedelta(days=1)
    if last := organization.former_names.filter(until__gte=until).order_by("-until").first():
        words = f"По {last.until:%d.%m.%Y} действовало наименование «{last}», потом – нынешнее: новое – позже."
        raise ValidationError({"since": words})
    held = {**former, "named_since": began}
    writing.change(organization, by=by, held=held, why=why, named_since=since, **names)
    writing.create(OrganizationName, by=by, why=why, organization=organization, since=began, until=until, **former)


def _without_former_cases(organization: Organization, names: dict[str, str]) -> dict[str, str]:
    """The form of a rename comes filled in by the former name."""
    if names.get("short_name") == organization.short_name:
        return names
    return {name: words for name, words in names.items() if name not in CASES or words != getattr(organization, name)}
