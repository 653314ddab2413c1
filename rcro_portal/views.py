"""Pages of the portal itself."""

import datetime

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

# RFC 9116 wants less than a year; whoever keeps a copy looks again in time.
SECURITY_DAYS = 180


@login_not_required
def healthy(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Answers while the process serves; asks neither database nor broker."""
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
def security(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Where to write about a hole in the portal (RFC 9116)."""
    expires = (timezone.now() + datetime.timedelta(days=SECURITY_DAYS)).astimezone(datetime.UTC)
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires:%Y-%m-%dT00:00:00Z}",
        "Preferred-Languages: ru, en",
        f"Canonical: {settings.BASE_URL}/.well-known/security.txt",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


@login_not_required
def session(request: HttpRequest) -> JsonResponse:
    """Asked by a form before it is sent: who is logged in now, if anybody is; not with whose eyes they look."""
    person = getattr(request, "looks", request.user)
    answer = JsonResponse({"person": str(person.pk or "")})
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
