"""Pages of the portal itself."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse


@login_not_required
def healthy(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Answers while the process serves; asks neither database nor broker."""
    return HttpResponse("ok", content_type="text/plain")
