"""The page of a network innovation project: published, so everybody who has logged in sees it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from centers import permissions
from projects.models import NetworkProject
from projects.views.project_list import LEADS, state
from rcro_portal.lib import as_of


def project_detail(request: HttpRequest, pk: int) -> HttpResponse:
    shown = as_of.asked(request.GET)
    project = get_object_or_404(NetworkProject.objects.prefetch_related(LEADS), pk=pk)
    context = {
        "project": project,
        "state": state(project, shown.day),
        "partners": project.partners.select_related("municipality").order_by("sort_key"),
        "models": project.management_models.select_related("center__organization").order_by("-since"),
        "office": permissions.is_office(request.user),
        "open_to_me": permissions.centers_open_to(request.user, shown.today),
        "as_of": shown,
    }
    return render(request, "projects/project_detail.html", context)
