"""Where the search lines of forms ask for options, whatever app the rows belong to."""

from django.http import HttpRequest, HttpResponse

from centers.choosers import CENTERS, NOT_YET_CENTERS, ORGANIZATIONS, PEOPLE
from events.outcomes import choosers as of_outcomes
from projects.choosers import ACHIEVERS, PROJECTS
from rcro_portal.lib.keeping import choosers

CHOOSERS = {one.kind: one for one in (ORGANIZATIONS, NOT_YET_CENTERS, CENTERS, PEOPLE, PROJECTS, ACHIEVERS)}


def choices(request: HttpRequest, kind: str) -> HttpResponse:
    """The options of a search line, as a fragment of a page."""
    about = request.GET.get("about", "")
    return choosers.answer(request, of_outcomes.about(kind, request.user, about) if about else CHOOSERS.get(kind))
