"""Who may come in and who administers: a leaver's account is closed, another administrator is made."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from centers import permissions
from centers.accounts import access
from centers.accounts.forms import CloseForm
from centers.models import Coordinator, StaffPost, User
from centers.views.accounts import OWN, keeps_accounts
from centers.views.proof import proved_anew
from rcro_portal.lib import errors
from rcro_portal.lib.refusals import require


@keeps_accounts
@proved_anew("centers:account")
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks why, and shows what the person still holds: that is ended on pages of its own."""
    user = _another(request, pk)
    if not user.is_active:
        raise access.AlreadySo
    form = CloseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        access.close(user=user, why=form.cleaned_data["why"], by=request.user, at=timezone.now())
        return _done(request, user, "Вход закрыт, все сеансы завершены.")
    context = {"form": form, "account": user, **_held(user)}
    return render(request, "centers/account_close.html", context, status=errors.status_of(form))


def _held(user: User) -> dict[str, Any]:
    """What gives the person rights today."""
    day = timezone.localdate()
    centers = Coordinator.objects.in_force_on(day).filter(person=user.person_id)
    posts = StaffPost.objects.in_force_on(day).filter(person=user.person_id)
    return {
        "coordinated": centers.select_related("center__organization").order_by("since", "pk"),
        "posts": posts.select_related("department").order_by("since", "pk"),
    }


def _posted(verb: Callable[..., None], words: str) -> Callable[..., HttpResponse]:
    @require_POST
    @keeps_accounts
    @proved_anew("centers:account")
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        user = _another(request, pk)
        verb(user=user, by=request.user, at=timezone.now())
        return _done(request, user, words)

    return view


reopen = _posted(access.reopen, "Вход открыт: пароль и второй фактор прежние.")
make_administrator = _posted(access.make_administrator, "Человек стал администратором портала.")
end_administrator = _posted(access.unmake_administrator, "Право администратора снято.")


def _another(request: HttpRequest, pk: int) -> User:
    user = get_object_or_404(User.objects.select_related("person"), pk=pk)
    require(permissions.may_change_access(request.user, user), OWN)
    return user


def _done(request: HttpRequest, user: User, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("centers:account", pk=user.pk)
