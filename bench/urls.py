"""The portal's addresses and one more: the bare page that lists are measured against."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from centers.models import Center
from rcro_portal import urls


def bare_list(request: HttpRequest) -> HttpResponse:
    """Fifty centres with links in one query: nobody's roles, no search, no filters, no order, no pages."""
    rows = Center.objects.select_related("organization__municipality").order_by("pk")[:50]
    return render(request, "bench/bare_list.html", {"rows": rows})


urlpatterns = [*urls.urlpatterns, path("bench/bare-list/", bare_list, name="bench-bare-list")]
