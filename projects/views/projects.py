"""The page of a network innovation project: published, so everybody who has logged in sees it."""

import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from centers import permissions
from projects.kept import LEADS, MODELS, PARTNERS, PROJECTS, STAGES
from projects.models import Achievement, NetworkProject
from projects.views.project_list import state
from rcro_portal.lib import as_of
from rcro_portal.lib.keeping import Card

SHOWN = 20


def project_detail(request: HttpRequest, pk: int) -> HttpResponse:
    shown = as_of.asked(request.GET)
    project = PROJECTS.row(request, pk)
    card = Card(PROJECTS, request.user, project)
    achievements = Achievement.objects.visible_to(request.user, shown.today).kept().filter(project=project)
    context = {
        "project": project,
        "card": card,
        "state": state(project, shown.day),
        "leads": card.section(LEADS),
        "partners": card.section(PARTNERS),
        "stages": card.section(STAGES, _stages(project, shown.day)),
        "models": card.section(MODELS),
        "resources": project.resources.kept().order_by("-year", "sort_key")[:SHOWN],
        "achievements": achievements.order_by("-on", "sort_key")[:SHOWN],
        "office": permissions.is_office(request.user),
        "open_to_me": permissions.centers_open_to(request.user, shown.today),
        "as_of": shown,
    }
    return render(request, "projects/project_detail.html", context)


def _stages(project: NetworkProject, day: datetime.date) -> list[Any]:
    """Each with its state on the day."""
    stages: list[Any] = list(STAGES.of(project))
    for stage in stages:
        stage.tone, stage.state = stage.state_on(day)
    return stages
