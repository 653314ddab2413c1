"""A page belongs to the person for whom it was drawn.

The log-in is one for all tabs of a browser: when somebody else logs in beside an open page, the page would go on saving
under their name. Without script the token of the page is out of date then; a script that takes the present token
(``portal.js``, ``drafts.js``) says with it for whom the page was drawn.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url

from rcro_portal.lib import errors

HEADER, FIELD = "X-Page-Of", "page_of"
WORDS = (
    "Страница открыта под другим именем, а в портале сейчас {who}, поэтому ничего не сохранено и не изменено. "
    "Выйдите из портала и войдите под своим именем: черновик сохранится сам, другую форму отправьте ещё раз."
)
CHANGE_NOTHING = ("GET", "HEAD", "OPTIONS", "TRACE")


def own_pages(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Refuse what another person's page sends, in words; whose log-in it is stands in the answer's header."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not _is_of_another(request):
            return get_response(request)
        response = errors.say(request, 403, WORDS.format(who=request.user))
        response.headers[HEADER] = str(request.user.pk)
        return response

    return middleware


def _is_of_another(request: HttpRequest) -> bool:
    """Logging out is for whoever is there: the next at this computer finds nobody."""
    if request.method in CHANGE_NOTHING or not request.user.is_authenticated:
        return False
    drawn_for = request.headers.get(HEADER) or request.POST.get(FIELD, "")
    return drawn_for not in ("", str(request.user.pk)) and request.path != resolve_url("account_logout")
