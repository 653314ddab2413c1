"""Reminders and digests are stopped by one press, without logging in (RFC 8058): the address says which message.

The signature is all that opens it: the address names no person and is good as long as the message lies in a mailbox.
"""

from typing import Any

from django.conf import settings
from django.core import signing
from django.urls import reverse

from rcro_portal.lib.notices import digests, reasons, tables

_SIGNER = signing.Signer(salt="notices.stop")
PAGE = "centers:mail-stop"


def address(notice: Any) -> str:
    """Where whoever got the message stops the like of it; nothing where it may not be stopped."""
    if notice.reason != digests.DIGEST and not reasons.named(notice.reason).may_stop:
        return ""
    return settings.BASE_URL + reverse(PAGE, args=[_SIGNER.sign(str(notice.pk)).replace(":", ".")])


def notice_of(key: str) -> Any:
    """The message whose address this is; None where nobody signed it."""
    try:
        pk = _SIGNER.unsign(key.replace(".", ":", 1))
    except signing.BadSignature:
        return None
    return tables.notices().filter(pk=pk).first()
