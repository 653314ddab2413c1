"""The page of a resource, and its file or link, which counts who opened it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from centers import permissions as people
from projects.kept import RESOURCES
from projects.models import Resource, ResourceDownload
from rcro_portal.lib import downloads, store
from rcro_portal.lib.keeping import Card
from rcro_portal.lib.refusals import Refusal


class Withdrawn(Refusal):
    words = "Материал убран в архив, скачать его нельзя. Спросите методиста сети, чем он заменён."


def resource_detail(request: HttpRequest, pk: int) -> HttpResponse:
    resource = RESOURCES.row(request, pk)
    context = {
        "resource": resource,
        "card": Card(RESOURCES, request.user, resource),
        "facts": _facts(resource),
        "office": people.is_office(request.user),
        "open_to_me": people.centers_open_to(request.user, timezone.localdate()),
    }
    return render(request, "projects/resource_detail.html", context)


def _facts(resource: Any) -> list[tuple[str, str]]:
    return [
        ("Вид", resource.get_kind_display()),
        ("Авторы", resource.authors),
        ("Год", str(resource.year)),
        ("Условия использования", resource.get_licence_display()),
        ("Скачиваний", str(resource.download_count)),
    ]


def resource_open(request: HttpRequest, pk: int) -> HttpResponse:
    """The file, or on to the link. Each person counts once a day. Raises Withdrawn."""
    resource = get_object_or_404(Resource, pk=pk)
    if resource.is_archived:
        raise Withdrawn
    data = _read(resource) if resource.digest else b""
    opened = ResourceDownload(resource=resource, by=request.user, on=timezone.localdate())
    ResourceDownload.objects.bulk_create([opened], ignore_conflicts=True)
    return downloads.response(data, downloads.BYTES, resource.file_name) if data else redirect(resource.link)


def _read(resource: Resource) -> bytes:
    try:
        return store.read(resource.digest)
    except store.Missing as error:
        raise Http404 from error
