"""How long a log-in lasts: it slides with use, and ends some day however much it is used.

School computers are shared, and whoever leaves one is gone after eight hours at most; whose word binds the institution
proves anew every twelve hours who they are.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.http import HttpRequest

IDLE_SECONDS = 8 * 3600
AT_MOST_SECONDS = 7 * 24 * 3600
BINDING_AT_MOST_SECONDS = 12 * 3600
BINDING = frozenset({"director", "clerk", "administrator"})
# A row is written at most once a minute, not by every page.
STEP_SECONDS = 60
BEGAN, USED, DEVICE = "log_in_began", "log_in_used", "log_in_device"


def begin(session: Any, now: int, device: str) -> None:
    """Somebody has just logged in; ``now`` in seconds since 1970."""
    session[BEGAN] = session[USED] = now
    session[DEVICE] = device


def is_over(request: "HttpRequest", now: int) -> bool:
    return term_is_over(request.session, request.user, now)


def term_is_over(session: Any, user: Any, now: int) -> bool:
    """A log-in from before these rules ends by its row's own term."""
    if BEGAN not in session:
        return False
    age = now - session[BEGAN]
    if now - session[USED] > IDLE_SECONDS or age > AT_MOST_SECONDS:
        return True
    return age > BINDING_AT_MOST_SECONDS and bool(user.roles & BINDING)


def slide(request: "HttpRequest", now: int) -> None:
    """Count the request as use, unless the page sent it by itself."""
    session = request.session
    if BEGAN in session and now - session[USED] >= STEP_SECONDS and _is_use(request):
        session[USED] = now


def rest(request: "HttpRequest") -> None:
    """Say of a request that nobody did anything: an open page saved what it had saved already."""
    request.rests = True  # type: ignore[attr-defined]


def _is_use(request: "HttpRequest") -> bool:
    if getattr(request, "rests", False):
        return False
    if request.method not in ("GET", "HEAD"):
        return True
    # Pictures, previews and questions for news are asked by the page; only a person opens another one.
    return "HX-Request" not in request.headers and request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"
