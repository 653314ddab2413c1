"""The code of an event for those who run it, and the page where a coordinator enters it."""

from typing import Any

from allauth.core.internal import ratelimit
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from events import permissions
from events.acts import EVENT, EventCase
from events.attendance import check_ins
from events.attendance import log as attendance_log
from events.attendance.forms import CheckInForm
from events.models import Event
from events.views.doors import event_to
from rcro_portal.lib import errors, qr_code
from rcro_portal.lib.refusals import require

ALT = "QR-код: отметиться на мероприятии"
TOO_OFTEN = "Слишком много попыток. Подождите пять минут и введите код ещё раз."
ONLY_COORDINATORS = "Отметиться по коду может координатор РВЦИ."


def code_page(request: HttpRequest, pk: int) -> HttpResponse:
    event = get_object_or_404(Event.objects.visible_to(request.user).select_related("department"), pk=pk)
    case = EventCase(event, request.user, timezone.now())
    EVENT.admit("open_code", case)
    code = check_ins.living(event)
    refused = EVENT.rule("open_code", case).why
    if attendance_log.is_filed(event):
        refused = check_ins.CountedAlready.words
    context: dict[str, Any] = {"event": event, "code": code, "refused": refused}
    if code:
        address = settings.BASE_URL + reverse("events:here")
        qr = qr_code.drawn(f"{address}?{urlencode({'code': code.code})}")
        context |= {"address": address, "qr": qr._replace(alt=ALT)}
    return render(request, "events/check_in_code.html", context)


@require_POST
def code_open(request: HttpRequest, pk: int) -> HttpResponse:
    event = event_to("open_code", request, pk)
    check_ins.open_anew(event=event, by=request.user, at=timezone.now(), instead_of=request.POST.get("instead_of", ""))
    return redirect("events:check-in-code", event.pk)


@require_POST
def code_close(request: HttpRequest, pk: int) -> HttpResponse:
    event = event_to("close_code", request, pk)
    if check_ins.close(event=event, by=request.user, at=timezone.now()):
        messages.success(request, "Код закрыт: отметиться по нему больше нельзя. Отметки остаются.")
    return redirect("events:check-in-code", event.pk)


def here(request: HttpRequest) -> HttpResponse:
    """A coordinator marks themself, or who came instead, by the code of the event."""
    now = timezone.now()
    center = permissions.may_register(request.user, timezone.localdate(now))
    require(center, ONLY_COORDINATORS)
    if request.method != "POST":
        return _here(request, CheckInForm(initial={"code": request.GET.get("code", "")[:7]}))
    if not ratelimit.consume(request, app="allauth.account", action="here", key=str(request.user.pk)):
        return errors.say(request, 429, TOO_OFTEN)
    form = CheckInForm(request.POST)
    if not form.is_valid():
        return _here(request, form)
    try:
        code = check_ins.event_of(form.cleaned_data["code"])
        person = form.somebody_new() or request.user.person
        check_ins.check_in(code=code, center=center, person=person, by=request.user, at=now)
    except check_ins.REFUSALS as refusal:
        form.add_error("code", str(refusal))
        return _here(request, form)
    messages.success(request, f"Отмечено: {person.surname_first}, {center}. {code.event}.")
    return redirect("events:here")


def _here(request: HttpRequest, form: CheckInForm) -> HttpResponse:
    return render(request, "events/check_in.html", {"form": form}, status=errors.status_of(form))
