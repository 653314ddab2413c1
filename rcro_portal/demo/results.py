"""What projects and centres have come to: stages with curators, resources and who opened them, achievements."""

import datetime
from typing import Any

from django.db import transaction

from projects.models import Achievement, NetworkProject, ProjectStage, Resource, ResourceDownload
from rcro_portal.demo import source
from rcro_portal.lib import downloads, store, xlsx

ABOUT = ("title", "kind", "about", "authors", "year", "link", "licence")
WON = ("title", "kind", "level", "on", "place", "roubles")
FIRST_DOWNLOAD, WEEK = datetime.date(2026, 9, 7), datetime.timedelta(days=7)
CHECK = ("Аптечка собрана", "Маршрут согласован", "Связь проверена", "Список участников у дежурного")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@transaction.atomic
def load() -> None:
    if Resource.objects.exists():
        return
    projects = {project.title: project for project in NetworkProject.objects.all()}
    _stages(projects)
    for number, row in enumerate(source.read("resources")):
        _opened(_resource(row, projects), number)
    for row in source.read("achievements"):
        _achievement(row, projects)


def _stages(projects: dict[str, NetworkProject]) -> None:
    """Who watches over a project is a methodist of the department of networks."""
    curators = [user.person for user in source.users().values() if "methodist" in user.roles]
    for number, (title, rows) in enumerate(source.read("project_stages").items()):
        project = projects[title]
        project.curator = curators[number % len(curators)]
        project.save(update_fields=["curator"])
        ProjectStage.objects.bulk_create(ProjectStage(project=project, **row) for row in rows)


def _resource(row: dict, projects: dict[str, NetworkProject]) -> Resource:
    file = {} if row.get("link") else _file(row["title"])
    return Resource.objects.create(**source.picked(row, *ABOUT), **_whose(row, projects), **file)


def _file(title: str) -> dict[str, Any]:
    """A list to tick off, as a table."""
    columns = [xlsx.Column("Что проверить", 40), xlsx.Column("Отметка", 12)]
    data = xlsx.write(sheet="Проверка", columns=columns, rows=[[line, ""] for line in CHECK], title=title)
    name = f"{downloads.safe(title)}.xlsx"
    return {"file_name": name, "digest": store.put(data), "size": len(data), "media_type": XLSX}


def _opened(resource: Resource, number: int) -> None:
    """Some resources are asked for more than others."""
    users = list(source.users().values())[: (number * 5) % 9 + 1]
    days = (FIRST_DOWNLOAD + week * WEEK for week in range(len(users)))
    ResourceDownload.objects.bulk_create(
        ResourceDownload(resource=resource, by=user, on=day) for user, day in zip(users, days, strict=True)
    )


def _achievement(row: dict, projects: dict[str, NetworkProject]) -> None:
    whose = _whose(row, projects)
    person = whose["center"].coordinator_on(row["on"]) if row.get("by_coordinator") else None
    Achievement.objects.create(**source.picked(row, *WON), **whose, person=person)


def _whose(row: dict, projects: dict[str, NetworkProject]) -> dict[str, Any]:
    return {"center": source.centers().get(row.get("center", "")), "project": projects.get(row.get("project", ""))}
