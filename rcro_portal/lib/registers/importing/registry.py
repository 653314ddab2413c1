"""The kinds that apps import; ``settings.IMPORT_KINDS`` names the lists of apps."""

from functools import cache
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.module_loading import import_string

from rcro_portal.lib.registers.importing.kinds import Kind


@cache
def kinds() -> dict[str, type[Kind]]:
    """By their keys, in the order of the settings."""
    return {kind.key: kind for path in settings.IMPORT_KINDS for kind in import_string(path)}


def kind(key: str) -> type[Kind]:
    return kinds()[key]


def link_for(user: Any, key: str) -> str:
    """Where this person brings in tables of the kind; nothing for whoever may not."""
    return reverse("table-import", args=[key]) if kind(key).may(user) else ""
