"""Registers of network projects and clusters."""

from django.contrib import admin

from projects.models import (
    Cluster,
    ClusterMember,
    NetworkManagementModel,
    NetworkProject,
    ProjectLead,
    ProjectPartner,
    ProjectStage,
)
from rcro_portal.lib.admin_base import Dictionary, Links, Rows


class LeadLinks(Links):
    model = ProjectLead
    autocomplete_fields = ("center",)


class PartnerLinks(Links):
    model = ProjectPartner
    autocomplete_fields = ("organization",)


class ManagementModelRows(Rows):
    model = NetworkManagementModel
    autocomplete_fields = ("center",)


class StageRows(Rows):
    model = ProjectStage


@admin.register(NetworkProject)
class NetworkProjectAdmin(Dictionary):
    list_display = ("title", "theme", "since", "until")
    search_fields = ("search_key",)
    ordering = ("sort_key",)
    autocomplete_fields = ("curator",)
    inlines = (LeadLinks, PartnerLinks, StageRows, ManagementModelRows)


class MemberRows(Rows):
    model = ClusterMember
    autocomplete_fields = ("organization",)


@admin.register(Cluster)
class ClusterAdmin(Dictionary):
    list_display = ("name", "subject_area", "formed_on", "dissolved_on")
    search_fields = ("search_key",)
    ordering = ("sort_key",)
    inlines = (MemberRows,)
