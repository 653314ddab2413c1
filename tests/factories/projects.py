"""Network projects and clusters."""

import datetime

import factory
from factory.django import DjangoModelFactory

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
    ResourceDownload,
)
from projects.models.achievement import AchievementKind, Level
from projects.models.resource import Licence, ResourceKind
from tests.factories.centers import CenterFactory, OrganizationFactory, UserFactory
from tests.factories.moments import LONG_AGO


class NetworkProjectFactory(DjangoModelFactory):
    class Meta:
        model = NetworkProject

    title = factory.Sequence(lambda n: f"Школа исследователей: выпуск {n}")
    theme = "исследования"
    since = LONG_AGO


class ProjectLeadFactory(DjangoModelFactory):
    class Meta:
        model = ProjectLead

    project = factory.SubFactory(NetworkProjectFactory)
    center = factory.SubFactory(CenterFactory)


class ProjectPartnerFactory(DjangoModelFactory):
    class Meta:
        model = ProjectPartner

    project = factory.SubFactory(NetworkProjectFactory)
    organization = factory.SubFactory(OrganizationFactory)


class NetworkManagementModelFactory(DjangoModelFactory):
    class Meta:
        model = NetworkManagementModel

    project = factory.SubFactory(NetworkProjectFactory)
    center = factory.SubFactory(CenterFactory)
    since = LONG_AGO


class ClusterFactory(DjangoModelFactory):
    class Meta:
        model = Cluster

    name = factory.Sequence(lambda n: f"Кластер «Точка роста {n}»")
    subject_area = "естественные науки"
    formed_on = datetime.date(2020, 9, 1)


class ClusterMemberFactory(DjangoModelFactory):
    class Meta:
        model = ClusterMember

    cluster = factory.SubFactory(ClusterFactory)
    organization = factory.SubFactory(OrganizationFactory)
    since = datetime.date(2020, 9, 1)


class ProjectStageFactory(DjangoModelFactory):
    class Meta:
        model = ProjectStage

    project = factory.SubFactory(NetworkProjectFactory)
    title = factory.Sequence(lambda n: f"Этап {n}")
    since = LONG_AGO
    until = datetime.date(2020, 12, 31)


class ResourceFactory(DjangoModelFactory):
    class Meta:
        model = Resource

    title = factory.Sequence(lambda n: f"Методическая копилка, выпуск {n}")
    kind = ResourceKind.GUIDELINES
    authors = "Белоусова А.С."
    year = 2020
    center = factory.SubFactory(CenterFactory)
    link = "https://school.example/materials/"
    licence = Licence.CC_BY


class ResourceDownloadFactory(DjangoModelFactory):
    class Meta:
        model = ResourceDownload

    resource = factory.SubFactory(ResourceFactory)
    by = factory.SubFactory(UserFactory)
    on = datetime.date(2020, 10, 1)


class AchievementFactory(DjangoModelFactory):
    class Meta:
        model = Achievement

    title = factory.Sequence(lambda n: f"Конкурс «Открытый урок – {n}»")
    kind = AchievementKind.CONTEST
    level = Level.REGIONAL
    on = datetime.date(2020, 10, 1)
    place = "1 место"
    center = factory.SubFactory(CenterFactory)
