"""How another person gets in: the administrator's page of an account and what can be done there."""

import functools
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from centers import permissions
from centers.accounts import addresses, audit_log, log_ins, second_factors
from centers.accounts.forms import AddressForm
from centers.models import AddressChange, ChangeKind, User
from centers.views.proof import proved_anew
from rcro_portal.lib import errors
from rcro_portal.lib.notices.messages import DOUBTFUL
from rcro_portal.lib.post import PostError
from rcro_portal.lib.refusals import require
from rcro_portal.lib.text import LINE_LIMIT

NOT_YOURS = "Учётные записи ведёт администратор."
OWN = "Себе это делает не сам администратор, а другой – или команда на сервере (docs/deploy.md)."


def keeps_accounts(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Who may not is refused before anybody is asked to prove who they are."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        require(permissions.may_keep_accounts(request.user), NOT_YOURS)
        return view(request, **kwargs)

    return guarded


@keeps_accounts
def show(request: HttpRequest, pk: int) -> HttpResponse:
    user = _account(pk)
    now = timezone.now()
    context = {
        "account": user,
        "factors": second_factors.of(user),
        "log_ins": log_ins.log_ins_of(user, secret=request.session.session_key, now=now),
        "change": AddressChange.objects.pending(now).filter(user=user).select_related("notice").first(),
        "doubtful": DOUBTFUL,
        "history": audit_log.changes_of_account(user),
        "own": "" if permissions.may_change_access(request.user, user) else OWN,
    }
    return render(request, "centers/account.html", context)


@require_POST
@keeps_accounts
@proved_anew("centers:account")
def end_sessions(request: HttpRequest, pk: int) -> HttpResponse:
    user, at = _account(pk), timezone.now()
    log_ins.end_all(user=user, but=request.session.session_key)
    audit_log.record(user=user, kind=ChangeKind.SESSIONS_ENDED, by=request.user, at=at)
    return _done(request, user, "Все сеансы завершены: чтобы продолжить, человек войдёт заново.")


@require_POST
@keeps_accounts
@proved_anew("centers:account")
def reset_factor(request: HttpRequest, pk: int) -> HttpResponse:
    user = _account(pk)
    require(permissions.may_change_access(request.user, user), OWN)
    second_factors.reset(user=user, by=request.user, at=timezone.now())
    return _done(request, user, "Второй фактор сброшен: после пароля человек подключит новый.")


@keeps_accounts
@proved_anew("centers:account")
def address(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for another address to log in with; a page that knows one comes with it filled in."""
    user = _account(pk)
    require(permissions.may_change_access(request.user, user), OWN)
    form = AddressForm(request.POST or None, initial={"email": request.GET.get("email", "")[:LINE_LIMIT]})
    status = errors.status_of(form)
    if request.method == "POST" and form.is_valid():
        if failure := _asked(request, user, form):
            form.add_error("email", failure)
            status = 409
        else:
            return _done(
                request, user, f"Ссылка отправлена на {form.cleaned_data['email']}. Прежний адрес предупреждён."
            )
    return render(request, "centers/account_address.html", {"form": form, "account": user}, status=status)


def _asked(request: HttpRequest, user: User, form: AddressForm) -> str:
    """Words where it was refused."""
    try:
        addresses.ask(user=user, email=form.cleaned_data["email"], by=request.user, at=timezone.now())
    except addresses.AddressIsTaken as refusal:
        return str(refusal)
    except PostError as error:
        return f"Письмо не ушло, попробуйте ещё раз позже. Ответ почты: {error}"
    return ""


@require_POST
@keeps_accounts
@proved_anew("centers:account")
def address_stop(request: HttpRequest, pk: int) -> HttpResponse:
    user = _account(pk)
    addresses.stop(user=user, by=request.user, at=timezone.now())
    return _done(request, user, "Смена почты отменена, вход остался за прежним адресом.")


def _account(pk: int) -> User:
    return get_object_or_404(User.objects.select_related("person"), pk=pk)


def _done(request: HttpRequest, user: Any, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("centers:account", pk=user.pk)
