"""Room on the disk of the data directory: while little is left, nothing new is accepted, and the operator is told."""

import shutil
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from rcro_portal.lib import errors

MEGABYTE = 1024 * 1024
WORDS = (
    "На диске портала кончилось место, и новое он пока не принимает. Ничего не изменено. "
    "Сообщите администратору портала и повторите, когда место появится."
)
# Logging in writes little, checking a letter nothing.
ALWAYS = ("/accounts/", "/check/")


def free_bytes() -> int:
    """What is left for the portal on the disk of its data directory."""
    return shutil.disk_usage(settings.DATA_DIR).free


def is_short() -> bool:
    """Too little is left to begin anything."""
    return free_bytes() < settings.LEAST_FREE_BYTES


def grows_short() -> bool:
    """Time to make room: the operator is warned at twice the least."""
    return free_bytes() < 2 * settings.LEAST_FREE_BYTES


def room_first(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """507 in words for whatever would write, before anything of it is begun; pages are still read."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method == "POST" and not request.path.startswith(ALWAYS) and is_short():
            return errors.say(request, 507, WORDS)
        return get_response(request)

    return middleware
