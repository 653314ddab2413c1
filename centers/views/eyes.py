"""«Посмотреть глазами координатора»: begins on the centre's card, ends by the strip above every page."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from centers.accounts import eyes
from centers.models import User
from rcro_portal.lib.refusals import require


@require_POST
def eyes_begin(request: HttpRequest, pk: int) -> HttpResponse:
    """``pk`` is that of the coordinator's account."""
    require(eyes.may_look(request.user))
    eyes.begin(session=request.session, user=get_object_or_404(User, pk=pk), by=request.user, at=timezone.now())
    return redirect("home")


@require_POST
def eyes_end(request: HttpRequest) -> HttpResponse:
    eyes.end(session=request.session)
    messages.success(request, "Вы снова видите портал под своим именем.")
    return redirect("home")
