"""Who is to come: a coordinator's own people, the methodist's list of everybody, and those who withdraw."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from centers.models import Center
from events import permissions
from events.acts import EVENT, EventCase
from events.attendance import attendance, candidates, registrations
from events.attendance import expected as expected_people
from events.attendance.registration_forms import RegistrationForm, SubstituteForm, WithdrawalForm
from events.models import Attendance, Event
from events.views.doors import event_to
from rcro_portal.lib import errors
from rcro_portal.lib.text import whole_number

REFUSALS = (registrations.NotOpen, registrations.Closed, registrations.OfOthers)


@require_POST
def event_register(request: HttpRequest, pk: int) -> HttpResponse:
    """The coordinator comes, by one press."""
    event, now = event_to("register", request, pk), timezone.now()
    center = permissions.may_register(request.user, timezone.localdate(now))
    row = registrations.register(event=event, center=center, person=request.user.person, by=request.user, at=now)
    words = "Мест нет: вы в листе ожидания." if row.is_waiting else "Вы заявлены на мероприятие."
    messages.success(request, words)
    return redirect("reports:event-page", event.pk)


def registration_page(request: HttpRequest, pk: int) -> HttpResponse:
    _, case = _event(request, pk, "register_people")
    return _page(request, case, _center(request, case))


@require_POST
def registration_new(request: HttpRequest, pk: int) -> HttpResponse:
    """A form that was open while registration closed comes back as it was, with the reason."""
    event, case = _event(request, pk, "register_people")
    center = _center(request, case)
    if center is None:
        raise attendance.NotThere
    form = RegistrationForm(request.POST, candidates=candidates.of(event, center))
    if why := EVENT.rule("register_people", case).why:
        return _too_late(request, case, center, form, why)
    if not form.is_valid():
        return _page(request, case, center, form)
    try:
        rows = _register(case, center, form)
    except REFUSALS as refusal:
        return _too_late(request, case, center, form, str(refusal))
    messages.success(request, _said(rows))
    return redirect(_address(event, center, case))


def _too_late(request: HttpRequest, case: EventCase, center: Center, form: RegistrationForm, why: str) -> HttpResponse:
    form.is_valid()
    form.add_error(None, why)
    return _page(request, case, center, form, status=409)


@transaction.atomic
def _register(case: EventCase, center: Center, form: RegistrationForm) -> list[Attendance]:
    said: dict[str, Any] = {"event": case.row, "center": center, "by": case.user, "at": case.now}
    return [
        registrations.register(person=one.person, capacity=one.capacity, post=one.post, by_staff=case.plans, **said)
        for one in form.chosen()
    ]


def registration_withdraw(request: HttpRequest, pk: int, key: int) -> HttpResponse:
    event, case = _event(request, pk, "withdraw")
    row = _row(case, key)
    form = WithdrawalForm(request.POST or None)
    if _is_open(request, "withdraw", case, form):
        why = form.cleaned_data["why"]
        registrations.withdraw(row=row, why=why, by=request.user, at=case.now, by_staff=case.plans)
        messages.success(request, f"Заявка отозвана: {row.person.surname_first}")
        return redirect(_address(event, row.center, case))
    return _one(request, row, form, f"Отозвать: {row.person.surname_first}", "Отозвать заявку")


def registration_substitute(request: HttpRequest, pk: int, key: int) -> HttpResponse:
    event, case = _event(request, pk, "substitute")
    row = _row(case, key)
    assert row.center
    others = {key: one for key, one in candidates.of(event, row.center).items() if key != str(row.person_id)}
    form = SubstituteForm(request.POST or None, candidates=others)
    if _is_open(request, "substitute", case, form):
        try:
            new = _substitute(case, row, form.chosen())
        except registrations.OfOthers as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Заменено: {row.person.surname_first} – {new.person.surname_first}")
            return redirect(_address(event, row.center, case))
    return _one(request, row, form, f"Заменить: {row.person.surname_first}", "Заменить")


def _is_open(request: HttpRequest, act: str, case: EventCase, form: Any) -> bool:
    """Whether a sent form can be acted by; what was typed stays where it is too late. Raises NotNow for a page."""
    if request.method != "POST":
        EVENT.demand(act, case)
        return False
    is_valid = form.is_valid()
    if why := EVENT.rule(act, case).why:
        form.late = why
        form.add_error(None, why)
    return is_valid and not why


def _substitute(case: EventCase, row: Attendance, one: candidates.Candidate) -> Attendance:
    said: dict[str, Any] = {"person": one.person, "post": one.post, "capacity": one.capacity}
    return registrations.substitute(row=row, by=case.user, at=case.now, by_staff=case.plans, **said)


def _one(request: HttpRequest, row: Attendance, form: Any, title: str, submit: str) -> HttpResponse:
    status = 409 if hasattr(form, "late") else errors.status_of(form)
    context = {"event": row.event, "row": row, "form": form, "title": title, "submit": submit}
    return render(request, "events/registration_change.html", context, status=status)


# -- Whose --------------------------------------------------------------------------------------------


def _event(request: HttpRequest, pk: int, act: str) -> tuple[Event, EventCase]:
    event = get_object_or_404(Event.objects.visible_to(request.user).select_related("department"), pk=pk)
    case = EventCase(event, request.user, timezone.now())
    EVENT.admit(act, case)
    return event, case


def _centers(case: EventCase) -> QuerySet[Center]:
    """Those for whom this person registers somebody."""
    if case.plans:
        return attendance.centers(case.row)
    return Center.objects.coordinated_by(case.user.person, case.day).select_related("organization").order_by("pk")


def _center(request: HttpRequest, case: EventCase) -> Center | None:
    """The one that was asked for, if it is theirs; a coordinator's own without asking."""
    asked = request.POST.get("center") or request.GET.get("center")
    if asked:
        return get_object_or_404(_centers(case), pk=whole_number(asked))
    return None if case.plans else _centers(case).first()


def _row(case: EventCase, key: int) -> Attendance:
    rows = case.row.attendances.select_related("person", "center__organization", "event")
    return get_object_or_404(rows.filter(center__in=_centers(case)), pk=key)


def _address(event: Event, center: Center | None, case: EventCase) -> str:
    address = reverse("events:registrations", args=[event.pk])
    return f"{address}?center={center.pk}" if center and (case.plans or center != case.center) else address


def _said(rows: list[Attendance]) -> str:
    said = []
    for words, waiting in (("Заявлены", False), ("Мест нет, в листе ожидания", True)):
        names = [row.person.surname_first for row in rows if row.is_waiting == waiting]
        said += [f"{words}: {', '.join(names)}."] if names else []
    return " ".join(said)


def _page(
    request: HttpRequest, case: EventCase, center: Center | None, form: Any = None, status: int = 200
) -> HttpResponse:
    event = case.row
    rows = registrations.of_centers(event, _centers(case).filter(pk=center.pk)) if center else []
    coming = [row for row in rows if row.presence in registrations.COMING]
    if form is None and center:
        form = RegistrationForm(candidates=_not_yet(candidates.of(event, center), coming))
    context = {
        "event": event,
        "center": center,
        "centers": _centers(case),
        "rows": coming,
        "withdrawn": [row for row in rows if row.presence == "withdrawn"],
        "seats": registrations.seats_of(event),
        "form": form,
        "refused": EVENT.rule("register_people", case).why,
        "groups": expected_people.by_municipality(event) if case.plans and not center else [],
        "plans": case.plans,
    }
    status = errors.status_of(form) if status == 200 else status
    return render(request, "events/registrations.html", context, status=status)


def _not_yet(known: dict[str, candidates.Candidate], coming: list[Attendance]) -> dict[str, candidates.Candidate]:
    there = {str(row.person_id) for row in coming}
    return {key: one for key, one in known.items() if key not in there}
