"""What is kept here, as ``rcro_portal.lib.keeping`` makes pages of it."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from centers.organizations.kept import term
from projects import forms, kept_files, permissions, record_forms
from projects.models import (
    Achievement,
    Cluster,
    ClusterMember,
    NetworkManagementModel,
    NetworkProject,
    ProjectLead,
    ProjectPartner,
    ProjectStage,
    Resource,
)
from rcro_portal.lib.keeping import Keeper, Noun, Part

BY_METHODIST = "Меняют методист сети и администратор."


def _with_center(rows: QuerySet) -> QuerySet:
    return rows.select_related("center__organization")


def _with_organization(rows: QuerySet) -> QuerySet:
    return rows.select_related("organization__municipality")


LEADS = Part(
    model=ProjectLead,
    form=forms.LeadForm,
    noun=Noun("Ведущий центр", "Новый ведущий центр", "ведущий центр"),
    name="project-lead",
    route="leads/",
    owner="project",
    title="Ведущие центры",
    empty="Ведущий центр не указан.",
    line=lambda row: str(row.center),
    order=("center__organization__sort_key", "pk"),
    rows=_with_center,
)
PARTNERS = Part(
    model=ProjectPartner,
    form=forms.PartnerForm,
    noun=Noun("Партнёр", "Новый партнёр", "партнёра"),
    name="project-partner",
    route="partners/",
    owner="project",
    title="Партнёры",
    empty="Партнёры не указаны.",
    line=lambda row: str(row.organization),
    note=lambda row: f"{row.organization.get_kind_display()}, {row.organization.municipality.name}",
    order=("organization__sort_key", "pk"),
    rows=_with_organization,
)


def _planned(user: Any, project: Any) -> Mapping[str, str]:  # noqa: ARG001
    """Who tells the progress of a stage does not plan it."""
    names = ("title", "since", "until", "is_dropped")
    return {} if permissions.keeps(user) else dict.fromkeys(names, BY_METHODIST)


STAGES = Part(
    model=ProjectStage,
    form=forms.StageForm,
    noun=Noun("Этап", "Новый этап", "этап"),
    name="project-stage",
    route="stages/",
    owner="project",
    title="Этапы",
    empty="Этапы не внесены.",
    note=term,
    order=("since", "pk"),
    may_edit=permissions.may_tell_progress,
    fixed=_planned,
)
MODELS = Part(
    model=NetworkManagementModel,
    form=forms.ManagementModelForm,
    noun=Noun("Сетевая модель управления", "Новая сетевая модель управления", "модель"),
    name="management-model",
    route="models/",
    owner="project",
    title="Сетевые модели управления",
    empty="Работающей модели нет.",
    line=lambda row: str(row.center),
    note=term,
    ends=True,
    rows=_with_center,
)
PROJECTS = Keeper(
    model=NetworkProject,
    form=forms.ProjectForm,
    noun=Noun("Проект", "Новый сетевой проект", "проект"),
    app="projects",
    name="project",
    route="projects/",
    seen=lambda user, day: NetworkProject.objects.select_related("curator"),  # noqa: ARG005
    may=permissions.may_keep,
    parts=(LEADS, PARTNERS, STAGES, MODELS),
)
MEMBERS = Part(
    model=ClusterMember,
    form=forms.MemberForm,
    noun=Noun("Участник кластера", "Новый участник кластера", "участника"),
    name="cluster-member",
    route="members/",
    owner="cluster",
    title="Участники",
    empty="Участников нет.",
    line=lambda row: str(row.organization),
    note=term,
    ends=True,
    order=("organization__sort_key", "-since"),
    rows=_with_organization,
)
CLUSTERS = Keeper(
    model=Cluster,
    form=forms.ClusterForm,
    noun=Noun("Кластер", "Новый кластер", "кластер"),
    app="projects",
    name="cluster",
    route="clusters/",
    seen=lambda user, day: Cluster.objects.all(),  # noqa: ARG005
    may=permissions.may_keep,
    parts=(MEMBERS,),
)
RESOURCES = Keeper(
    model=Resource,
    form=record_forms.ResourceForm,
    noun=Noun("Материал", "Новый материал", "материал"),
    app="projects",
    name="resource",
    route="resources/",
    seen=lambda user, day: (  # noqa: ARG005
        Resource.objects.with_downloads().select_related("center__organization", "project")
    ),
    may=permissions.may_write,
    create=kept_files.create,
    change=kept_files.change,
    archive_words="Из списка материал уйдёт, скачать его будет нельзя. Показатели и история остаются как есть.",
)
ACHIEVEMENTS = Keeper(
    model=Achievement,
    form=record_forms.AchievementForm,
    noun=Noun("Достижение", "Новое достижение", "достижение"),
    app="projects",
    name="achievement",
    route="achievements/",
    seen=lambda user, day: Achievement.objects.visible_to(user, day).select_related(
        "center__organization", "person", "project"
    ),
    may=permissions.may_write,
    create=kept_files.create,
    change=kept_files.change,
)
