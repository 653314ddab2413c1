"""Where the search lines of forms ask for options, whatever app the rows belong to."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from centers.choosers import CENTERS, NOT_YET_CENTERS, ORGANIZATIONS, PEOPLE
from events.outcomes import choosers as of_outcomes
from events.plan import choosers as of_plan
from projects.choosers import ACHIEVERS, AWARDED, MAKERS, PROJECTS
from rcro_portal.lib.keeping import choosers
from rcro_portal.lib.keeping.choosers import Chooser
from reports.letters.choosers import COMING_EVENTS, INCOMING, PAST_LETTERS

OF_REGISTERS = (ORGANIZATIONS, NOT_YET_CENTERS, CENTERS, PEOPLE, PROJECTS, ACHIEVERS)
OF_FILTERS = (MAKERS, AWARDED)
OF_LETTERS = (COMING_EVENTS, INCOMING, PAST_LETTERS)
CHOOSERS = {one.kind: one for one in (*OF_REGISTERS, *OF_FILTERS, *OF_LETTERS, of_outcomes.HELD_EVENTS)}


def choices(request: HttpRequest, kind: str) -> HttpResponse:
    """The options of a search line, as a fragment of a page."""
    about = request.GET.get("about", "")
    return choosers.answer(request, _about(kind, request.user, about) if about else CHOOSERS.get(kind))


def _about(kind: str, user: Any, about: str) -> Chooser | None:
    return of_outcomes.about(kind, user, about) or of_plan.about(kind, user, about)
