"""The pages of imports of every kind that has none of its own: ``/imports/<kind>/``."""

from functools import cache

from django.http import Http404

from events.importing.plan import PlanKind, PlanUploadForm
from olympiad.importing.pupils import PupilsKind
from rcro_portal.lib.registers.importing import registry
from rcro_portal.lib.registers.importing.forms import UploadForm
from rcro_portal.lib.registers.importing.pages import ImportPages, addresses
from rcro_portal.models import ImportSession
from reports.journal.importing import JournalKind

NOUN = "table"
# What some kinds want to know beside the file.
FORMS: dict[str, type[UploadForm]] = {PlanKind.key: PlanUploadForm}


@cache
def _pages() -> dict[str, ImportPages]:
    kinds = [one for one in registry.kinds().values() if one not in (JournalKind, PupilsKind)]
    return {
        one.key: ImportPages(one, ImportSession, noun=NOUN, kept=(one.key,), form=FORMS.get(one.key, UploadForm))
        for one in kinds
    }


def find(kind: str) -> ImportPages:
    if kind not in _pages():
        raise Http404
    return _pages()[kind]


urlpatterns = addresses("imports/<slug:kind>/", NOUN, find)
