"""Clusters with their members: the kind ``clusters`` of imports. A row is a cluster, or one member of it."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from centers.importing.cells import Line
from centers.importing.organizations import OfOrganizations, refuse_archived
from centers.models import Organization
from projects.importing.projects import ENDS_BEFORE, OF_PARTNERS, ListsForm
from projects.models import Cluster, ClusterMember
from rcro_portal.lib import russian
from rcro_portal.lib.keeping.imports import Ref, Step, Wish
from rcro_portal.lib.registers.importing.columns import Column
from rcro_portal.lib.registers.importing.fields import Day
from rcro_portal.lib.registers.importing.finding import Known, Pool, Ways

WAYS = Ways(new="Это новый кластер, внести его")
NO_AREA, NO_DAY = "Укажите предметную область нового кластера.", "Укажите день, когда кластер сформирован."

COLUMNS = (
    Column(
        "name", "Кластер", ("название кластера", "наименование кластера", "название", "наименование"), required=True
    ),
    Column("subject_area", "Предметная область", ("область", "направление", "направленность")),
    Column("formed_on", "Сформирован", ("дата формирования", "создан", "дата создания")),
    Column("dissolved_on", "Распущен", ("дата роспуска", "прекращён")),
    Column("members", "Участники", ("участник", "организация", "организации", "состав", "состав кластера", "члены")),
    Column("role", "Роль", ("роль в кластере", "роль участника")),
    Column("since", "В кластере с", ("участник с", "вступил", "с")),
    Column("until", "В кластере по", ("участник по", "вышел", "по")),
)


class ClusterRowForm(ListsForm):
    """``found`` is the cluster of the portal, ``organizations`` the members that the row names."""

    name = Line(limit=300)
    subject_area = Line(limit=150)
    formed_on = Day(required=False)
    dissolved_on = Day(required=False)
    members = Line(limit=4_000, between="\n")
    role = Line(limit=150)
    since = Day(required=False)
    until = Day(required=False)
    found: Cluster | None = None
    organizations: list[Organization]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self.found = self._asked("name", lambda: self.kind.cluster(cleaned["name"]))
        self.organizations = self._several("members", cleaned, self.kind.member)
        if not self.found and "name" not in self.errors:
            self._require(cleaned, "subject_area", NO_AREA)
            self._require(cleaned, "formed_on", NO_DAY)
        if cleaned.get("since") and cleaned.get("until") and cleaned["until"] < cleaned["since"]:
            self.add_error("until", ENDS_BEFORE)
        return cleaned

    def _require(self, cleaned: Mapping[str, Any], name: str, words: str) -> None:
        """A cluster of several rows says it in the first of them."""
        if name not in self.errors and not cleaned.get(name) and not self.kind.is_begun(cleaned["name"]):
            self.add_error(name if name in self.data else "name", words)


class ClustersKind(OfOrganizations):
    key, title, columns = "clusters", "Загрузить кластеры", COLUMNS
    listed, list_name = "projects:cluster-list", "Кластеры"
    not_kept = ("№", "№ п/п", "Участников", "из них РВЦИ", "Состояние")
    tables = (Cluster, ClusterMember)
    told_by = {ClusterMember: "members"}
    row_form = ClusterRowForm

    def __init__(self, **told: Any) -> None:
        super().__init__(**told)
        self._begun: dict[str, Mapping[str, Any]] = {}

    @cached_property
    def _clusters(self) -> dict[int, Cluster]:
        return Cluster.objects.kept().in_bulk()

    @cached_property
    def _archived(self) -> frozenset[str]:
        return frozenset(map(russian.search_key, Cluster.objects.archived().values_list("name", flat=True)))

    @cached_property
    def _names(self) -> Pool:
        rows = (Known(one.pk, one.name, (one.name,)) for one in self._clusters.values())
        return Pool("cluster", tuple(rows), self.answers)

    @cached_property
    def _members(self) -> dict[tuple[int, int], ClusterMember]:
        """Those who have not left, by cluster and organisation."""
        rows = ClusterMember.objects.order_by("since", "pk")
        return {(one.cluster_id, one.organization_id): one for one in rows}

    def cluster(self, name: str) -> Cluster | None:
        wanted = refuse_archived(self._names.find(name, WAYS), name, self._archived)
        return self._clusters[wanted.pk] if wanted.pk else None

    def member(self, name: str) -> Organization | None:
        return self.organization(name, ways=OF_PARTNERS)

    def is_begun(self, name: str) -> bool:
        """A row above says what a new cluster must have."""
        return russian.search_key(name) in self._begun

    def wish(self, form: Any) -> Wish:
        told = form.cleaned_data
        about = {name: told.get(name) for name in ("name", "subject_area", "formed_on", "dissolved_on")}
        key = russian.search_key(about["name"])
        if form.found:
            cluster = Step(("cluster", form.found.pk), Cluster, about | {"name": ""}, form.found)
        else:
            about = {**self._begun.setdefault(key, about), **{name: value for name, value in about.items() if value}}
            cluster = Step(("cluster", key), Cluster, about)
        return Wish(cluster, [cluster, *self._joined(form, cluster)])

    def _joined(self, form: Any, cluster: Step) -> Iterator[Step]:
        told = form.cleaned_data
        for organization in dict.fromkeys(form.organizations):
            held = self._members.get((cluster.held.pk, organization.pk)) if cluster.held else None
            key = ("member", cluster.key, organization.pk)
            if held:
                # Since when is a part of what happened: a file mends the role and the end, not the beginning.
                yield Step(key, ClusterMember, {"role": told.get("role"), "until": told.get("until")}, held)
                continue
            formed = self._clusters[cluster.held.pk].formed_on if cluster.held else cluster.values["formed_on"]
            values = {"cluster": Ref(cluster.key), "organization": organization, "role": told.get("role", "")}
            yield Step(key, ClusterMember, values | {"since": told.get("since") or formed, "until": told.get("until")})
