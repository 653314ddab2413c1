"""The portal's addresses and two more: the bare page and the bare rows that lists are measured against."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import path

from centers.models import Center
from projects.models import NetworkProject
from rcro_portal import urls


def bare_list(request: HttpRequest) -> HttpResponse:
    """Fifty centres with links in one query: nobody's roles, no search, no filters, no order, no pages."""
    rows = Center.objects.select_related("organization__municipality").order_by("pk")[:50]
    return render(request, "bench/bare_list.html", {"rows": rows})


@login_not_required
def bare_rows(request: HttpRequest) -> JsonResponse:  # noqa: ARG001
    """A hundred projects with who leads them: no token, no filters, no list."""
    rows = NetworkProject.objects.kept().prefetch_related("leads__organization").order_by("pk")[:100]
    items = [
        {
            "id": row.pk,
            "title": row.title,
            "theme": row.theme,
            "leads": "; ".join(center.organization.short_name for center in row.leads.all()),
            "since": row.since,
            "until": row.until,
        }
        for row in rows
    ]
    return JsonResponse({"items": items})


urlpatterns = [
    *urls.urlpatterns,
    path("bench/bare-list/", bare_list, name="bench-bare-list"),
    path("bench/bare-rows/", bare_rows, name="bench-bare-rows"),
]
