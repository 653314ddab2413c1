"""The pages of imports of every kind that has none of its own: ``/imports/<kind>/``."""

from functools import cache

from django.http import Http404

from rcro_portal.lib.registers.importing import registry
from rcro_portal.lib.registers.importing.pages import ImportPages, addresses
from rcro_portal.models import ImportSession
from reports.journal.importing import JournalKind

NOUN = "table"


@cache
def _pages() -> dict[str, ImportPages]:
    kinds = [one for one in registry.kinds().values() if one is not JournalKind]
    return {one.key: ImportPages(one, ImportSession, noun=NOUN, kept=(one.key,)) for one in kinds}


def find(kind: str) -> ImportPages:
    if kind not in _pages():
        raise Http404
    return _pages()[kind]


urlpatterns = addresses("imports/<slug:kind>/", NOUN, find)
