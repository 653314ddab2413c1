"""The door by which a mail provider tells that a message came back."""

import hmac
import json
import logging
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from rcro_portal.lib.notices import bounce_words, returning
from reports.delivery import bounces, dsn

log = logging.getLogger(__name__)

BODY_AT_MOST = 16 * 1024
SCHEME = "Bearer "


@csrf_exempt
@login_not_required
def mail_bounces(request: HttpRequest) -> HttpResponse:
    """JSON {message_id, reason, permanent}: 204 for whatever it was, so that nobody learns which messages there are.

    404 where no RCRO_BOUNCE_TOKEN is set, 403 without it, 413 and 400 for what cannot be read, 409 to be repeated.
    """
    if not settings.BOUNCE_TOKEN:
        raise Http404
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if not _is_known(request.headers.get("Authorization", "")):
        return HttpResponse(status=403)
    body = request.read(BODY_AT_MOST + 1)
    if len(body) > BODY_AT_MOST:
        return HttpResponse(status=413)
    told = _told(body)
    if told is None:
        log.warning("a bounce was told in a form that cannot be read")
        return HttpResponse(status=400)
    try:
        if told["permanent"]:
            bounces.take(message_id=told["message_id"], status=told["status"], at=timezone.now())
    except returning.StillOnItsWay:
        return HttpResponse(status=409)
    return HttpResponse(status=204)


def _is_known(authorization: str) -> bool:
    """Compared in a time that tells nothing of the token."""
    return hmac.compare_digest(authorization.encode(), f"{SCHEME}{settings.BOUNCE_TOKEN}".encode())


def _told(body: bytes) -> dict[str, Any] | None:
    """The message, the code in the reason, and whether it is final; None for anything else than was agreed."""
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, dict):
        return None
    message_id, reason, permanent = (said.get(name) for name in ("message_id", "reason", "permanent"))
    if not isinstance(message_id, str) or not isinstance(reason, str) or not isinstance(permanent, bool):
        return None
    # Some providers leave the brackets out.
    named = f"<{message_id.removeprefix('<').removesuffix('>')}>"
    if not dsn.MESSAGE_ID.fullmatch(named):
        return None
    return {"message_id": named, "status": bounce_words.meant(reason), "permanent": permanent}
