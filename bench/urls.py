"""The portal's addresses and one more: the bare page that lists are measured against."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from centers.models import Organization
from rcro_portal import urls


def bare_list(request: HttpRequest) -> HttpResponse:
    """Fifty rows of one table, one query, no search, no pages."""
    rows = Organization.objects.order_by("pk").values_list("full_name", "inn", "municipality__name")[:50]
    return render(request, "bench/bare_list.html", {"rows": rows})


urlpatterns = [*urls.urlpatterns, path("bench/bare-list/", bare_list, name="bench-bare-list")]
