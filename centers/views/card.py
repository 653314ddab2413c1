"""One page per centre: its status, people, projects, clusters and what it took part in."""

import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from centers import gaps, permissions
from centers.accounts import eyes
from centers.models import Center
from centers.organizations import cards
from centers.organizations.card_forms import CardForm
from centers.organizations.kept import CENTERS, GRANTS
from rcro_portal.lib import as_of, errors, phones
from rcro_portal.lib.keeping import Card
from rcro_portal.lib.records import Moved
from rcro_portal.lib.refusals import require

EVENTS_SHOWN = 20
NOT_YOURS = "Карточку правят координатор центра, методист сети и администратор."


def center_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Whose card a reader opens, and what is done there, is judged by today; a card of another day offers no acts."""
    shown = as_of.asked(request.GET)
    center = _center(request, pk, shown.today, of=shown.day)
    center.organization.show_as_of(shown.then)
    may_edit = shown.is_today and permissions.may_edit_center(request.user, center, shown.today)
    posts = _coordinators(center, shown.day)
    present = posts["present"].person if posts["present"] else None
    context = {
        "center": center,
        "organization": center.organization,
        "facts": _facts(center),
        "gaps": gaps.of(center, present, request.user, may_edit=may_edit),
        "edit_refusal": "" if may_edit else shown.closed or NOT_YOURS,
        "status": Card(CENTERS, request.user, center, closed=shown.closed).section(GRANTS),
        **posts,
        "may_appoint": shown.is_today and permissions.may_appoint(request.user),
        "may_look": shown.is_today and eyes.may_look(request.user),
        "is_office": permissions.is_office(request.user),
        "day": shown.day,
        "as_of": shown,
        **_network(center),
    }
    return render(request, "centers/center_detail.html", context)


def _center(request: HttpRequest, pk: int, day: datetime.date, *, of: datetime.date | None = None) -> Center:
    """Seen by who sees it today, with its status of the other day if there is one."""
    seen = Center.objects.visible_to(request.user, day).with_status_term(of or day)
    return get_object_or_404(seen.select_related("organization__municipality"), pk=pk)


def _coordinators(center: Center, day: datetime.date) -> dict[str, Any]:
    """``present``: there is one who can hand over, today or from the day on which they begin."""
    posts: list[Any] = list(center.coordinators.select_related("person__user").order_by("-since", "-pk"))
    for post in posts:
        post.is_to_come = post.since > day
        post.is_over = post.until is not None and post.until < day
    return {"coordinators": posts, "present": next((post for post in posts if not post.is_over), None)}


def _facts(center: Center) -> list[tuple[str, str]]:
    organization = center.organization
    return [
        ("Полное наименование", organization.full_name),
        ("Муниципалитет", organization.municipality.name),
        ("ИНН", organization.inn),
        ("Руководитель", organization.head_name),
        ("Электронная почта", organization.email),
        ("Телефоны", phones.shown(organization.phone)),
    ]


def _network(center: Center) -> dict[str, Any]:
    """What the floors above know of the centre, by the words of their own rows."""
    # All of them: a hundred in ten years, and to count them apart would be one query more.
    present = list(center.attendances.present().select_related("event", "person").order_by("-event__starts_at"))
    return {
        "projects": center.projects.order_by("-since", "title"),
        "memberships": center.organization.memberships.select_related("cluster").order_by("-since"),
        "management_models": center.management_models.select_related("project").order_by("-since"),
        "attendances": present[:EVENTS_SHOWN],
        "attended": len(present),
    }


def center_edit(request: HttpRequest, pk: int) -> HttpResponse:
    day = timezone.localdate()
    center = _center(request, pk, day)
    require(permissions.may_edit_center(request.user, center, day), NOT_YOURS)
    form = CardForm(request.POST or None, held=cards.held(center.organization))
    if request.method == "POST" and form.is_valid():
        try:
            cards.change(organization=center.organization, **form.columns())
        except Moved:
            return center_edit(request, pk)
        messages.success(request, "Карточка центра сохранена.")
        return redirect("centers:center-detail", center.pk)
    context = {"form": form, "center": center}
    return render(request, "centers/center_edit.html", context, status=errors.status_of(form))
