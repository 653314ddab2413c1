"""One organisation: what is known of it, what it was called, and what of the network it is part of."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from centers import gaps, permissions
from centers.models import Center, Organization
from centers.organizations import naming
from centers.organizations.kept import CENTERS, KEEPERS, ORGANIZATIONS
from rcro_portal.lib import as_of, phones, search
from rcro_portal.lib.keeping import Card
from rcro_portal.lib.refusals import require
from rcro_portal.lib.russian import short_date


def organization_detail(request: HttpRequest, pk: int) -> HttpResponse:
    shown = as_of.asked(request.GET)
    organization = ORGANIZATIONS.row(request, pk)
    organization.show_as_of(shown.then)
    card = Card(ORGANIZATIONS, request.user, organization, closed=shown.closed)
    center = Center.objects.filter(organization=organization).first()
    center_url = _center_url(center, request.user)
    edit_url = "" if card.refusal or card.is_archived else ORGANIZATIONS.url("edit", pk)
    context = {
        "organization": organization,
        "as_of": shown,
        "is_office": permissions.is_office(request.user),
        "card": card,
        "facts": _facts(organization, contacts=permissions.is_office(request.user) or bool(center_url)),
        "gaps": gaps.of_organization(organization, edit_url) if permissions.is_office(request.user) else [],
        "make_url": "" if center or card.refusal or card.is_archived else _make_url(organization),
        "center": center,
        "center_url": center_url,
        "partnered": organization.partnered_projects.order_by("-since", "title"),
        "memberships": organization.memberships.select_related("cluster").order_by("-since"),
    }
    return render(request, "centers/organization_detail.html", context)


def organization_cases(request: HttpRequest) -> HttpResponse:
    """How the portal would decline the name that is being typed: words under its field."""
    require(permissions.may_keep(request.user), KEEPERS)
    name = search.typed(request.GET.get("short_name", ""))
    cases = naming.with_cases({"short_name": name}) if name else {}
    return render(request, "centers/parts/cases.html", cases)


def _center_url(center: Center | None, user: Any) -> str:
    if center is None or center.pk not in permissions.centers_open_to(user, timezone.localdate()):
        return ""
    return reverse("centers:center-detail", args=[center.pk])


def _make_url(organization: Organization) -> str:
    return f"{CENTERS.url('new')}?{urlencode({'organization': organization.pk})}"


def _contacts(organization: Organization) -> list[tuple[str, str]]:
    head = ", ".join(filter(None, (organization.head_name, organization.head_title)))
    return [
        ("Телефоны", phones.shown(organization.phone)),
        ("Электронная почта", organization.email),
        ("Руководитель", head),
    ]


def _facts(organization: Organization, *, contacts: bool) -> list[tuple[str, str]]:
    since = organization.named_since
    return [
        ("Полное наименование", organization.full_name),
        *([("Называется так", f"с {short_date(since)}")] if since else []),
        ("Родительный падеж", organization.short_name_genitive),
        ("Дательный падеж", organization.short_name_dative),
        ("Вид", organization.get_kind_display()),
        ("Муниципалитет", organization.municipality.name),
        ("ИНН", organization.inn),
        ("ОГРН", organization.ogrn),
        ("Юридический адрес", organization.legal_address),
        ("Почтовый адрес", organization.postal_address or organization.legal_address),
        ("Сайт", organization.website),
        *(_contacts(organization) if contacts else []),
    ]
