"""What the log-in page says when a message's link led to it: the letter, and what it asks until when.

Only the holder of the message's key sees it, and the key opens the letter itself: a stranger who comes to the log-in
page, or guesses an address, learns nothing.
"""

from typing import Any

from django.http import HttpRequest
from django.urls import Resolver404, resolve

from reports.delivery import delivery_message
from reports.models import Recipient

ENTRANCES = {"account_login", "account_request_login_code"}
DOOR = "reports:message-open"


def letter_behind(request: HttpRequest) -> dict[str, Any]:
    """Context processor: ``behind`` is the recipient whose link waits for the log-in, ``behind_owed`` what is asked."""
    match = request.resolver_match
    if match is None or match.url_name not in ENTRANCES:
        return {}
    recipient = _recipient(request.POST.get("next") or request.GET.get("next") or "")
    if recipient is None:
        return {}
    return {"behind": recipient, "behind_owed": delivery_message.owed(recipient) if recipient.center_id else []}


def _recipient(address: str) -> Recipient | None:
    try:
        match = resolve(address.partition("?")[0])
    except Resolver404:
        return None
    if match.view_name != DOOR:
        return None
    rows = Recipient.objects.select_related("letter__entry", "letter__replaced_by__entry")
    return rows.filter(token=match.kwargs["token"]).first()
