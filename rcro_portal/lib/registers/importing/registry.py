"""The kinds that apps import; ``settings.IMPORT_KINDS`` lists them."""

from functools import cache
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.module_loading import import_string

from rcro_portal.lib.registers.importing.kinds import Kind


@cache
def kinds() -> dict[str, type[Kind]]:
    """By their keys, in the order of the settings."""
    found = [import_string(path) for path in settings.IMPORT_KINDS]
    return {kind.key: kind for kind in found}


def kind(key: str) -> type[Kind]:
    return kinds()[key]


def link_for(user: Any, key: str) -> str:
    """Where this person brings in tables of the kind; nothing for whoever may not."""
    return reverse("table-import", args=[key]) if kind(key).may(user) else ""
