"""Network projects and clusters."""

import datetime

import factory
from factory.django import DjangoModelFactory

from projects.models import Cluster, ClusterMember, NetworkManagementModel, NetworkProject, ProjectLead, ProjectPartner
from tests.factories.centers import CenterFactory, OrganizationFactory
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
