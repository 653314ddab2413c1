"""How a person gets into the portal: the address, the second factor, where they are logged in. Their own page."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from centers.accounts import audit_log, log_ins, second_factors
from centers.views.proof import proved_anew
from rcro_portal.lib.russian import agree

ENDED = "Сеанс завершён: в том браузере портал снова попросит войти."


def access(request: HttpRequest) -> HttpResponse:
    """«Вход и безопасность»."""
    user = request.user
    context = {
        "factors": second_factors.of(user),
        "log_ins": log_ins.log_ins_of(user, secret=request.session.session_key, now=timezone.now()),
        "history": audit_log.changes_of_account(user),
    }
    return render(request, "centers/access.html", context)


@require_POST
@proved_anew("centers:access")
def session_end(request: HttpRequest, handle: str) -> HttpResponse:
    log_ins.end(user=request.user, handle=handle)
    messages.success(request, ENDED)
    return redirect("centers:access")


@require_POST
@proved_anew("centers:access")
def session_end_others(request: HttpRequest) -> HttpResponse:
    ended = log_ins.end_all(user=request.user, but=request.session.session_key)
    counted = agree(ended, "сеанс", "сеанса", "сеансов")
    messages.success(request, f"Завершено: {counted}. Вы остались только в этом окне.")
    return redirect("centers:access")
