"""Pages as a coordinator sees them, shown to whoever supports them: only looked at, and not all of them.

What is written while a page is drawn (a letter that was opened, a look at names) is taken back, so that nobody reads in
it what the coordinator has not done. Pages that hold drafts, secrets or names of pupils are not among those shown.
"""

from collections.abc import Callable
from fnmatch import fnmatchcase

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve, reverse

from centers.accounts import eyes
from centers.models import User
from rcro_portal import record_history
from rcro_portal.lib import errors

READS = ("GET", "HEAD")
# By the names of addresses; whatever is not named, a new page too, is not shown.
SHOWN = (
    *("home", "help", "help-page", "session", "centers:reading", "reports:check"),
    *("events:event-list", "reports:event-page", "reports:event-steps", "events:plan-list", "events:plan-calendar"),
    *("events:schedule-detail", "events:plan-item-detail"),
    *("events:commitment-list", "events:commitment-detail", "reports:commitment-letter", "events:assignment-list"),
    *("events:request-list", "reports:archive", "reports:letter-detail", "reports:letter-pdf", "reports:letter-page"),
    *("reports:letter-appendix", "reports:certificates-mine", "events:material-file"),
    *("centers:center-list", "centers:center-detail", "reports:center-activity"),
    *("centers:organization-list", "centers:organization-detail"),
    *(
        "projects:*-list",
        "projects:*-detail",
        "reports:municipality-*",
        "reports:network-figures",
        "reports:counted-rows",
    ),
    *("olympiad:programme-list", "olympiad:programme-detail", "olympiad:result-list"),
)
# Whoever looks does this under their own name.
THEIR_OWN = ("centers:eyes-end", "account_logout")
ONLY_LOOK = "Вы смотрите портал глазами координатора: здесь ничего не меняется. Чтобы работать, вернитесь к себе."
NOT_SHOWN = (
    "Эту страницу чужими глазами не показываем: на ней бывают черновики, имена учеников или сведения о входе. "
    "Вернитесь к себе или откройте другую страницу."
)


def through_other_eyes(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """``request.user`` is the coordinator, ``request.looks`` the one who looks; each on their own otherwise."""

    def middleware(request: HttpRequest) -> HttpResponse:
        seen = _whose(request)
        if seen is None:
            return get_response(request)
        request.looks, request.user = request.user, seen  # type: ignore[attr-defined]
        if request.method not in READS:
            return errors.say(request, 403, ONLY_LOOK)
        if not is_shown(request.path):
            return errors.say(request, 403, NOT_SHOWN)
        return _taken_back(request, get_response)

    return middleware


def is_shown(path: str) -> bool:
    try:
        found = resolve(path)
    except Resolver404:
        return True
    name = found.view_name
    if name == "record-history":
        # What a card's history says, its page says; the card may leave a hole for it.
        card = record_history.CARDS.get(found.kwargs["kind"])
        name = card.page if card else name
    return any(fnmatchcase(name, shown) for shown in SHOWN)


def _whose(request: HttpRequest) -> User | None:
    if not request.user.is_authenticated or request.path in map(reverse, THEIR_OWN):
        return None
    return eyes.whose(session=request.session, by=request.user)


def _taken_back(request: HttpRequest, get_response: Callable[[HttpRequest], HttpResponse]) -> HttpResponse:
    with transaction.atomic():
        response = get_response(request)
        transaction.set_rollback(True)
    return response
