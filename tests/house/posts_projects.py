"""What a person who has the right would send of projects, clusters, resources and achievements."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.house.world import World

TERM = {"since": "2021-09-01", "until": "2022-06-30"}
ARCHIVED = {"reason": "Внесено по ошибке"}


def _project(world: "World", row: Any) -> dict[str, Any]:
    return {"title": "Река знаний", "theme": "исследования", "since": "2020-01-01"}


def _stage(world: "World", row: Any) -> dict[str, Any]:
    return {"title": "Подготовка", **TERM, "progress": "40", "result": "Набраны группы."}


def _model(world: "World", row: Any) -> dict[str, Any]:
    return {"center": world.theirs.pk, **TERM}


def _cluster(world: "World", row: Any) -> dict[str, Any]:
    return {"name": "Кластер у реки", "subject_area": "экология", "formed_on": "2020-01-01"}


def _member(world: "World", row: Any) -> dict[str, Any]:
    return {"organization": world.rows["lone"].pk, "role": "участник", "since": "2021-09-01"}


def _resource(world: "World", row: Any) -> dict[str, Any]:
    about = {"title": "Сборник задач", "kind": "collection", "authors": "Белоусова А.С.", "year": "2021"}
    return {**about, "center": world.ours.pk, "link": "https://school.example/", "licence": "cc_by"}


def _achievement(world: "World", row: Any) -> dict[str, Any]:
    about = {"title": "Учитель года", "kind": "contest", "level": "regional", "on": "2021-04-12"}
    return {**about, "place": "лауреат", "center": world.ours.pk}


FIELDS: dict[str, Callable[["World", Any], dict[str, Any]]] = {
    "projects:project-lead-new": lambda world, row: {"center": world.theirs.pk},
    "projects:project-lead-edit": lambda world, row: {"center": world.theirs.pk},
    "projects:project-partner-new": lambda world, row: {"organization": world.rows["lone"].pk},
    "projects:project-partner-edit": lambda world, row: {"organization": world.rows["lone"].pk},
    "projects:management-model-end": lambda world, row: {"until": "2022-06-30"},
    "projects:cluster-member-end": lambda world, row: {"until": "2022-06-30"},
    **{f"projects:{noun}-archive": lambda world, row: ARCHIVED for noun in ("project", "cluster")},
    **{f"projects:{noun}-archive": lambda world, row: ARCHIVED for noun in ("resource", "achievement")},
    **{f"projects:project-{act}": _project for act in ("new", "edit")},
    **{f"projects:project-stage-{act}": _stage for act in ("new", "edit")},
    **{f"projects:management-model-{act}": _model for act in ("new", "edit")},
    **{f"projects:cluster-{act}": _cluster for act in ("new", "edit")},
    **{f"projects:cluster-member-{act}": _member for act in ("new", "edit")},
    **{f"projects:resource-{act}": _resource for act in ("new", "edit")},
    **{f"projects:achievement-{act}": _achievement for act in ("new", "edit")},
}
