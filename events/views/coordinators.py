"""The coordinators of a centre: «Назначить», «Передать полномочия», «Прекратить», «Отменить назначение»."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from centers import permissions
from centers.coordinators import appointments
from centers.models import Center, Coordinator
from centers.people import namesakes
from events.coordinators import hand_overs
from events.coordinators.forms import EndForm, TakeOfficeForm, present
from rcro_portal.lib import errors, russian, sent_forms
from rcro_portal.lib.refusals import Refusal, require

NOT_YOURS = "Координаторов назначают методист сети и администратор."


def appoint(request: HttpRequest, pk: int) -> HttpResponse:
    return _take_office(request, _center(request, pk), hand_overs.appoint, "events/coordinator_appoint.html")


def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    center = _center(request, pk)
    former = present(center, timezone.localdate())
    if former is None:
        raise appointments.NobodyToFollow
    return _take_office(request, center, _handed, "events/coordinator_hand_over.html", former=former)


def _handed(*, person: Any, since: Any, **said: Any) -> Coordinator:
    return hand_overs.hand_over(to=person, on=since, **said)


def _take_office(
    request: HttpRequest, center: Center, verb: Callable[..., Coordinator], template: str, **shown: Any
) -> HttpResponse:
    form = TakeOfficeForm(request.POST or None, center=center, by=request.user)
    status = errors.status_of(form)
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        try:
            post, _ = sent_forms.once(
                partial(_written, form, verb, request), key=form.take_key(), by=request.user, at=now
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            status = 409
        else:
            messages.success(request, _done(post, form.cleaned_data["invite_at"]))
            return redirect("centers:center-detail", center.pk)
    return render(request, template, {"form": form, "center": center, **shown}, status=status)


def _written(form: TakeOfficeForm, verb: Callable[..., Coordinator], request: HttpRequest) -> Coordinator:
    said = {name: form.cleaned_data[name] for name in ("since", "title", "invite_at")}
    person = namesakes.known_or_new(form.whom())
    require(not (words := appointments.may_be(person, request.user)), words)
    return verb(center=form.center, person=person, by=request.user, at=timezone.now(), **said)


def _done(post: Coordinator, invited_at: str) -> str:
    since = f"{post.person.full_name} – координатор с {russian.short_date(post.since)}."
    return f"{since} Приглашение уйдёт на {invited_at}." if invited_at else since


def end(request: HttpRequest, pk: int) -> HttpResponse:
    post = _post(request, pk)
    form = EndForm(request.POST or None, post=post)
    if request.method == "POST" and form.is_valid():
        appointments.end(post=post, by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, f"Полномочия прекращаются {russian.short_date(form.cleaned_data['last'])}.")
        return redirect("centers:center-detail", post.center_id)
    context = {"form": form, "post": post, "center": post.center}
    return render(request, "events/coordinator_end.html", context, status=errors.status_of(form))


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    post = _post(request, pk)
    appointments.take_back(post=post, by=request.user, at=timezone.now())
    messages.success(request, "Назначение отменено.")
    return redirect("centers:center-detail", post.center_id)


def _center(request: HttpRequest, pk: int) -> Center:
    seen = Center.objects.visible_to(request.user, timezone.localdate()).select_related("organization")
    center = get_object_or_404(seen, pk=pk)
    require(permissions.may_appoint(request.user), NOT_YOURS)
    return center


def _post(request: HttpRequest, pk: int) -> Coordinator:
    seen = Center.objects.visible_to(request.user, timezone.localdate())
    rows = Coordinator.objects.filter(center__in=seen).select_related("center__organization", "person")
    post = get_object_or_404(rows, pk=pk)
    require(permissions.may_appoint(request.user), NOT_YOURS)
    return post
