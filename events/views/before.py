"""What an event gets before it is held: terms of taking part, its programme from the past, a clone, its materials."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from events import permissions
from events.attendance import registrations, terms
from events.attendance.registration_forms import TermsForm
from events.models import Event, Material
from events.programme import past
from events.programme.forms import CloneForm
from events.views.doors import event_to
from rcro_portal.lib import downloads, errors, sent_forms, store
from rcro_portal.lib.records import Moved
from rcro_portal.lib.refusals import require

PLANNED_BY = "Мероприятие вносит в план методист или начальник отдела."


def event_terms(request: HttpRequest, pk: int) -> HttpResponse:
    event = event_to("terms", request, pk)
    form = TermsForm(request.POST or None, held=terms.held(event), event=event)
    if request.method == "POST" and form.is_valid():
        try:
            terms.change(event=event, by=request.user, at=timezone.now(), **form.columns())
        except Moved:
            return event_terms(request, pk)
        except terms.FewerSeats as refusal:
            form.add_error("seats", str(refusal))
        else:
            messages.success(request, "Условия участия сохранены.")
            return redirect("reports:event-page", event.pk)
    return _page(request, event, form, "Условия участия", "Сохранить")


@require_POST
def event_take(request: HttpRequest, pk: int) -> HttpResponse:
    """«Взять из прошлого»: the last one of its kind."""
    event = event_to("take", request, pk)
    source = past.last_of_kind(event)
    if source is None:
        return errors.say(request, 409, "Прошлого мероприятия этого вида с программой нет: составьте программу здесь.")
    past.take(event=event, source=source, by=request.user, at=timezone.now())
    messages.success(request, f"Взято из мероприятия {source.days}: программа без выступающих, для кого, места.")
    return redirect("reports:event-page", event.pk)


def event_clone(request: HttpRequest, pk: int) -> HttpResponse:
    event, now = get_object_or_404(Event.objects.visible_to(request.user), pk=pk), timezone.now()
    require(permissions.may_plan(request.user), PLANNED_BY)
    form = CloneForm(request.POST or None, event=event)
    if request.method == "POST" and form.is_valid():
        said: dict[str, Any] = {name: form.cleaned_data[name] for name in ("starts_at", "in_series")}
        made, _ = sent_forms.once(
            lambda: past.clone(event=event, by=request.user, at=now, **said),
            key=form.take_key(),
            by=request.user,
            at=now,
        )
        messages.success(request, "Черновик внесён в план: программа та же. Проверьте её и объявите мероприятие.")
        return redirect("reports:event-page", made.pk)
    return _page(request, event, form, "Провести ещё раз", "Внести в план")


def material_file(request: HttpRequest, pk: int, key: int) -> HttpResponse:
    """For those who see the material; for others it is not there."""
    event = get_object_or_404(Event.objects.visible_to(request.user), pk=pk)
    row = get_object_or_404(_materials_of(event, request).exclude(digest=""), pk=key)
    return downloads.response(store.read(row.digest), row.media_type, row.file_name)


def _materials_of(event: Event, request: HttpRequest) -> Any:
    """Those of the event that this person sees."""
    user: Any = request.user
    comes = registrations.comes(event, user, timezone.localdate())
    rows = Material.objects.filter(event=event).open_to(office=permissions.is_office(user), comes=comes)
    return rows.order_by("pk")


def _page(request: HttpRequest, event: Event, form: Any, title: str, submit: str) -> HttpResponse:
    context = {"event": event, "form": form, "title": title, "submit": submit}
    return render(request, "events/before_form.html", context, status=errors.status_of(form))
