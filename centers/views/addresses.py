"""The page to which the link in a message leads that asks for another address to log in with."""

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from centers.accounts import addresses


@login_not_required
@never_cache
def confirm(request: HttpRequest, secret: str) -> HttpResponse:
    """Opened, it asks; robots that open every link confirm nothing."""
    now = timezone.now()
    change = addresses.change_of(secret, now)
    if request.method != "POST":
        return render(request, "centers/address_confirm.html", {"change": change})
    if addresses.confirm(secret=secret, at=now) == request.user:
        logout(request)
    messages.success(request, f"Почта подтверждена. Теперь вы входите так: {change.email} и прежний пароль.")
    return redirect("account_login")
